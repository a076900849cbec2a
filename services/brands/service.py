"""Making and changing brands."""

from uuid import UUID

from services.brands import queries
from services.brands.errors import BrandNotFound
from services.brands.models import Brand, BrandFields
from services.brands.rules import checked
from services.identity import Act, audit, demand
from services.kit.db import Tx


def brands(tx: Tx) -> list[Brand]:
    """The organisation's brands, the first made first."""
    return queries.brands(tx)


def brand(tx: Tx, brand_id: UUID) -> Brand:
    """:raises BrandNotFound"""
    found = queries.find_brand(tx, brand_id)
    if found is None:
        raise BrandNotFound()
    return found


def create_brand(tx: Tx, fields: BrandFields, logo_key: str | None = None) -> UUID:
    """
    Make a brand and return its id. The caller stored the logo under `logo_key` beforehand.

    :raises RoleTooLow, BrandNameWrong, WebAddressWrong, TimeZoneWrong, ColourWrong
    """
    demand(tx, Act.BRAND)
    brand_id = tx.new_id()
    queries.insert_brand(tx, brand_id, checked(fields), logo_key)
    audit(tx, "created", "brand", brand_id)
    return brand_id


def update_brand(tx: Tx, brand_id: UUID, fields: BrandFields, logo_key: str | None = None) -> None:
    """
    Change a brand; without `logo_key` its logo stays.

    :raises RoleTooLow, BrandNotFound, BrandNameWrong, WebAddressWrong, TimeZoneWrong, ColourWrong
    """
    demand(tx, Act.BRAND)
    if not queries.update_brand(tx, brand_id, checked(fields), logo_key):
        raise BrandNotFound()
    audit(tx, "changed", "brand", brand_id)
