"""Several accounts in one sign-in: a person chooses on the Channels screen."""

from uuid import UUID

from services.accounts import flows
from services.accounts.errors import FlowInvalid
from services.accounts.models import Choice, ChoiceLine
from services.accounts.store import open_offers, person, store
from services.kit.app import App
from services.kit.db import Scope


def waiting_choice(app: App, scope: Scope) -> Choice | None:
    """The sign-in of this person that offers several accounts, without its secrets; None where none waits."""
    org_id, user_id = person(scope)
    with app.admin_tx() as tx:
        flow = flows.waiting_flow(tx, org_id, user_id)
    if flow is None:
        return None
    lines = [
        ChoiceLine(remote_id=offer.remote_id, name=offer.name, handle=offer.handle, missing=offer.missing)
        for offer in open_offers(app.sealer, flow)
    ]
    return Choice(
        id=flow.state_hash,
        brand_id=flow.brand_id,
        platform=flow.platform,
        is_practice=flow.is_practice,
        lines=tuple(lines),
    )


def choose(app: App, scope: Scope, choice_id: str, remote_id: str) -> UUID:
    """
    Connect one of the offered accounts; returns the channel.

    :raises FlowInvalid: the choice is over, or was not offered
    """
    org_id, user_id = person(scope)
    with app.admin_tx() as tx:
        flow = flows.waiting_flow(tx, org_id, user_id)
    if flow is None or flow.state_hash != choice_id:
        raise FlowInvalid()
    offers = [offer for offer in open_offers(app.sealer, flow) if offer.remote_id == remote_id]
    if not offers:
        raise FlowInvalid()
    return store(app, scope, flow, offers)


def drop_choice(app: App, scope: Scope, choice_id: str) -> None:
    """Forget the offered accounts and their tokens."""
    org_id, user_id = person(scope)
    with app.admin_tx() as tx:
        flows.take_offered(tx, choice_id, org_id, user_id)
