"""Making and changing brands."""

import io
from uuid import UUID

from services.brands import queries
from services.brands.errors import BrandNotFound
from services.brands.models import Brand, BrandFields
from services.brands.rules import checked, logo_png
from services.identity import Act, audit, demand
from services.kit.app import App
from services.kit.db import Scope, Tx


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


def store_logo(app: App, org_id: UUID, picture: bytes) -> str | None:
    """
    Put a logo into the file store, cleaned; returns its key, or None where no picture was given.

    :raises LogoWrong
    """
    if not picture:
        return None
    png = logo_png(picture)
    key = f"{org_id}/{app.ids.new()}.png"
    app.files.put(key, io.BytesIO(png), "image/png")
    return key


def change_brand(app: App, scope: Scope, brand_id: UUID, fields: BrandFields, picture: bytes) -> None:
    """
    Change a brand and, where a picture is given, its logo. The old logo stays stored: approved ads still show it.

    :raises RoleTooLow, BrandNotFound, LogoWrong and the errors of update_brand
    """
    with app.tx(scope) as tx:
        demand(tx, Act.BRAND)
        org_id = brand(tx, brand_id).org_id
    logo_key = store_logo(app, org_id, picture)
    try:
        with app.tx(scope) as tx:
            update_brand(tx, brand_id, fields, logo_key)
    except BaseException:
        if logo_key:
            app.files.delete([logo_key])
        raise
