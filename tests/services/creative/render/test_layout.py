"""Where things stand in a solved layout."""

from itertools import combinations

import pytest

from services.creative import render
from services.creative.render import Placement
from services.creative.render.layers import BadgeLayer, ButtonLayer, ImageLayer, LogoLayer, TextLayer
from services.creative.render.layout import Contents, Layout, solve

DESIGNS = [design.name for design in render.templates()]


def laid_out(name: str, fields: dict[str, str], placement: Placement) -> Layout:
    texts = {key: value for key, value in fields.items() if key != "picture"}
    contents = Contents(texts, {"picture": fields["picture"]}, "morrow")
    return solve(render.template(name), contents, render.PLACEMENTS[placement])


def visible(layout: Layout) -> list[tuple[str, float, float, float, float]]:
    """Name, left, top, right, bottom of everything that carries words."""
    out = []
    for item in layout.placed:
        if isinstance(item.layer, TextLayer | ButtonLayer | BadgeLayer | LogoLayer):
            box = item.text.box if item.text and isinstance(item.layer, TextLayer) else item.box
            out.append((item.layer.name, box.x, box.y, box.right, box.bottom))
    return out


@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize("placement", Placement)
def test_nothing_with_words_overlaps_or_leaves_the_safe_area(name, placement, words):
    left, top, right, bottom = render.PLACEMENTS[placement].safe_px
    for writing in words.values():
        boxes = visible(laid_out(name, writing, placement))
        for _, x0, y0, x1, y1 in boxes:
            assert x0 >= left - 1 and y0 >= top - 1 and x1 <= right + 1 and y1 <= bottom + 1
        for (one, ax, ay, ar, ab), (two, bx, by, br, bb) in combinations(boxes, 2):
            assert ar <= bx or br <= ax or ab <= by + 1 or bb <= ay + 1, (one, two)


@pytest.mark.parametrize("name", DESIGNS)
def test_the_picture_begins_where_longer_words_end(name, words):
    for writing in words.values():
        layout = laid_out(name, writing, Placement.FEED)
        photo = next(p.box for p in layout.placed if isinstance(p.layer, ImageLayer))
        words_top = min(p.box.y for p in layout.placed if isinstance(p.layer, TextLayer))
        words_end = max(p.box.bottom for p in layout.placed if isinstance(p.layer, TextLayer | ButtonLayer))
        full_bleed = photo.h == 1350
        assert full_bleed or photo.y >= words_end or photo.bottom <= words_top


def test_short_words_are_set_larger_than_long_ones(words):
    def size(writing: str) -> float:
        layout = laid_out("headline", words[writing], Placement.FEED)
        return next(p.text.size for p in layout.placed if p.layer.name == "headline" and p.text)

    assert size("short") > size("long") > 60


def test_an_arabic_line_that_begins_with_a_latin_name_still_reads_from_the_right(words):
    layout = laid_out("headline", {**words["arabic"], "headline": "اطلب\nLumo الآن"}, Placement.FEED)
    text = next(p.text for p in layout.placed if p.layer.name == "headline" and p.text)
    assert text.lines[1].text.startswith("Lumo") and text.rtl


def test_texts_far_too_long_are_cut_inside_their_stack(words):
    flood = {name: value if name == "picture" else "many words " * 60 for name, value in words["short"].items()}
    for name in DESIGNS:
        for placement in Placement:
            boxes = visible(laid_out(name, flood, placement))
            assert max(box[4] for box in boxes) <= render.PLACEMENTS[placement].safe_px[3] + 1


def test_an_empty_field_leaves_no_hole(words):
    with_line = laid_out("headline", words["short"], Placement.FEED)
    without = laid_out("headline", {**words["short"], "subline": ""}, Placement.FEED)
    tops = [next(p.box.y for p in layout.placed if p.layer.name == "button") for layout in (with_line, without)]
    assert tops[1] < tops[0]


def test_right_to_left_layouts_mirror_every_box(words):
    latin = laid_out("headline", words["short"], Placement.LINK)
    arabic = laid_out("headline", words["arabic"], Placement.LINK)
    assert not latin.rtl and arabic.rtl
    photos = [next(p.box for p in layout.placed if isinstance(p.layer, ImageLayer)) for layout in (latin, arabic)]
    assert photos[0].x == pytest.approx(1200 - photos[1].right)
    lines = [line for p in arabic.placed if p.text and isinstance(p.layer, TextLayer) for line in p.text.lines]
    assert {line.anchor for line in lines} == {"r"} and {round(line.x) for line in lines} == {1140}
