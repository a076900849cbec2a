"""Nothing from outside becomes markup, and no address leads where it should not."""

from collections.abc import Callable

import pytest

from pages.parts import markup
from pages.parts.diff import word_diff
from pages.parts.runs import legend
from tests.pages.parts.addresses import IMAGES, LINKS

HOSTILE = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>"
DRAWN: dict[str, Callable[[str], str]] = {
    "mark": markup.mark,
    "practice mark": lambda text: markup.mark(text, practice=True, large=True),
    "icon": lambda text: markup.icon(text, text),
    "box": lambda text: markup.box(text, text),
    "chip": lambda text: markup.chip(text, text, text),
    "state chip": markup.state_chip,
    "portrait": lambda text: markup.portrait(text, ground=text),
    "link text": lambda text: markup.link(text, "https://example.com"),
    "link address": lambda text: markup.link("See", f"https://example.com/{text}"),
    "keys": lambda text: markup.keys((text, text)),
    "bar": lambda text: markup.bar(0.5, text, text),
    "diff": lambda text: word_diff(f"a {text} b", f"a b {text} {text}"),
}


@pytest.mark.parametrize("name", DRAWN)
def test_hostile_text_stays_text_in_every_piece_of_markup(name: str) -> None:
    drawn = DRAWN[name](HOSTILE)
    assert "<script" not in drawn
    assert "<img" not in drawn
    assert "onerror='" not in drawn


def test_a_word_that_is_no_tone_colours_nothing() -> None:
    assert "data-t" not in markup.chip("Late", "url(x)")
    assert "var(--t-" not in markup.bar(0.5, "red;background:url(x)")


@pytest.mark.parametrize(("address", "good"), IMAGES.items())
def test_a_picture_comes_from_ourselves_or_over_https(address: str, good: bool) -> None:
    assert markup.safe_image(address) == (address if good else "")


@pytest.mark.parametrize(("address", "good"), LINKS.items())
def test_a_link_may_also_lead_to_the_practice_platforms(address: str, good: bool) -> None:
    assert markup.safe_link(address) == (address if good else "")


def test_no_address_is_no_address() -> None:
    assert markup.safe_image(None) == markup.safe_link(None) == ""


def test_a_link_opens_elsewhere_and_tells_nothing_about_us() -> None:
    drawn = markup.link("See the post", "http://127.0.0.1:9000/p/1")
    assert 'target="_blank"' in drawn
    assert 'rel="noopener noreferrer"' in drawn
    assert "<a" not in markup.link("See the post", "javascript:alert(1)")


def test_a_channel_is_told_by_colour_glyph_and_name() -> None:
    drawn = markup.mark("facebook", practice=True)
    assert "var(--c-facebook)" in drawn
    assert ">f<" in drawn
    assert 'aria-label="Facebook, practice"' in drawn
    assert 'aria-label="threads"' in markup.mark("threads")


def test_a_bar_stays_between_nothing_and_full() -> None:
    assert "width:0%" in markup.bar(-3)
    assert "width:100%" in markup.bar(7)


def test_a_difference_shows_what_left_and_what_came() -> None:
    drawn = word_diff("strawberry, mint and a run", "strawberry, ube and a run")
    assert "<del>mint</del><ins>ube</ins>" in drawn
    assert "<del>" not in word_diff("same words", "same words")


def test_the_legend_names_every_mark_it_explains() -> None:
    assert all(word in legend() for word in ("Done", "Late", "Retrying", "Failed", "Running"))
