"""Counters of the ad creator: every platform's own rule, the link that follows, and what X takes for it."""

import pytest

from pages.parts.creator_counts import money, of_content
from services import approvals, publishing
from tests.pages.parts.test_previews import PLACES, _content

SAMPLES = ("", "Fresh", "Früh 🍦 (mint) #ice @acme", "カラー", "https://acme.example/cones", "a\n---\nbb")
BROWSER = {
    "characters": len,
    "utf16": lambda text: len(text.encode("utf-16-le")) // 2,
    "bytes": lambda text: len(text.encode()),
}


@pytest.mark.parametrize(("platform", "form"), PLACES)
def test_what_the_browser_counts_is_what_the_platform_counts(platform: str, form: str) -> None:
    spec = publishing.spec_of(platform, form)
    assert spec.unit in (*BROWSER, "own")
    if spec.unit != "own":
        assert [spec.count(text) for text in SAMPLES] == [BROWSER[spec.unit](text) for text in SAMPLES]
    else:
        assert any(spec.count(text) != len(text) for text in SAMPLES)


def test_a_link_counts_23_on_x_with_the_two_lines_before_it() -> None:
    link = "https://acme.com/a/very/long/address/that/goes/on?utm_content=p_1"
    (limit,) = of_content(_content("x", "text", text=f"Fresh\n\n{link}", link=link, files=0))
    assert (limit.length, limit.tail, limit.bare, limit.unit) == (5 + 2 + 23, 25, 23, "own")


def test_a_link_that_stands_apart_counts_nowhere() -> None:
    (limit,) = of_content(_content("pinterest", "image", text="Fresh", link="https://acme.example"))
    assert (limit.length, limit.tail, limit.bare) == (5, 0, 0)


def test_linkedin_counts_what_it_escapes_and_tiktok_its_units() -> None:
    assert of_content(_content("linkedin", "text", text="(a)", files=0))[0].length == 5
    assert of_content(_content("tiktok", "video", text="🍦"))[0].length == 2
    assert of_content(_content("youtube", "video", text="🍦"))[0].length == 4


def test_a_format_without_words_has_no_counter() -> None:
    assert of_content(_content("instagram", "story", text="")) == []
    assert of_content(_content("linkedin", "poll")) == []


def test_posting_to_x_says_what_it_costs() -> None:
    plain = _content("x", "images", files=2)
    assert of_content(plain)[0].note == "$0.025"  # a post, and an alt text for each of two pictures
    assert of_content(_content("x", "text", text="See https://acme.com", files=0))[0].note == "$0.200"
    assert of_content(_content("x", "thread", text="One\n---\nTwo", files=0))[0].note == "$0.030"
    assert of_content(_content("linkedin", "text", files=0))[0].note == ""
    assert money(15) == "$0.015"


def test_every_platform_says_whether_words_reach_it() -> None:
    assert not approvals.has_words("instagram", "story") and not approvals.has_words("tiktok", "draft")
    assert approvals.has_words("instagram", "image") and approvals.has_words("x", "")
