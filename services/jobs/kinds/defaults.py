"""What a brand wants of a kind where a form or a schedule says nothing else."""

from typing import Any
from uuid import UUID

from services import identity
from services.jobs.kinds import registry
from services.kit.db import Tx, json_value


def defaults(tx: Tx, kind: str, brand_id: UUID | None) -> dict[str, Any]:
    """
    The values a form begins with: the kind's own, over them the brand's where they still fit.

    :raises KindUnknown: this version has none of that name
    """
    own = registry.stored(registry.get_kind(kind).parameters.model_construct())
    if brand_id is None:
        return own
    kept: dict[str, Any] | None = tx.value(
        "select parameters from app.kind_defaults where brand_id = %(brand)s and kind = %(kind)s",
        {"brand": brand_id, "kind": kind},
    )
    return own | {name: value for name, value in (kept or {}).items() if name in own}


def set_defaults(tx: Tx, kind: str, brand_id: UUID, parameters: dict[str, Any]) -> None:
    """:raises RoleTooLow, KindUnknown, ParametersWrong:"""
    identity.demand(tx, identity.Act.SCHEDULE)
    checked = registry.checked(kind, parameters, brand_id=brand_id)
    tx.run(
        "insert into app.kind_defaults (org_id, brand_id, kind, parameters, updated_at, updated_by) "
        "select %(org)s, id, %(kind)s, %(parameters)s, %(now)s, %(user)s from app.brands where id = %(brand)s "
        "on conflict (org_id, brand_id, kind) do update set parameters = excluded.parameters, "
        "updated_at = excluded.updated_at, updated_by = excluded.updated_by",
        {
            "org": tx.org_id,
            "brand": brand_id,
            "kind": kind,
            "parameters": json_value(registry.stored(checked)),
            "now": tx.now,
            "user": tx.user_id,
        },
    )
    identity.audit(tx, "set defaults of", "brand", brand_id, kind=kind)
