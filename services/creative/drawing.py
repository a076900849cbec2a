"""From a draft's rows and stored pictures to drawn ads."""

from collections.abc import Mapping
from uuid import UUID

from services import brands, media
from services.creative import render
from services.creative.errors import PictureGone
from services.creative.models import Draft
from services.kit.app import App
from services.kit.db import Tx

_PICTURES = (render.FieldKind.IMAGE, render.FieldKind.LOGO)
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
    ids = [_as_id(draft.fields.get(field.name, "")) for field in picture_fields(draft.template)]
    found = media.find_assets(tx, [asset_id for asset_id in ids if asset_id])
    keys = {str(asset.id): asset.file_key for asset in found if asset.kind is media.Kind.IMAGE}
    logo = f"brand-logo/{brand.id}" if brand.logo_key else None
    if logo and brand.logo_key:
        keys[logo] = brand.logo_key
    style = render.BrandStyle(name=brand.name, colours=tuple(brand.colours) or PLAIN_COLOURS, logo=logo)
    return Brief(template=draft.template, fields=used_fields(draft), style=style, picture_keys=keys)


def used_fields(draft: Draft) -> dict[str, str]:
    """What the draft's template shows; words kept for another template are left out."""
    names = [field.name for field in render.template(draft.template).fields]
    return {name: draft.fields[name] for name in names if draft.fields.get(name)}


def picture_fields(template: str) -> list[render.TemplateField]:
    """The fields of a template that hold a picture's id."""
    return [field for field in render.template(template).fields if field.kind in _PICTURES]


def _as_id(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def pictures_of(app: App, brief: Brief) -> dict[str, bytes]:
    """The bytes of the brief's pictures, by asset id. :raises FileMissing: a stored file is gone"""
    return {name: media.asset_bytes(app, key) for name, key in brief.picture_keys.items()}


def draw_previews(
    app: App, brief: Brief, widths: Mapping[render.Placement, int]
) -> dict[render.Placement, render.Rendered]:
    """
    Sizes of an ad, small, each as many pixels wide as asked; drawn by the code that draws what is sent.

    :raises PictureUnreadable: a stored picture cannot be opened
    :raises FileMissing: a stored file is gone
    """
    design, images = render.template(brief.template), pictures_of(app, brief)
    return {
        place: render.preview(design, brief.fields, brief.style, place, images, width=width)
        for place, width in widths.items()
    }


def draw_finished(app: App, brief: Brief) -> dict[render.Placement, render.Rendered]:
    """The four sizes in full, as they will be stored and sent. Raises as `draw_previews`, and PictureGone."""
    for field in picture_fields(brief.template):
        chosen = brief.fields.get(field.name)
        if chosen and chosen not in brief.picture_keys:
            raise PictureGone(f"{field.label}: the chosen picture is no longer in the library. Choose another.")
    return render.render_all(render.template(brief.template), brief.fields, brief.style, pictures_of(app, brief))
