"""The cover of a clip: what each format takes of a moment and a picture, said while composing."""

from typing import Any
from uuid import UUID

import pytest

from services import publishing
from services.approvals import SealedContent, SealedMedia
from services.publishing.covers import moment_ms

CLIP = SealedMedia(
    sha256="0" * 64, alt_text="", asset_id=UUID(int=1), file_key="k.mp4", width=1080, height=1920,
    content_type="video/mp4", duration_ms=5_000,
)  # fmt: skip
PICTURE = SealedMedia(
    sha256="1" * 64, alt_text="", asset_id=UUID(int=2), file_key="k.jpg", width=1280, height=720,
    content_type="image/jpeg", byte_count=400_000,
)  # fmt: skip
MEGABYTE = 1024 * 1024
# What each format with a clip takes, from the platforms' own pages: a moment, a picture.
TAKES = {
    ("instagram", "reel"): (True, True),
    ("instagram", "story"): (False, False),
    ("facebook", "video"): (False, False),
    ("facebook", "reel"): (False, False),
    ("tiktok", "video"): (True, False),
    ("tiktok", "video_url"): (True, False),
    ("tiktok", "draft"): (False, False),
    ("linkedin", "video"): (False, False),
    ("pinterest", "video"): (True, True),
    ("x", "video"): (False, False),
    ("youtube", "video"): (False, True),
    ("youtube", "short"): (False, False),
}


def post(platform: str, form: str, cover: SealedMedia | None = None, **settings: str) -> SealedContent:
    chosen = {"format": form, **settings}
    words: dict[str, Any] = {"platform": platform, "is_practice": True, "target": "1", "text": "Hello."}
    return SealedContent(**words, media=(CLIP,), cover=cover, settings=chosen)


def told(content: SealedContent) -> list[str]:
    return [one.sentence for one in publishing.problems_of(content) if one.where == "cover"]


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [("2", 2_000), ("2.5", 2_500), ("0,25", 250), (".5", 500), (" 3 ", 3_000), ("0", 0), ("12.345", 12_345),
     ("", None), ("two", None), ("-1", None), ("2.", None), ("1.2345", None), ("²", None), ("1e3", None),
     ("9999999", None)],
)  # fmt: skip
def test_a_moment_is_seconds_as_people_write_them(text: str, milliseconds: int | None) -> None:
    assert moment_ms(text) == milliseconds


@pytest.mark.parametrize(("platform", "form"), TAKES)
def test_a_format_takes_what_its_platform_takes_and_a_picture_elsewhere_is_a_problem(platform: str, form: str) -> None:
    has_moment, has_picture = TAKES[platform, form]
    spec = publishing.spec_of(platform, form)
    assert bool(spec.cover and spec.cover.has_moment) is has_moment
    assert (publishing.COVER_SECOND in [one.name for one in spec.settings]) is has_moment
    problems = told(post(platform, form, PICTURE))
    assert problems == [] if has_picture else "takes no picture as its cover" in problems[0]


def test_every_format_with_a_clip_is_looked_at_here() -> None:
    known = {(one, form) for one in ("instagram", "facebook", "tiktok", "linkedin", "pinterest", "x", "youtube")
             for form in publishing.formats(one)}  # fmt: skip
    clips = {one for one in known if all(kind.startswith("video/") for kind in publishing.spec_of(*one).media_types)}
    words = {one for one in clips if not publishing.spec_of(*one).media_types}
    assert clips - words <= set(TAKES)


@pytest.mark.parametrize(
    ("platform", "form", "second", "sentence"),
    [
        ("instagram", "reel", "4.999", ""),
        ("instagram", "reel", "5", "within the clip's 5.0 s"),
        ("tiktok", "video", "soon", "a number of seconds"),
        ("pinterest", "video", "2", ""),
        ("pinterest", "video", "2.5", "a whole number of seconds"),
    ],
)
def test_a_moment_must_lie_in_the_clip(platform: str, form: str, second: str, sentence: str) -> None:
    problems = told(post(platform, form, cover_second=second))
    assert (sentence in problems[0]) if sentence else problems == []


def test_with_a_picture_nobody_asks_about_the_moment() -> None:
    assert told(post("instagram", "reel", PICTURE, cover_second="99")) == []


@pytest.mark.parametrize(
    ("changes", "sentence", "words"),
    [
        ({}, "", None),
        ({"width": 1_200, "height": 1_200}, "right shape: 1200 x 1200", "crop to 1,200 × 675"),
        ({"content_type": "image/webp"}, "must be JPEG or PNG", "convert to JPEG"),
        ({"content_type": "image/png", "byte_count": 3 * MEGABYTE}, "may have 2 MB", "compress below 2 MB"),
        ({"width": 320, "height": 180}, "at least 640 pixels", None),
    ],
)
def test_a_thumbnail_that_is_refused_is_told_and_made_to_fit_where_that_is_possible(
    changes: dict[str, Any], sentence: str, words: str | None
) -> None:
    content = post("youtube", "video", PICTURE.model_copy(update=changes))
    problems, fix = told(content), publishing.cover_fix_of(content)
    assert (sentence in problems[0]) if sentence else problems == []
    assert (fix.words if fix else None) == words


def test_where_no_picture_is_taken_nothing_is_offered_to_fix() -> None:
    assert publishing.cover_fix_of(post("tiktok", "video", PICTURE)) is None
    assert publishing.cover_fix_of(post("instagram", "reel")) is None
