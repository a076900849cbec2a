"""Who is in the organisation, with which role."""

from uuid import UUID

from services.identity.audit import audit, demand
from services.identity.errors import LastOwner, MemberGone, OwnersOnly
from services.identity.models import Act, Member, Role
from services.identity.queries import people, sessions
from services.identity.rules import may_change
from services.kit.app import App
from services.kit.db import Scope, Tx


def members(tx: Tx) -> list[Member]:
    """Everybody in the organisation: owners first, then by name."""
    return people.members(tx)


def change_role(tx: Tx, user_id: UUID, role: Role) -> None:
    """
    Give a member another role.

    :raises RoleTooLow; MemberGone; LastOwner: nobody would be owner
    :raises OwnersOnly: an admin touches an owner, or makes one
    """
    demand(tx, Act.INVITE)
    member = _touch(tx, user_id, role)
    if member.role is role:
        return
    people.set_role(tx, user_id, role)
    audit(tx, "role_changed", "person", user_id, before=member.role, after=role)


def remove_member(app: App, scope: Scope, user_id: UUID) -> None:
    """
    End a membership, and with it the person's sessions in this organisation. One may remove oneself.

    :raises RoleTooLow; MemberGone; LastOwner; OwnersOnly: an admin removes an owner
    """
    with app.admin_tx() as tx:
        sessions.revoke_all(tx, user_id, org_id=scope.org_id)
        tx.act_as(scope)
        demand(tx, Act.INVITE)
        member = _touch(tx, user_id, None)
        audit(tx, "removed", "person", user_id, role=member.role)
        people.delete_member(tx, user_id)


def _touch(tx: Tx, user_id: UUID, becomes: Role | None) -> Member:
    """The member, held, if the acting person may change them into `becomes` (None: remove them)."""
    people.lock_members(tx)
    everybody = {member.user_id: member for member in people.members(tx)}
    member = everybody.get(user_id)
    if member is None:
        raise MemberGone()
    actor = everybody[tx.user_id].role if tx.user_id else Role.OWNER
    if not may_change(actor, member.role) or (becomes and not may_change(actor, becomes)):
        raise OwnersOnly()
    owners = [one for one in everybody.values() if one.role is Role.OWNER]
    if member.role is Role.OWNER and becomes is not Role.OWNER and len(owners) == 1:
        raise LastOwner()
    return member
