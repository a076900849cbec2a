"""From a filled template to finished pictures. Pure: the same inputs give the same bytes."""

import hashlib
import io
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

from PIL import Image

from services.creative.render.checks import warnings_for
from services.creative.render.layers import FieldKind, Template
from services.creative.render.layout import Contents, solve
from services.creative.render.lettering import clean
from services.creative.render.models import AdWarning, BrandStyle, Hex, Rendered, SafeBox
from services.creative.render.painting import Painter, Pictures, palette
from services.creative.render.placements import PLACEMENTS, Placement, PlacementSpec

JPEG_QUALITY = 90
PREVIEW_WIDTH = 540
_PREVIEW_QUALITY = 80
_HEX_DIGITS = frozenset("0123456789abcdefABCDEF")


def render(
    template: Template, fields: Mapping[str, str], brand: BrandStyle, placement: Placement, images: Mapping[str, bytes]
) -> Rendered:
    """
    One ad in one size, as JPEG (quality 90, 4:4:4, sRGB, no metadata).

    `fields` holds words by field name; for image and logo fields the key of a picture in `images`; for a colour field
    '#RRGGBB'. An empty field leaves its layer out. What is wrong comes back as warnings, not as an error.

    :raises PictureUnreadable: a picture cannot be opened
    :raises ShapingMissing: Pillow has no fribidi on this machine
    """
    canvas, found, safe = _draw(template, fields, brand, PLACEMENTS[placement], Pictures(images), 1.0)
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return _finished(placement, out.getvalue(), "image/jpeg", canvas, found, safe)


def render_all(
    template: Template,
    fields: Mapping[str, str],
    brand: BrandStyle,
    images: Mapping[str, bytes],
    placements: Iterable[Placement] = tuple(Placement),
) -> dict[Placement, Rendered]:
    """The ad in several sizes at once, on threads (Pillow works outside the interpreter lock). Raises as `render`."""
    wanted = tuple(placements)
    with ThreadPoolExecutor(max_workers=max(1, min(len(wanted), os.cpu_count() or 1))) as threads:
        drawn = threads.map(lambda placement: render(template, fields, brand, placement, images), wanted)
        return dict(zip(wanted, drawn, strict=True))


def preview(
    template: Template,
    fields: Mapping[str, str],
    brand: BrandStyle,
    placement: Placement,
    images: Mapping[str, bytes],
    *,
    width: int = PREVIEW_WIDTH,
    media_type: Literal["image/jpeg", "image/webp"] = "image/jpeg",
) -> Rendered:
    """
    The same layout drawn `width` pixels wide (at most the full width) for the screen. Raises as `render`.

    JPEG by default: WebP is about half the size but takes several times as long to encode.
    """
    spec = PLACEMENTS[placement]
    scale = min(1.0, width / spec.width)
    canvas, found, safe = _draw(template, fields, brand, spec, Pictures(images), scale)
    out = io.BytesIO()
    if media_type == "image/webp":
        canvas.save(out, "WEBP", quality=_PREVIEW_QUALITY, method=2)
    else:
        canvas.save(out, "JPEG", quality=_PREVIEW_QUALITY)
    return _finished(placement, out.getvalue(), media_type, canvas, found, safe)


def check(
    template: Template, fields: Mapping[str, str], brand: BrandStyle, placement: Placement, images: Mapping[str, bytes]
) -> list[AdWarning]:
    """The warnings `render` would give for one size, without encoding a picture. Raises as `render`."""
    return list(_draw(template, fields, brand, PLACEMENTS[placement], Pictures(images), 1.0)[1])


def _draw(
    template: Template,
    fields: Mapping[str, str],
    brand: BrandStyle,
    spec: PlacementSpec,
    pictures: Pictures,
    scale: float,
) -> tuple[Image.Image, tuple[AdWarning, ...], SafeBox]:
    layout = solve(template, _contents(template, fields, brand, pictures), spec)
    painter = Painter(layout, palette(brand, _ground(template, fields)), template.ground, pictures, scale)
    canvas = painter.paint()
    found = warnings_for(template, fields, layout, painter.ratios, pictures, spec)
    left, top, right, bottom = (round(edge * scale) for edge in spec.safe_px)
    return canvas, found, SafeBox(left=left, top=top, right=right, bottom=bottom)


def _contents(template: Template, fields: Mapping[str, str], brand: BrandStyle, pictures: Pictures) -> Contents:
    texts, keys = {}, {}
    for field in template.fields:
        value = fields.get(field.name, "")
        if field.kind is FieldKind.TEXT:
            texts[field.name] = clean(value)
        elif field.kind is FieldKind.IMAGE and pictures.has(value):
            keys[field.name] = value
        elif field.kind is FieldKind.LOGO:
            chosen = value if pictures.has(value) else brand.logo
            if chosen and pictures.has(chosen):
                keys[field.name] = chosen
    return Contents(texts, keys, clean(brand.name))


def _ground(template: Template, fields: Mapping[str, str]) -> Hex | None:
    """The colour a person picked instead of the brand's first, if it is one."""
    for field in template.fields:
        value = fields.get(field.name, "").strip()
        if field.kind is FieldKind.COLOUR and len(value) == 7 and value[0] == "#" and set(value[1:]) <= _HEX_DIGITS:
            return value
    return None


def _finished(
    placement: Placement,
    content: bytes,
    media_type: Literal["image/jpeg", "image/webp"],
    canvas: Image.Image,
    found: tuple[AdWarning, ...],
    safe: SafeBox,
) -> Rendered:
    return Rendered(
        placement=placement,
        content=content,
        media_type=media_type,
        width=canvas.width,
        height=canvas.height,
        sha256=hashlib.sha256(content).hexdigest(),
        warnings=found,
        safe_box=safe,
    )
