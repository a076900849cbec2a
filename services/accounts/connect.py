"""Connecting an account: a sign-in begins, comes back, and becomes a channel. And taking one off again."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from services import identity
from services.accounts import flows, queries, vault
from services.accounts.errors import (
    AccessDenied,
    ChannelNotFound,
    FlowInvalid,
    NothingOffered,
    PlatformUnknown,
    SignInFailed,
)
from services.accounts.hosts import host_of, hosts
from services.accounts.models import Channel, ChannelState, Finished, Flow
from services.accounts.registry import sign_in
from services.accounts.sealing import opened
from services.accounts.store import FLOW_LASTS, keep_offers, person, store
from services.identity import Act
from services.kit.app import App
from services.kit.crypto import SealBroken
from services.kit.db import Scope, Tx
from services.kit.errors import ProviderError
from services.kit.ids import token_hash

_log = logging.getLogger("loopdesk.accounts")


def begin(
    app: App, scope: Scope, brand_id: UUID, platform: str, *, is_practice: bool, channel_id: UUID | None = None
) -> str:
    """
    Begin a sign-in; returns the platform's address the person goes to. With `channel_id` it reconnects that one.

    :raises PlatformUnknown: it cannot be connected here
    :raises ChannelNotFound: no such brand or channel in this organisation
    """
    adapter = sign_in(platform)
    host = hosts(app.settings).get((platform, is_practice))
    if host is None:
        raise PlatformUnknown()
    state = app.ids.token()
    flow = Flow(
        state_hash=token_hash(state),
        brand_id=brand_id,
        platform=platform,
        is_practice=is_practice,
        channel_id=channel_id,
        offered=None,
    )
    org_id, user_id = person(scope)
    with app.tx(scope) as tx:
        identity.demand(tx, Act.CONNECT)
        _check_target(tx, flow)
    with app.admin_tx() as tx:
        flows.insert_flow(
            tx,
            flow,
            org_id=org_id,
            user_id=user_id,
            expires_at=tx.now + FLOW_LASTS,
            forget_before=tx.now - timedelta(days=1),
        )
    return adapter.authorize_url(host, return_address(app, platform), state, _verifier(app, state))


def finish(app: App, scope: Scope, platform: str, answer: Mapping[str, str]) -> Finished:
    """
    Take the platform's answer: the query parameters the browser came back with.

    :raises FlowInvalid, AccessDenied, NothingOffered, OtherAccount, AlreadyConnected, SignInFailed: nothing changed
    """
    state = answer.get("state", "")
    flow = _take_flow(app, scope, platform, state)
    if answer.get("error"):
        raise AccessDenied() if answer["error"] == "access_denied" else SignInFailed()
    if not answer.get("code"):
        raise SignInFailed()
    host = hosts(app.settings).get((platform, flow.is_practice))
    if host is None:
        raise PlatformUnknown()
    try:
        offers = sign_in(platform).exchange(
            host,
            answer["code"],
            return_address(app, platform),
            _verifier(app, state),
            http=app.http,
            now=app.clock.now(),
        )
    except ProviderError as error:
        raise SignInFailed() from error
    if not offers:
        raise NothingOffered()
    if len(offers) > 1 and flow.channel_id is None:
        keep_offers(app, flow, offers)
        return Finished(channel_id=None)
    return Finished(channel_id=store(app, scope, flow, offers))


def disconnect(app: App, scope: Scope, channel_id: UUID) -> None:
    """
    Take an account off, forget its token and withdraw it at the platform. Done twice, it is done.

    The platform's part is tried once: whatever it answers, the account is off here.

    :raises ChannelNotFound: not in this organisation
    """
    with app.admin_tx() as tx:
        held = vault.take_token(tx, channel_id, person(scope)[0])
        tx.act_as(scope)
        identity.demand(tx, Act.CONNECT)
        channel = queries.channel(tx, channel_id)
        if channel is None:
            raise ChannelNotFound()
        if queries.set_state(tx, channel_id, ChannelState.DISCONNECTED, "", unless=ChannelState.DISCONNECTED):
            identity.audit(tx, "disconnected", "channel", channel_id)
    if held is not None:
        _revoke(app, channel, held)


def _revoke(app: App, channel: Channel, held: vault.Sealed) -> None:
    try:
        host = host_of(app.settings, channel.platform, is_practice=channel.is_practice)
        token = opened(app.sealer, channel, held, refresh=True)
        sign_in(channel.platform).revoke(host, token, http=app.http, now=app.clock.now())
    except (ProviderError, SealBroken) as error:
        _log.warning("channel %s is off, but its token was not withdrawn there: %s", channel.id, type(error).__name__)


def return_address(app: App, platform: str) -> str:
    """Where the platform sends the browser back; registered there letter by letter."""
    return f"{app.settings.public_url}/oauth/return/{platform}"


def _verifier(app: App, state: str) -> str:
    """The PKCE verifier of a sign-in: ours to compute again when it comes back, nobody's to guess from the state."""
    return app.signer.derive("pkce", state)


def _take_flow(app: App, scope: Scope, platform: str, state: str) -> Flow:
    org_id, user_id = person(scope)
    with app.admin_tx() as tx:
        flow = flows.take_flow(tx, token_hash(state), platform, org_id, user_id)
        tx.act_as(scope)
        identity.demand(tx, Act.CONNECT)
    if flow is None:
        raise FlowInvalid()
    return flow


def _check_target(tx: Tx, flow: Flow) -> None:
    """:raises ChannelNotFound: the brand or the channel is not this organisation's, or does not fit the sign-in"""
    if not queries.brand_exists(tx, flow.brand_id):
        raise ChannelNotFound()
    if flow.channel_id is None:
        return
    found = queries.channel(tx, flow.channel_id)
    asked = (flow.brand_id, flow.platform, flow.is_practice)
    if found is None or (found.brand_id, found.platform, found.is_practice) != asked:
        raise ChannelNotFound()
