"""What can be put right of a picture: named for every platform, and after it nothing is left to complain about."""

from uuid import UUID

import pytest

from services import approvals, media, publishing


def _content(platform: str, form: str, width: int, height: int, kind: str = "image/jpeg", size: int = 90_000):
    item = approvals.SealedMedia(
        sha256="0", alt_text="A cone", asset_id=UUID(int=1), file_key="k", width=width, height=height,
        content_type=kind, byte_count=size,
    )  # fmt: skip
    return approvals.SealedContent(
        platform=platform, is_practice=True, target="1", text="Fresh", media=(item,), settings={"format": form}
    )


@pytest.mark.parametrize(
    ("platform", "form", "width", "height", "kind", "words"),
    [
        ("instagram", "image", 2400, 600, "image/jpeg", "crop to 1,146 × 600"),
        ("instagram", "image", 900, 1600, "image/png", "crop to 900 × 1,125, convert to JPEG"),
        ("facebook", "photo", 3000, 600, "image/webp", "crop to 1,800 × 600, convert to JPEG"),
        ("tiktok", "photos", 900, 900, "image/png", "convert to JPEG"),
        ("pinterest", "image", 900, 900, "image/webp", "convert to JPEG"),
        ("x", "images", 900, 900, "image/gif", "convert to JPEG"),
        ("linkedin", "image", 900, 900, "image/webp", "convert to JPEG"),
    ],
)
def test_a_picture_of_the_wrong_shape_or_kind_can_be_put_right(
    platform: str, form: str, width: int, height: int, kind: str, words: str
) -> None:
    (fix,) = publishing.fixes_of(_content(platform, form, width, height, kind))
    assert (fix.place, fix.words) == (0, words)
    wide, high = media.cut_size(width, height, fix.wanted)
    after = _content(platform, form, wide, high)
    assert not [one for one in publishing.problems_of(after) if one.where == "media"]
    assert publishing.fixes_of(after) == []


def test_a_heavy_picture_is_compressed_below_the_platforms_limit() -> None:
    (fix,) = publishing.fixes_of(_content("instagram", "image", 1080, 1350, size=9 * 1024 * 1024))
    assert fix.words == "compress below 8 MB" and fix.wanted.bytes_max == 8 * 1024 * 1024


def test_what_fits_is_left_alone() -> None:
    assert publishing.fixes_of(_content("instagram", "image", 1080, 1350)) == []
    assert publishing.fixes_of(_content("instagram", "image", 1200, 628)) == []  # the usual wide size


def test_nobody_promises_to_fix_a_clip_a_small_picture_or_an_unknown_format() -> None:
    assert publishing.fixes_of(_content("instagram", "reel", 900, 900, "video/webm")) == []
    assert publishing.fixes_of(_content("instagram", "image", 100, 900)) == []
    assert publishing.fixes_of(_content("instagram", "poll", 900, 100)) == []
    assert publishing.fixes_of(_content("youtube", "video", 900, 100)) == []
