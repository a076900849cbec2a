"""How each brand decides: read, changed by who may change brands; and the standing yeses where there are levels."""

from collections.abc import Sequence
from uuid import UUID

from services import brands, identity
from services.approvals.errors import LevelEmpty, LevelsMissing
from services.approvals.models import Level, Mode, Policy, SignOff, Waiting
from services.kit.db import Tx, json_value

LEVELS_MAX = 5


def policy_of(tx: Tx, brand_id: UUID) -> Policy:
    """A brand's rule; where none was chosen, somebody else decides."""
    found = tx.one(
        "select mode, levels from app.approval_modes where brand_id = %(brand)s", {"brand": brand_id}, Policy
    )
    return found or Policy()


def set_policy(tx: Tx, brand_id: UUID, mode: Mode, levels: Sequence[Level] = ()) -> None:
    """
    Choose how a brand decides. What waits is decided by the new rule; what was approved stays approved.

    :raises brands.BrandNotFound: no such brand in this organisation
    :raises LevelsMissing: several levels were chosen, and none or more than five given
    :raises LevelEmpty: a level names nobody, or somebody who may not decide
    """
    identity.demand(tx, identity.Act.BRAND)
    brands.brand(tx, brand_id)
    kept = list(levels) if mode is Mode.LEVELS else []
    if mode is Mode.LEVELS:
        _check(tx, kept)
    before = policy_of(tx, brand_id)
    tx.run(
        "insert into app.approval_modes (brand_id, org_id, mode, levels, changed_by, changed_at) "
        "values (%(brand)s, %(org)s, %(mode)s, %(levels)s, %(user)s, %(now)s) on conflict (brand_id) do update "
        "set mode = excluded.mode, levels = excluded.levels, changed_by = excluded.changed_by, "
        "changed_at = excluded.changed_at",
        {
            "brand": brand_id,
            "org": tx.org_id,
            "mode": mode.value,
            "levels": json_value([level.model_dump(mode="json") for level in kept]),
            "user": tx.user_id,
            "now": tx.now,
        },
    )
    identity.audit(tx, "changed approvals", "brand", brand_id, before=before.mode, after=mode, levels=len(kept))


def _check(tx: Tx, levels: Sequence[Level]) -> None:
    if not 1 <= len(levels) <= LEVELS_MAX:
        raise LevelsMissing()
    allowed = set(deciders(tx))
    if any(not level.people or set(level.people) - allowed for level in levels):
        raise LevelEmpty()


def deciders(tx: Tx) -> list[UUID]:
    """Every member whose role lets them decide."""
    rows = tx.tuples(
        "select user_id from app.org_members where org_id = %(org)s and role = any (%(roles)s) order by user_id",
        {"org": tx.org_id, "roles": [role.value for role in identity.MATRIX[identity.Act.APPROVE]]},
    )
    return [user_id for (user_id,) in rows]


def sign(tx: Tx, request_id: UUID, level: int) -> None:
    """Write the acting person's yes."""
    tx.run(
        "insert into app.sign_offs (id, org_id, request_id, level, signed_by, signed_at) "
        "values (%(id)s, %(org)s, %(request)s, %(level)s, %(user)s, %(now)s) "
        "on conflict (request_id, level, signed_by) where withdrawn_at is null do nothing",
        {
            "id": tx.new_id(),
            "org": tx.org_id,
            "request": request_id,
            "level": level,
            "user": tx.user_id,
            "now": tx.now,
        },
    )


def unsign(tx: Tx, request_id: UUID) -> int:
    """Take the acting person's own yes back where nobody has spoken at a later level; 0 where there is none."""
    return tx.run(
        "update app.sign_offs set withdrawn_at = %(now)s where request_id = %(request)s and signed_by = %(user)s "
        "and withdrawn_at is null and level = (select max(level) from app.sign_offs "
        "where request_id = %(request)s and withdrawn_at is null)",
        {"request": request_id, "user": tx.user_id, "now": tx.now},
    )


def sign_offs(tx: Tx, request_id: UUID) -> list[SignOff]:
    """The standing yeses of a request, in their order."""
    return tx.all(
        "select level, signed_by as user_id, signed_at as at from app.sign_offs "
        "where request_id = %(request)s and withdrawn_at is null order by level, signed_at, id",
        {"request": request_id},
        SignOff,
    )


def waiting(tx: Tx) -> list[Waiting]:
    """Everything that waits, however many: what goes out first, then the oldest; enough to say for whom it waits."""
    rules = {
        brand_id: Policy(mode=mode, levels=levels)
        for brand_id, mode, levels in tx.tuples("select brand_id, mode, levels from app.approval_modes", {})
    }
    signed: dict[UUID, list[SignOff]] = {}
    for request_id, level, user_id, at in tx.tuples(
        "select s.request_id, s.level, s.signed_by, s.signed_at from app.sign_offs s "
        "join app.review_requests r on r.id = s.request_id where s.withdrawn_at is null and r.state = 'waiting'",
        {},
    ):
        signed.setdefault(request_id, []).append(SignOff(level=level, user_id=user_id, at=at))
    usual = Policy()
    rows = tx.tuples(
        "select r.id, d.brand_id, r.asked_by, v.created_by, r.wanted_at, r.asked_at from app.review_requests r "
        "join app.draft_versions v on v.id = r.version_id join app.drafts d on d.id = r.draft_id "
        "where r.state = 'waiting' and d.archived_at is null order by r.wanted_at nulls last, r.asked_at, r.id",
        {},
    )
    return [
        Waiting(request_id, brand_id, asked_by, version_by, wanted_at, asked_at, rule.mode, rule.levels, yeses)
        for request_id, brand_id, asked_by, version_by, wanted_at, asked_at in rows
        for rule, yeses in [(rules.get(brand_id, usual), tuple(signed.get(request_id, ())))]
    ]
