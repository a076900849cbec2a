"""What can be put right of a clip, for every platform: each choice offered leaves nothing to complain about."""

from uuid import UUID

import pytest

from services import approvals, media, publishing


def _content(platform: str, form: str, width: int, height: int, kind: str = "video/mp4", *, seconds: float = 20,
             size: int = 9_000_000) -> approvals.SealedContent:  # fmt: skip
    item = approvals.SealedMedia(
        sha256="0", alt_text="", asset_id=UUID(int=1), file_key="k", width=width, height=height, content_type=kind,
        byte_count=size, duration_ms=int(seconds * 1000),
    )  # fmt: skip
    return approvals.SealedContent(
        platform=platform, is_practice=True, target="1", text="Fresh", media=(item,), settings={"format": form}
    )


def _wrong(content: approvals.SealedContent) -> list[str]:
    return [one.sentence for one in publishing.problems_of(content) if one.where == "media"]


@pytest.mark.parametrize(
    ("platform", "form", "size", "kind", "seconds", "words"),
    [
        ("instagram", "reel", (900, 900), "video/webm", 20, "convert to MP4"),
        ("instagram", "story", (1080, 1920), "video/mp4", 75, "cut to 60 s"),
        ("facebook", "reel", (1920, 1080), "video/mp4", 120, "change the shape, cut to 90 s"),
        ("facebook", "reel", (640, 480), "video/quicktime", 20, "convert to MP4, change the shape"),
        ("pinterest", "video", (700, 1900), "video/webm", 20, "convert to MP4, change the shape"),
        ("x", "video", (1920, 1080), "video/webm", 200, "convert to MP4, cut to 140 s"),
        ("linkedin", "video", (1080, 1920), "video/quicktime", 20, "convert to MP4"),
        ("tiktok", "video", (320, 640), "video/mp4", 20, "change the shape"),
        ("youtube", "short", (1920, 1080), "video/mp4", 20, "change the shape"),
    ],
)
def test_every_choice_offered_for_a_clip_fits_afterwards(
    platform: str, form: str, size: tuple[int, int], kind: str, seconds: float, words: str
) -> None:
    content = _content(platform, form, *size, kind, seconds=seconds)
    assert _wrong(content)
    (offer,) = publishing.clip_offers_of(content)
    assert offer.words == words
    for shape in offer.shapes:
        for way in shape.ways:
            made = _content(platform, form, *offer.size(shape, way), seconds=offer.seconds_max or seconds)
            assert _wrong(made) == [], (shape.label, way)
            assert publishing.clip_offers_of(made) == []


def test_a_heavy_clip_is_compressed_below_the_platforms_limit() -> None:
    (offer,) = publishing.clip_offers_of(_content("instagram", "story", 1080, 1920, size=120 * 1024 * 1024))
    assert offer.words == "compress below 100 MB"
    wanted = offer.wanted(offer.shapes[0], media.Way.CROP)
    assert (wanted.bytes_max, wanted.shape, wanted.seconds_max) == (100 * 1024 * 1024, None, None)


def test_only_a_clip_that_must_be_cut_is_cut() -> None:
    (long,) = publishing.clip_offers_of(_content("instagram", "story", 1080, 1920, seconds=75))
    assert long.wanted(long.shapes[0], media.Way.CROP, 12.5).start_seconds == 12.5
    (short,) = publishing.clip_offers_of(_content("instagram", "reel", 900, 900, "video/webm"))
    assert short.wanted(short.shapes[0], media.Way.CROP, 12.5).start_seconds == 0


def test_the_shapes_stand_nearest_first_and_a_shape_that_is_taken_stays() -> None:
    (wide,) = publishing.clip_offers_of(_content("instagram", "carousel", 3000, 1000))
    assert [one.label for one in wide.shapes] == ["16:9", "1:1", "4:5"]
    (fine,) = publishing.clip_offers_of(_content("instagram", "reel", 900, 900, "video/webm"))
    assert fine.shapes[0].label == publishing.AS_IT_IS


def test_nobody_promises_what_cannot_be_done() -> None:
    assert publishing.clip_offers_of(_content("instagram", "reel", 1080, 1920)) == []  # fits
    assert publishing.clip_offers_of(_content("instagram", "reel", 900, 900, "video/webm", seconds=1)) == []  # short
    assert publishing.clip_offers_of(_content("instagram", "image", 900, 900)) == []  # takes no clips
    assert publishing.clip_offers_of(_content("instagram", "poll", 900, 900)) == []
    assert publishing.clip_offers_of(_content("facebook", "reel", 200, 200)) == []  # too few pixels either way
