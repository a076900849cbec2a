"""The first start: one link makes the first owner and the organisation. Without the link nobody can."""

from uuid import UUID

from services.identity.audit import audit
from services.identity.errors import AlreadySetUp, EmailTaken, LinkSpent
from services.identity.models import Newcomer, Role
from services.identity.queries import links, people
from services.identity.rules import SET_UP_LINK_LASTS, normal_name
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.kit.ids import token_hash


def set_up_link(app: App) -> str | None:
    """
    A fresh one-time address that sets this installation up; None where an organisation exists.

    Works for 24 hours. Earlier ones go on working until then: several processes may each have printed one.
    """
    with app.admin_tx() as tx:
        if people.any_organisation(tx):
            return None
        token = tx.new_token()
        links.insert_link(tx, token_hash(token), "set_up", tx.now + SET_UP_LINK_LASTS)
    return f"{app.settings.public_url}/?setup={token}"


def is_set_up(app: App) -> bool:
    """Whether an organisation exists."""
    with app.admin_tx() as tx:
        return people.any_organisation(tx)


def is_set_up_open(app: App, token: str) -> bool:
    """Whether this token may set the installation up."""
    with app.admin_tx() as tx:
        return not people.any_organisation(tx) and links.find_link(tx, token_hash(token), "set_up") is not None


def found(tx: Tx, token: str, owner: Newcomer, owner_name: str, organisation: str, org_id: UUID) -> Scope:
    """
    Make the organisation and its owner, using the link up. Goes on in their scope, in this same transaction.

    :raises AlreadySetUp: an organisation exists
    :raises LinkSpent: wrong, used or expired token
    :raises EmailTaken, NameWrong
    """
    people.wait_for_set_up(tx)
    if people.any_organisation(tx):
        raise AlreadySetUp()
    if links.claim_link(tx, token_hash(token), "set_up") is None:
        raise LinkSpent()
    if not people.insert_person(tx, owner):
        raise EmailTaken()
    people.insert_organisation(tx, org_id, normal_name(organisation, 120))
    people.insert_member(tx, owner.user_id, org_id, Role.OWNER, normal_name(owner_name), owner.email)
    scope = Scope(org_id, owner.user_id)
    tx.act_as(scope)
    audit(tx, "set_up", "organisation", org_id)
    return scope
