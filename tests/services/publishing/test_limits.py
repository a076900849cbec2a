"""What a platform would refuse is told before it is asked."""

from typing import Any
from uuid import UUID

import pytest

from services import publishing
from services.approvals import SealedContent, SealedMedia
from services.publishing.limits import check
from tests.makers.publishing import Studio

PICTURE = SealedMedia(
    sha256="0" * 64, alt_text="A cone.", asset_id=UUID(int=1), file_key="k.jpg", width=1080, height=1350,
    content_type="image/jpeg",
)  # fmt: skip


def _problems(platform: str = "instagram", picture: dict[str, Any] | None = None, **changes: Any) -> list[str]:
    media = (PICTURE.model_copy(update=picture or {}),)
    words = {"platform": platform, "is_practice": True, "target": "1", "text": "Hello.", "media": media} | changes
    return [problem.sentence for problem in check(publishing.spec_of(platform), SealedContent(**words))]


def test_what_fits_has_no_problems() -> None:
    assert _problems() == [] == _problems("facebook")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"text": "x" * 2_201}, "2200 characters; this has 2201"),
        ({"text": " ".join(f"#t{n}" for n in range(31))}, "30 hashtags; this has 31"),
        ({"text": " ".join(f"@p{n}" for n in range(21))}, "20 mentions; this has 21"),
        ({"media": ()}, "takes 1 picture; this has 0"),
    ],
)
def test_words_and_counts_beyond_the_limit_are_told_with_both_numbers(changes: dict[str, Any], told: str) -> None:
    (sentence,) = _problems(**changes)
    assert told in sentence


@pytest.mark.parametrize(
    ("picture", "told"),
    [
        ({"content_type": "image/png"}, "takes JPEG"),
        ({"width": 1080, "height": 1920}, "shape 1080 x 1920"),
        ({"width": 300, "height": 300}, "at least 320 pixels"),
        ({"alt_text": "x" * 1_001}, "1000 characters of alt text"),
    ],
)
def test_pictures_beyond_the_limit_are_told(picture: dict[str, Any], told: str) -> None:
    (sentence,) = _problems(picture=picture)
    assert told in sentence


def test_the_usual_wide_size_passes_although_it_is_a_hair_over_the_ratio() -> None:
    assert _problems(picture={"width": 1200, "height": 628}) == []


def test_several_problems_are_told_at_once() -> None:
    assert len(_problems(text="x" * 3_000, picture={"content_type": "image/webp", "width": 10, "height": 90})) == 4


def test_a_screen_asks_by_version_and_channel(studio: Studio) -> None:
    post = studio.plan_in(1)
    with studio.world.web.tx(studio.cast.ana) as tx:
        assert publishing.problems(tx, post.version_id, post.channel_id) == []


def test_an_unknown_platform_is_told() -> None:
    with pytest.raises(publishing.PlatformUnknown):
        publishing.spec_of("myspace")
