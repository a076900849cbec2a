"""What a sign-in brought becomes a channel and its sealed token, or waits sealed for a person's choice."""

import json
from datetime import timedelta
from uuid import UUID

from services import identity
from services.accounts import queries, vault
from services.accounts.errors import AlreadyConnected, FlowInvalid, OtherAccount
from services.accounts.models import Channel, ChannelState, Flow, Offer
from services.events import ChannelCheckDue
from services.identity import Act
from services.kit.app import App
from services.kit.crypto import Sealer
from services.kit.db import Scope, Tx

FLOW_LASTS = timedelta(minutes=10)  # an authorization code lives an hour; a person needs a minute
CHECK_EVERY = timedelta(hours=24)


def keep_offers(app: App, flow: Flow, offers: list[Offer]) -> None:
    """Keep several offered accounts, tokens and all, sealed in the sign-in's own row for ten minutes."""
    plain = [{**offer.model_dump(mode="json"), "secret": offer.secret.get_secret_value()} for offer in offers]
    sealed = app.sealer.seal(json.dumps(plain), _bound_to(flow))
    with app.admin_tx() as tx:
        vault.put_offered(tx, flow.state_hash, sealed, tx.now + FLOW_LASTS)


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
    sealed = app.sealer.seal(offer.secret.get_secret_value(), vault.bound_to(channel_id))
    with app.admin_tx() as tx:
        vault.take_offered(tx, flow.state_hash, org_id, user_id)
        vault.put_token(tx, channel_id, org_id, sealed, app.sealer.current)
        tx.act_as(scope)
        identity.demand(tx, Act.CONNECT)
        _pick(tx, flow, offers)
        check_at = tx.now + CHECK_EVERY
        if not queries.put_connected(tx, channel_id, flow.brand_id, flow.platform, flow.is_practice, offer, check_at):
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
        same = [offer for offer in offers if wanted and offer.remote_id == wanted.remote_id]
        if wanted is None or not same:
            raise OtherAccount()
        return same[0], wanted
    offer = offers[0]
    known = queries.channel_of(tx, flow.platform, flow.is_practice, offer.remote_id)
    if known and known.brand_id != flow.brand_id and known.state is not ChannelState.DISCONNECTED:
        raise AlreadyConnected()
    return offer, known


def _bound_to(flow: Flow) -> str:
    return f"oauth_flows/{flow.state_hash}/offered"
