"""Colours worked out for a brand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.creative import render
from services.creative.render.layers import ColourRole
from services.creative.render.painting.colours import contrast, from_oklch, ink_on, oklch, palette, rgb

PAIRS = [
    (ColourRole.INK, ColourRole.PRIMARY),
    (ColourRole.MUTED, ColourRole.PRIMARY),
    (ColourRole.ON_ACCENT, ColourRole.ACCENT),
    (ColourRole.SURFACE_INK, ColourRole.SURFACE),
    (ColourRole.SURFACE_MUTED, ColourRole.SURFACE),
    (ColourRole.ON_SURFACE_ACCENT, ColourRole.SURFACE_ACCENT),
    (ColourRole.ON_BADGE, ColourRole.BADGE),
    (ColourRole.ON_PHOTO, ColourRole.SCRIM),
    (ColourRole.ON_POP, ColourRole.POP),
]
hexes = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


def test_contrast_matches_the_published_examples():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast(rgb("#777777"), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@settings(max_examples=150)
@given(st.lists(hexes, min_size=1, max_size=5))
def test_text_reads_on_its_ground_for_any_brand(colours):
    found = palette(render.BrandStyle(name="x", colours=tuple(colours)))
    for roles in (found, found.on_bright_photo()):
        for ink, ground in PAIRS:
            assert contrast(roles[ink], roles[ground]) >= 4.5, (ink, colours)


def test_ink_is_never_pure_black_on_a_colourful_ground():
    for colour in ("#FFC400", "#FF5A5F", "#00D084", "#7BDCFF"):
        assert ink_on(rgb(colour), (rgb(colour),)) != (0, 0, 0)


def test_a_brand_colour_that_reads_well_becomes_the_ink():
    brown, apricot = rgb("#4A2306"), rgb("#FFD9A0")
    assert ink_on(apricot, (apricot, brown)) == brown


def test_the_chosen_ground_replaces_the_first_brand_colour():
    brand = render.BrandStyle(name="x", colours=("#FFD9A0", "#4A2306"))
    assert palette(brand, "#4A2306")[ColourRole.PRIMARY] == rgb("#4A2306")


@given(hexes)
def test_oklch_and_back_is_the_same_colour(colour):
    back = from_oklch(*oklch(rgb(colour)))
    assert all(abs(a - b) <= 2 for a, b in zip(back, rgb(colour), strict=True))
