"""A design nobody has drawn yet: every kind of layer in a box of its own, and a stack that is too small."""

import io
from typing import Any

from PIL import Image, ImageDraw

from services.creative import render
from services.creative.render import Placement, Template, WarningCode

INK = {"colour": "brand.ink", "min_size": 30, "max_size": 120}
POSTER = {
    "name": "poster",
    "label": "Poster",
    "description": "For this test only.",
    "version": 1,
    "ground": "brand.primary",
    "fields": [
        {"name": "title", "label": "Title", "kind": "text", "required": True},
        {"name": "note", "label": "Note", "kind": "text"},
        {"name": "button", "label": "Button", "kind": "text"},
        {"name": "picture", "label": "Picture", "kind": "image"},
        {"name": "logo", "label": "Logo", "kind": "logo"},
    ],
    "stacks": {"copy": {"box": [0.1, 0.6, 0.8, 0.12], "anchor": "centre"}},
    "layers": [
        {"type": "shape", "name": "panel", "colour": "brand.deep", "box": [0.5, 0, 0.5, 0.2],
         "corners": {"bottom_start": 80}},
        {"type": "text", "name": "title", "field": "title", "box": [0.1, 0.25, 0.8, 0.1],
         "max_lines": 4, "weight": 700, **INK},
        {"type": "text", "name": "note", "field": "note", "stack": "copy", "max_lines": 9, **INK},
        {"type": "button", "name": "button", "field": "button", "box": [0.1, 0.8, 0.4, 0.1], "fill": "brand.accent",
         **INK, "colour": "brand.on_accent", "max_size": 40},
        {"type": "image", "name": "picture", "field": "picture", "fit": "contain", "box": [0.6, 0.75, 0.3, 0.2]},
        {"type": "logo", "name": "logo", "size": 40, "colour": "brand.ink", "box": [0.1, 0.06, 0.3, 0.1]},
    ],
}  # fmt: skip


def drawn(
    fields: dict[str, str], brand: render.BrandStyle, images: dict[str, bytes], **changes: Any
) -> render.Rendered:
    return render.render(Template.model_validate({**POSTER, **changes}), fields, brand, Placement.FEED, images)


def picture_of(done: render.Rendered) -> Image.Image:
    return Image.open(io.BytesIO(done.content)).convert("RGB")


def inked_rows(done: render.Rendered, first: int, last: int) -> list[int]:
    """Rows between two heights that hold dark brown ink."""
    grey = picture_of(done).convert("L")
    return [y for y in range(first, last) if min(grey.crop((80, y, 1000, y + 1)).tobytes()) < 70]


def test_a_text_stays_within_the_height_of_its_own_box(brand):
    done = drawn({"title": "A title that needs several lines to be said in full, and then some more"}, brand, {})
    rows = inked_rows(done, 215, 700)
    assert min(rows) >= 0.25 * 1350 - 2 and max(rows) <= 0.35 * 1350 + 2
    assert done.warnings == ()


def test_a_stack_too_small_for_its_words_cuts_them_and_says_so(brand):
    done = drawn({"title": "Short", "note": "many more words than a stack of this height can hold " * 6}, brand, {})
    assert {w.code for w in done.warnings} == {WarningCode.OVERFLOW}
    rows = inked_rows(done, 700, 1070)
    assert min(rows) >= 0.6 * 1350 - 2 and max(rows) <= 0.72 * 1350 + 2


def test_a_lone_button_starts_at_its_box_and_is_as_wide_as_its_words(brand):
    narrow, wide = (picture_of(drawn({"title": "x", "button": label}, brand, {})) for label in ("Go", "Go to the shop"))
    at = (330, round(0.8 * 1350) + 20)
    assert sum(narrow.getpixel(at)) > 500 > sum(wide.getpixel(at))
    assert sum(narrow.getpixel((140, round(0.8 * 1350) + 10))) < 500


def test_a_shape_has_its_own_corners(brand):
    picture = picture_of(drawn({"title": "x"}, brand, {}))
    corner, inside = picture.getpixel((544, 266)), picture.getpixel((700, 200))
    assert sum(inside) < sum(corner) - 30


def test_a_contained_photo_is_shown_whole_and_a_white_box_logo_keeps_its_box(brand):
    photo = Image.new("RGB", (400, 100), (0, 160, 0))
    ImageDraw.Draw(photo).rectangle((0, 0, 30, 100), fill=(200, 0, 0))
    images = {}
    for key, picture in (("wide", photo), ("logo", Image.new("RGB", (300, 100), (255, 255, 255)))):
        out = io.BytesIO()
        picture.save(out, "PNG")
        images[key] = out.getvalue()
    result = picture_of(drawn({"title": "x", "picture": "wide", "logo": "logo"}, brand, images))
    row = [result.getpixel((x, round(0.85 * 1350))) for x in range(640, 980)]
    assert any(r > 150 and g < 60 for r, g, _ in row) and any(g > 120 and r < 60 for r, g, _ in row)
    assert min(result.getpixel((200, round(0.11 * 1350)))) > 245


def test_a_centred_text_has_its_middle_in_the_middle(brand):
    layers = [{**layer, "anchor": "centre"} if layer["name"] == "title" else layer for layer in POSTER["layers"]]
    picture = picture_of(drawn({"title": "Middle"}, brand, {}, layers=layers)).convert("L")
    band = picture.crop((0, round(0.25 * 1350), 1080, round(0.35 * 1350))).resize((1080, 1), Image.Resampling.BOX)
    dark = [x for x, value in enumerate(band.tobytes()) if value < 200]
    assert abs((dark[0] + dark[-1]) / 2 - 540) < 8
