"""app.brands."""

from uuid import UUID

from services.brands.models import Brand, BrandFields
from services.kit.db import Tx


def brands(tx: Tx) -> list[Brand]:
    return tx.all(
        "select id, org_id, name, web_address, time_zone, colours, logo_key, created_at, updated_at "
        "from app.brands order by created_at, id",
        {},
        Brand,
    )


def find_brand(tx: Tx, brand_id: UUID) -> Brand | None:
    return tx.one(
        "select id, org_id, name, web_address, time_zone, colours, logo_key, created_at, updated_at "
        "from app.brands where id = %(id)s",
        {"id": brand_id},
        Brand,
    )


def insert_brand(tx: Tx, brand_id: UUID, fields: BrandFields, logo_key: str | None) -> None:
    tx.run(
        "insert into app.brands (id, org_id, name, web_address, time_zone, colours, logo_key, created_at, updated_at) "
        "values (%(id)s, %(org)s, %(name)s, %(web)s, %(zone)s, %(colours)s, %(logo)s, %(now)s, %(now)s)",
        {**_values(tx, brand_id, fields, logo_key), "org": tx.org_id},
    )


def update_brand(tx: Tx, brand_id: UUID, fields: BrandFields, logo_key: str | None) -> int:
    """The number of rows changed; `logo_key` None keeps the logo there is."""
    return tx.run(
        "update app.brands set name = %(name)s, web_address = %(web)s, time_zone = %(zone)s, colours = %(colours)s, "
        "logo_key = coalesce(%(logo)s, logo_key), updated_at = %(now)s where id = %(id)s",
        _values(tx, brand_id, fields, logo_key),
    )


def _values(tx: Tx, brand_id: UUID, fields: BrandFields, logo_key: str | None) -> dict[str, object]:
    return {
        "id": brand_id,
        "name": fields.name,
        "web": fields.web_address,
        "zone": fields.time_zone,
        "colours": list(fields.colours),
        "logo": logo_key,
        "now": tx.now,
    }
