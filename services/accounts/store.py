"""What a sign-in brought becomes a channel and its sealed token, or waits sealed for a person's choice."""

import json
from datetime import datetime, timedelta
from uuid import UUID

from services import identity
from services.accounts import flows, queries, vault
from services.accounts.adapter import AccountSpec
from services.accounts.errors import AlreadyConnected, FlowInvalid, OtherAccount
from services.accounts.models import Channel, ChannelState, Flow, Offer, TokenDates
from services.accounts.registry import sign_in
from services.accounts.rules import renew_at
from services.accounts.sealing import seal
from services.events import ChannelCheckDue
from services.identity import Act
from services.kit.app import App
from services.kit.crypto import Sealer
from services.kit.db import Scope, Tx

FLOW_LASTS = timedelta(minutes=10)  # an authorization code lives an hour; a person needs a minute
CHECK_EVERY = timedelta(hours=24)


def keep_offers(app: App, flow: Flow, offers: list[Offer]) -> None:
    """Keep several offered accounts, tokens and all, sealed in the sign-in's own row for ten minutes."""
    sealed = app.sealer.seal(json.dumps([_plain(offer) for offer in offers]), _bound_to(flow))
    with app.admin_tx() as tx:
        flows.put_offered(tx, flow.state_hash, sealed, tx.now + FLOW_LASTS)


def open_offers(sealer: Sealer, flow: Flow) -> list[Offer]:
    """The accounts a sign-in offered. :raises FlowInvalid: none are kept"""
    if flow.offered is None:
        raise FlowInvalid()
    return [Offer.model_validate(line) for line in json.loads(sealer.open(flow.offered, _bound_to(flow)))]


def store(app: App, scope: Scope, flow: Flow, offers: list[Offer]) -> UUID:
    """Write channel and token in one transaction: the token as the login role, the channel as the person."""
    org_id, user_id = person(scope)
    with app.tx(scope) as tx:
        offer, known = _pick(tx, flow, offers)
    channel_id = known.id if known else app.ids.new()
    sealed = seal(app.sealer, channel_id, offer)
    with app.admin_tx() as tx:
        flows.take_offered(tx, flow.state_hash, org_id, user_id)
        renews = vault.put_token(tx, channel_id, org_id, sealed, keep_refresh=known is not None and known.is_connected)
        tx.act_as(scope)
        identity.demand(tx, Act.CONNECT)
        _pick(tx, flow, offers)
        dates = _dates(offer, known, renews, sign_in(flow.platform).spec, tx.now)
        if not queries.put_connected(tx, channel_id, flow, offer, dates, tx.now + CHECK_EVERY):
            raise AlreadyConnected()  # by somebody else, in this moment
        act = "reconnected" if known else "connected"
        identity.audit(tx, act, "channel", channel_id, platform=flow.platform, account=offer.remote_id)
        tx.emit(ChannelCheckDue(channel_id))  # reads the quota
    return channel_id


def person(scope: Scope) -> tuple[UUID, UUID]:
    """:raises FlowInvalid: nobody is signed in"""
    if scope.org_id is None or scope.user_id is None:
        raise FlowInvalid()
    return scope.org_id, scope.user_id


def _pick(tx: Tx, flow: Flow, offers: list[Offer]) -> tuple[Offer, Channel | None]:
    """
    Which offer becomes which channel.

    :raises OtherAccount: a reconnect that came back with another account
    :raises AlreadyConnected: the account works for another brand
    """
    if flow.channel_id is not None:
        wanted = queries.channel(tx, flow.channel_id)
        same = [offer for offer in offers if wanted and wanted.remote_id in (offer.remote_id, offer.known_as)]
        if wanted is None or not same:
            raise OtherAccount()
        return _as_kept(same[0], wanted), wanted
    offer = offers[0]
    known = queries.channel_of(tx, flow.platform, flow.is_practice, offer.remote_id)
    if known is None and offer.known_as:
        known = queries.channel_of(tx, flow.platform, flow.is_practice, offer.known_as)
        offer = _as_kept(offer, known) if known else offer
    if known and known.brand_id != flow.brand_id and known.state is not ChannelState.DISCONNECTED:
        raise AlreadyConnected()
    return offer, known


def _as_kept(offer: Offer, known: Channel) -> Offer:
    """Under the identity it was first kept by: what was approved for the account is sealed with it."""
    return offer.model_copy(update={"remote_id": known.remote_id})


def _dates(offer: Offer, known: Channel | None, renews: bool, spec: AccountSpec, now: datetime) -> TokenDates:
    ends_at = offer.refresh_expires_at if offer.refresh or known is None else known.sign_in_ends_at
    return TokenDates(offer.expires_at, renew_at(offer.expires_at, spec, now), renews, ends_at if renews else None)


def _plain(offer: Offer) -> dict[str, object]:
    """With its secrets, to be sealed at once."""
    refresh = offer.refresh.get_secret_value() if offer.refresh else None
    return {**offer.model_dump(mode="json"), "secret": offer.secret.get_secret_value(), "refresh": refresh}


def _bound_to(flow: Flow) -> str:
    return f"oauth_flows/{flow.state_hash}/offered"
