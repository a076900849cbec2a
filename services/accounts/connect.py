"""Connecting an account: a sign-in begins, comes back, and becomes a channel. And taking one off again."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from services import identity
from services.accounts import queries, vault
from services.accounts.errors import (
    AccessDenied,
    ChannelNotFound,
    FlowInvalid,
    NothingOffered,
    PlatformUnknown,
    SignInFailed,
)
from services.accounts.hosts import hosts
from services.accounts.models import ChannelState, Finished, Flow
from services.accounts.registry import sign_in
from services.accounts.store import FLOW_LASTS, keep_offers, person, store
from services.identity import Act
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.kit.errors import ProviderError
from services.kit.ids import token_hash


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
        vault.insert_flow(
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
    Take an account off and forget its token. Done twice, it is done.

    :raises ChannelNotFound: not in this organisation
    """
    with app.admin_tx() as tx:
        vault.delete_token(tx, channel_id, person(scope)[0])
        tx.act_as(scope)
        identity.demand(tx, Act.CONNECT)
        if queries.channel(tx, channel_id) is None:
            raise ChannelNotFound()
        if queries.set_state(tx, channel_id, ChannelState.DISCONNECTED, "", unless=ChannelState.DISCONNECTED):
            identity.audit(tx, "disconnected", "channel", channel_id)


def return_address(app: App, platform: str) -> str:
    """Where the platform sends the browser back; registered there letter by letter."""
    return f"{app.settings.public_url}/oauth/return/{platform}"


def _verifier(app: App, state: str) -> str:
    """The PKCE verifier of a sign-in: ours to compute again when it comes back, nobody's to guess from the state."""
    return app.signer.derive("pkce", state)


def _take_flow(app: App, scope: Scope, platform: str, state: str) -> Flow:
    org_id, user_id = person(scope)
    with app.admin_tx() as tx:
        flow = vault.take_flow(tx, token_hash(state), platform, org_id, user_id)
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
