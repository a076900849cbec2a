"""Posts as their platforms show them: every format draws what is sealed, and hostile words stay words."""

from datetime import date
from uuid import UUID

import pytest

from pages.parts.preview_of import preview_of, shown_of
from pages.parts.previews.draw import LOOKS, preview
from pages.parts.previews.shown import Piece, Shown
from pages.parts.previews.words import domain, fold
from services import approvals, publishing
from tests.pages.parts.test_markup import HOSTILE

PLATFORMS = ("instagram", "facebook", "tiktok", "linkedin", "pinterest", "x", "youtube")
PLACES = [(platform, form) for platform in PLATFORMS for form in publishing.formats(platform)]
FILES = ("image/jpeg", "image/jpeg", "video/mp4")


def _content(platform: str, form: str = "", *, text: str = "Fresh today.", files: int = 1, **changes: object):
    media = tuple(
        approvals.SealedMedia(
            sha256="00", alt_text=f"Cone {place}", asset_id=UUID(int=place), file_key=f"k{place}", width=1080,
            height=1350, content_type=FILES[place % 3],
        )
        for place in range(files)
    )  # fmt: skip
    kept = {"settings": {"format": form} if form else {}} | changes
    return approvals.SealedContent(platform=platform, is_practice=True, target="1", text=text, media=media, **kept)  # type: ignore[arg-type]


def _drawn(content: approvals.SealedContent, *, wide: bool = False) -> str:
    places = {one.file_key: f"/media/{one.file_key}.jpg" for one in content.media}
    return preview_of(content, "Acme Cones", "acme", places, is_wide=wide)


@pytest.mark.parametrize(("platform", "form"), PLACES)
@pytest.mark.parametrize("wide", [False, True])
def test_hostile_words_stay_words_in_every_format(platform: str, form: str, wide: bool) -> None:
    pieces = (Piece(HOSTILE, HOSTILE, 0.8), Piece(f"/media/{HOSTILE}", HOSTILE, 1.0, True))
    many = f"{HOSTILE}\n---\n#tag{HOSTILE} @{HOSTILE} https://a.example/{HOSTILE}"
    for seen in (pieces, pieces[:1], ()):
        words = [HOSTILE] * 2 + [many]
        shown = Shown(*words, seen, form, HOSTILE, HOSTILE, f"https://{HOSTILE}", HOSTILE, 30, 9, wide)
        drawn = preview(publishing.spec_of(platform, form).look, shown)
        assert "<script" not in drawn and "onerror='" not in drawn and "<img src=x" not in drawn


@pytest.mark.parametrize(("platform", "form"), PLACES)
def test_every_format_shows_the_account_and_its_file(platform: str, form: str) -> None:
    spec = publishing.spec_of(platform, form)
    drawn = _drawn(_content(platform, form, files=min(spec.media_max, 1)))
    assert "acme" in drawn.lower()
    assert ("/media/k0.jpg" in drawn) is bool(spec.media_max)


@pytest.mark.parametrize(("platform", "form"), PLACES)
def test_the_words_are_cut_where_the_adapter_says(platform: str, form: str) -> None:
    spec, text = publishing.spec_of(platform, form), "word " * 80
    shown = shown_of(_content(platform, form, text=text), "Acme", "acme", {})
    assert shown.fold == spec.fold and spec.checked_on >= date(2026, 11, 1)
    wordless = (platform, form) in {("instagram", "story"), ("youtube", "short")}
    if spec.fold and not wordless:
        drawn = preview(spec.look, shown)
        assert text.strip() not in drawn and 'class="m"' in drawn


@pytest.mark.parametrize(("platform", "form"), PLACES)
def test_every_format_names_a_drawing_that_there_is(platform: str, form: str) -> None:
    assert publishing.spec_of(platform, form).look in LOOKS


def test_a_desktop_shows_more_of_a_linkedin_text_than_a_phone() -> None:
    content = _content("linkedin", "text", text="word " * 80, files=0)
    assert _drawn(content, wide=True).count("word") > _drawn(content).count("word")
    assert 'class="pv wide"' in _drawn(content, wide=True)


def test_a_carousel_shows_every_piece_in_its_order() -> None:
    drawn = _drawn(_content("instagram", "carousel", files=3))
    assert [f"{place}/3" in drawn for place in (1, 2, 3)] == [True] * 3
    assert drawn.index("k0.jpg") < drawn.index("k1.jpg") < drawn.index("k2.jpg") and "<video" in drawn


def test_six_photos_of_a_page_are_four_and_a_number() -> None:
    drawn = _drawn(_content("facebook", "photos", files=6))
    assert "+2" in drawn and "k4.jpg" not in drawn


@pytest.mark.parametrize(
    ("platform", "form"), [("instagram", "story"), ("instagram", "reel"), ("facebook", "reel"), ("youtube", "short")]
)
def test_upright_formats_stand_in_an_upright_frame(platform: str, form: str) -> None:
    assert '<div class="fr">' in _drawn(_content(platform, form))


def test_the_parts_of_a_thread_stand_one_under_the_other() -> None:
    drawn = _drawn(_content("x", "thread", text="One\n---\nTwo\n---\nThree", files=1))
    assert drawn.index("One") < drawn.index("Two") < drawn.index("Three")
    assert "---" not in drawn and "3/3" in drawn and drawn.count("k0.jpg") == 1
    assert "---" in _drawn(_content("x", "text", text="One\n---\nTwo", files=0))


def test_titles_of_videos_and_pins_are_shown() -> None:
    for platform, form in (("youtube", "video"), ("youtube", "short"), ("tiktok", "photos"), ("pinterest", "image")):
        settings = {"format": form, "title": "Five <scoops>"}
        assert "Five &lt;scoops&gt;" in _drawn(_content(platform, form, settings=settings))


def test_a_link_has_a_card_only_where_it_stands_apart() -> None:
    link = "https://www.acme.example/cones?utm_content=p_1"
    assert "acme.example" in _drawn(_content("pinterest", "image", link=link))
    assert "acme.example" in _drawn(_content("facebook", "text", link=link, files=0))
    assert "acme.example" not in _drawn(_content("instagram", "image", link=link))


def test_the_first_comment_stands_under_the_post() -> None:
    drawn = _drawn(_content("instagram", "image", first_comment="Recipe: <b>mint</b>"))
    assert "First comment" in drawn and "Recipe: &lt;b&gt;mint" in drawn


def test_a_platform_or_format_nobody_knows_is_drawn_all_the_same() -> None:
    assert "Fresh today." in _drawn(_content("threads"))
    assert "Fresh today." in _drawn(_content("linkedin", "poll"))


def test_a_text_is_folded_at_a_word_or_a_line() -> None:
    assert fold("one two three", 9, "more") == 'one two… <span class="m">more</span>'
    assert fold("oneword", 3, "more") == 'one… <span class="m">more</span>'
    assert fold("a\nb", 9, "more") == "a<br>b"
    assert fold("a\nb\nc", 9, "more", lines=2) == 'a<br>b… <span class="m">more</span>'


def test_tags_and_names_are_coloured_and_addresses_only_where_they_work() -> None:
    assert fold("Hi @ana.b. #mint", 0, "") == 'Hi <span class="tg">@ana.b</span>. <span class="tg">#mint</span>'
    assert '<span class="tg">https://a.example</span>' in fold("https://a.example", 0, "")
    assert fold("https://a.example", 0, "", links=False) == "https://a.example"
    assert fold("R&#x27;D", 0, "") == "R&amp;#x27;D"


def test_a_link_without_a_host_names_none() -> None:
    assert domain("https://www.acme.example/x") == "acme.example"
    assert domain("https://[") == domain("") == ""


def test_a_picture_of_another_shape_keeps_within_what_instagram_shows() -> None:
    tall = Shown("Acme", "acme", "Hello", (Piece("/media/x.png", ratio=9 / 16),))
    assert "aspect-ratio:0.7500" in preview("photo_post", tall)
    assert "/media/x.png" in preview("page_post", tall)
