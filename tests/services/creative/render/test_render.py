"""Finished pictures: sizes, bytes and what platforms accept."""

import hashlib
import io

import pytest
from PIL import Image, ImageChops

from services.creative import render
from services.creative.render import Placement

DESIGNS = [design.name for design in render.templates()]


@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize("writing", ["short", "long", "german", "arabic"])
def test_every_design_takes_every_writing_in_four_sizes_without_a_warning(name, writing, words, photos, brand):
    done = render.render_all(render.template(name), words[writing], brand, photos)
    assert [w.sentence for drawn in done.values() for w in drawn.warnings] == []
    assert {p: (d.width, d.height) for p, d in done.items()} == {
        Placement.SQUARE: (1080, 1080),
        Placement.FEED: (1080, 1350),
        Placement.STORY: (1080, 1920),
        Placement.LINK: (1200, 628),
    }


def test_the_same_inputs_give_the_same_bytes(words, photos, brand):
    first = render.render_all(render.template("photo"), words["long"], brand, photos)
    render.forget_pictures()
    for placement, drawn in first.items():
        again = render.render(render.template("photo"), words["long"], brand, placement, photos)
        assert again.content == drawn.content
        assert again.sha256 == hashlib.sha256(drawn.content).hexdigest()


def test_another_word_gives_another_picture(words, photos, brand):
    design = render.template("headline")
    one = render.render(design, words["short"], brand, Placement.FEED, photos)
    two = render.render(design, {**words["short"], "subline": "Gone by noon."}, brand, Placement.FEED, photos)
    assert one.sha256 != two.sha256


def test_the_file_is_a_plain_jpeg_in_full_colour_resolution(words, photos, brand):
    done = render.render(render.template("headline"), words["short"], brand, Placement.FEED, photos)
    picture = Image.open(io.BytesIO(done.content))
    assert (picture.format, picture.mode, done.media_type) == ("JPEG", "RGB", "image/jpeg")
    assert {layer[1:3] for layer in picture.layer} == {(1, 1)}
    assert "exif" not in picture.info and "icc_profile" not in picture.info and not picture.info.get("progressive")
    assert len(done.content) < 1_000_000


def test_feed_sizes_are_within_what_instagram_takes():
    for placement in (Placement.SQUARE, Placement.FEED, Placement.LINK):
        spec = render.PLACEMENTS[placement]
        assert 0.8 <= round(spec.width / spec.height, 2) <= 1.91


def test_a_preview_is_the_same_picture_smaller(words, photos, brand):
    design = render.template("offer")
    full = render.render(design, words["short"], brand, Placement.FEED, photos)
    small = render.preview(design, words["short"], brand, Placement.FEED, photos)
    assert (small.width, small.height) == (540, 675) and len(small.content) < len(full.content) / 2
    shrunk = Image.open(io.BytesIO(full.content)).resize((540, 675), Image.Resampling.BOX).convert("L")
    unlike = ImageChops.difference(shrunk, Image.open(io.BytesIO(small.content)).convert("L")).histogram()
    assert sum(unlike[48:]) < 0.02 * 540 * 675


def test_a_preview_can_be_webp(words, photos, brand):
    small = render.preview(
        render.template("photo"), words["short"], brand, Placement.STORY, photos, width=270, media_type="image/webp"
    )
    assert Image.open(io.BytesIO(small.content)).format == "WEBP" and small.width == 270


def test_an_arabic_ad_is_the_mirror_image(words, photos, brand):
    def side_with_words(writing: str) -> str:
        done = render.render(render.template("headline"), words[writing], brand, Placement.LINK, photos)
        picture = Image.open(io.BytesIO(done.content)).convert("L")
        left, right = picture.crop((0, 0, 400, 628)), picture.crop((800, 0, 1200, 628))
        dark = [sum(half.histogram()[:70]) for half in (left, right)]
        return "left" if dark[0] > dark[1] else "right"

    assert (side_with_words("short"), side_with_words("arabic")) == ("left", "right")


def test_check_gives_the_warnings_of_the_picture(words, photos, brand):
    fields = {**words["short"], "subline": "word " * 90}
    design = render.template("headline")
    drawn = render.render(design, fields, brand, Placement.LINK, photos)
    assert render.check(design, fields, brand, Placement.LINK, photos) == list(drawn.warnings) != []


def test_an_empty_draft_is_drawn_with_warnings_rather_than_refused(brand):
    for design in render.templates():
        done = render.render(design, {}, brand, Placement.FEED, {})
        required = {field.name for field in design.fields if field.required}
        assert {w.layer for w in done.warnings if w.code is render.WarningCode.MISSING_FIELD} == required


def test_the_safe_box_of_a_story_leaves_room_for_the_platforms_controls(words, photos, brand):
    done = render.preview(render.template("headline"), words["short"], brand, Placement.STORY, photos)
    assert (done.safe_box.top, done.safe_box.bottom) == (round(0.14 * 960), round(0.65 * 960))
