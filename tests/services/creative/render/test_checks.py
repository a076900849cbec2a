"""Warnings, and the figures behind them."""

import io

import pytest
from PIL import Image

from services.creative import render
from services.creative.render import Placement, WarningCode
from services.creative.render.checks import warnings_for
from services.creative.render.layout import Box, Contents, Placed, solve
from services.creative.render.painting import Pictures
from services.creative.render.painting.contrast import needed_ratio, samples, worst_ratio


def found(design, fields, brand, images, placement=Placement.FEED) -> dict[WarningCode, render.AdWarning]:
    return {w.code: w for w in render.check(render.template(design), fields, brand, placement, images)}


def test_a_text_too_long_for_one_size_names_size_and_field(words, photos, brand):
    fields = {**words["short"], "small_print": "Terms apply. " * 30}
    warning = found("offer", fields, brand, photos, Placement.LINK)[WarningCode.OVERFLOW]
    assert (warning.placement, warning.layer) == (Placement.LINK, "small_print")
    assert "Small print" in warning.sentence and "Link" in warning.sentence


def test_emoji_are_reported_and_the_rest_is_drawn(words, photos, brand):
    fields = {**words["short"], "headline": "Made 🍦 this morning 🎉"}
    warning = found("headline", fields, brand, photos)[WarningCode.MISSING_GLYPHS]
    assert "🍦 🎉" in warning.sentence and warning.figure == 2


def test_a_required_picture_that_is_not_there_counts_as_missing(words, photos, brand):
    fields = {**words["short"], "picture": "deleted"}
    assert found("photo", fields, brand, photos)[WarningCode.MISSING_FIELD].sentence == "Photo is empty."


def test_a_small_photo_is_reported_with_its_enlargement(words, photos, brand):
    fields = {**words["short"], "picture": "hand"}
    warning = found("photo", fields, brand, photos, Placement.FEED)[WarningCode.SMALL_PICTURE]
    assert warning.figure == pytest.approx(1080 / 427, abs=0.02)


def test_words_on_a_restless_photo_get_a_scrim_until_they_read(words, brand):
    board = Image.new("L", (40, 50))
    board.putdata([255 * ((x + y) % 2) for y in range(50) for x in range(40)])
    out = io.BytesIO()
    board.resize((1600, 2000), Image.Resampling.NEAREST).convert("RGB").save(out, "PNG")
    for placement in Placement:
        assert found("photo", {**words["long"], "picture": "a"}, brand, {"a": out.getvalue()}, placement) == {}


def test_contrast_is_that_of_the_pixels_beneath_the_words():
    canvas = Image.new("RGB", (200, 100), (255, 255, 255))
    canvas.paste((119, 119, 119), (0, 0, 100, 100))
    assert worst_ratio(samples(canvas, (100, 0, 200, 100)), (0, 0, 0)) == pytest.approx(21)
    assert worst_ratio(samples(canvas, (0, 0, 200, 100)), (255, 255, 255)) == pytest.approx(1)
    assert worst_ratio(samples(canvas, (300, 0, 400, 100)), (0, 0, 0)) == 21


def test_large_bold_text_needs_less_contrast():
    assert [needed_ratio(40, 800), needed_ratio(52, 800), needed_ratio(52, 400), needed_ratio(66, 400)] == [
        4.5,
        3,
        4.5,
        3,
    ]


def test_low_contrast_and_leaving_the_safe_area_are_reported_with_figures(words, photos):
    design, spec = render.template("headline"), render.PLACEMENTS[Placement.STORY]
    pictures = Pictures(photos)
    texts = {name: words["short"].get(name, "") for name in ("headline", "subline", "button")}
    layout = solve(design, Contents(texts, {"picture": "ice-cream"}, "morrow"), spec)
    assert warnings_for(design, words["short"], layout, {"subline": 4.6}, pictures, spec) == ()
    moved = [
        Placed(p.layer, Box(p.box.x, 1300, p.box.w, p.box.h), p.rtl, p.text) if p.layer.name == "button" else p
        for p in layout.placed
    ]
    lower = type(layout)(layout.width, layout.height, layout.rtl, tuple(moved))
    codes = {w.code: w for w in warnings_for(design, words["short"], lower, {"subline": 2.1}, pictures, spec)}
    assert codes[WarningCode.LOW_CONTRAST].figure == 2.1 and "2.1:1" in codes[WarningCode.LOW_CONTRAST].sentence
    bottom = next(p.box.bottom for p in moved if p.layer.name == "button")
    assert codes[WarningCode.OUTSIDE_SAFE].figure == round(bottom - 0.65 * 1920)
