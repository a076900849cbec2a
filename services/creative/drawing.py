"""From a draft's rows and stored pictures to drawn ads."""

from collections.abc import Mapping
from uuid import UUID

from services import brands, media
from services.creative import render
from services.creative.models import Draft
from services.kit.app import App
from services.kit.db import Scope, Tx

PLAIN_COLOURS = ("#1F2933",)  # where a brand has named no colour yet


class Brief(render.Frozen):
    """All that drawing needs of the database: template, words, look, and where the pictures' bytes are."""

    template: str
    fields: dict[str, str]
    style: render.BrandStyle
    picture_keys: dict[str, str]


def brief_of(tx: Tx, draft: Draft) -> Brief:
    """Collect what drawing a draft needs; pictures that are not visible in this scope are left out."""
    brand = brands.brand(tx, draft.brand_id)
    design = render.template(draft.template)
    wanted = [
        draft.fields.get(f.name, "") for f in design.fields if f.kind in (render.FieldKind.IMAGE, render.FieldKind.LOGO)
    ]
    found = media.assets(tx, [asset_id for asset_id in map(_as_id, wanted) if asset_id])
    keys = {str(asset.id): asset.file_key for asset in found if asset.kind == "image"}
    logo = f"brand-logo/{brand.id}" if brand.logo_key else None
    if logo and brand.logo_key:
        keys[logo] = brand.logo_key
    style = render.BrandStyle(name=brand.name, colours=tuple(brand.colours) or PLAIN_COLOURS, logo=logo)
    return Brief(template=draft.template, fields=draft.fields, style=style, picture_keys=keys)


def _as_id(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def pictures_of(app: App, brief: Brief) -> dict[str, bytes]:
    """The bytes of the brief's pictures, by asset id."""
    return {name: media.read_bytes(app, key) for name, key in brief.picture_keys.items()}


def draw_previews(app: App, brief: Brief, width: int = render.PREVIEW_WIDTH) -> dict[render.Placement, render.Rendered]:
    """
    The four sizes, small, for the screen; drawn by the code that draws what is sent, so they cannot differ.

    :raises PictureUnreadable: a stored picture cannot be opened
    """
    images = pictures_of(app, brief)
    design = render.template(brief.template)
    return {p: render.preview(design, brief.fields, brief.style, p, images, width=width) for p in render.Placement}


def draw_finished(app: App, scope: Scope, draft: Draft) -> Mapping[render.Placement, render.Rendered]:
    """The four sizes in full, as they will be stored and sent. Raises as `draw_previews`."""
    with app.tx(scope) as tx:
        brief = brief_of(tx, draft)
    images = pictures_of(app, brief)
    return render.render_all(render.template(brief.template), brief.fields, brief.style, images)
