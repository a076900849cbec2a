"""Practice TikTok takes a video in exactly the parts that were announced, in their order, for an hour."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.practice.tiktok.posts import judge
from tests.makers.clips import clip_bytes
from tests.services.practice.tiktok_client import CLIP, TikTok, code, practice_tiktok

MIB = 1024 * 1024
BOX = 11 * MIB


@pytest.fixture
def tiktok(tmp_path: Path) -> Iterator[TikTok]:
    with practice_tiktok(tmp_path, tiktok_init_per_minute=100) as made:
        yield made


@pytest.mark.parametrize(
    ("size", "part", "count", "is_good"),
    [
        (4_000_000, 4_000_000, 1, True),
        (4_000_000, 2_000_000, 2, False),  # parts under 5 MB
        (9_000_000, 9_000_000, 1, True),
        (9_000_000, 8_000_000, 1, False),  # one part that is not the file
        (50_000_123, 10_000_000, 5, True),  # the remainder rides in the last part
        (50_000_123, 10_000_000, 6, False),
        (70_000_000, 64_000_000, 1, False),
        (70_000_000, 70_000_000, 1, False),  # over 64 MB in one part
        (4 * 1024**3, 10 * MIB, 409, True),
        (4 * 1024**3 + 1, 10 * MIB, 409, False),
        (0, 0, 1, False),
    ],
)
def test_an_upload_is_announced_by_the_rules_or_not_at_all(
    tiktok: TikTok, size: int, part: int, count: int, is_good: bool
) -> None:
    assert code(tiktok.init(size, part, count)) == ((200, "ok") if is_good else (400, "invalid_params"))


def test_parts_arrive_in_their_order_and_the_last_one_publishes(tiktok: TikTok) -> None:
    whole = CLIP + BOX.to_bytes(4, "big") + b"free" + bytes(BOX - 8)
    part, size = len(whole) // 2, len(whole)
    begun = tiktok.init(size, part, size // part).json()["data"]
    first, last = f"bytes 0-{part - 1}/{size}", f"bytes {part}-{size - 1}/{size}"
    early = tiktok.put(begun["upload_url"], whole[part:], last)
    assert (early.status_code, early.headers["content-range"]) == (416, f"bytes 0-0/{size}")
    assert tiktok.put(begun["upload_url"], whole[: part - 1], f"bytes 0-{part - 2}/{size}").status_code == 400
    answer = tiktok.put(begun["upload_url"], whole[:part], first)
    assert (answer.status_code, answer.headers["content-range"]) == (206, first)
    assert tiktok.status(begun["publish_id"]) == {"status": "PROCESSING_UPLOAD", "uploaded_bytes": part}
    again = tiktok.put(begun["upload_url"], whole[:part], first)
    assert (again.status_code, again.headers["content-range"]) == (416, first)
    assert tiktok.practice.admin.accepted("tiktok") == []
    assert tiktok.put(begun["upload_url"], whole[part:], last).status_code == 201
    assert tiktok.put(begun["upload_url"], whole[part:], last).status_code == 416
    assert len(tiktok.practice.admin.accepted("tiktok")) == 1
    assert tiktok.status(begun["publish_id"]) == {"status": "PROCESSING_UPLOAD", "uploaded_bytes": size}


def test_headers_that_do_not_fit_the_part_are_refused(tiktok: TikTok) -> None:
    url, size = tiktok.begun()["upload_url"], len(CLIP)
    assert tiktok.put(url, told=f"bytes 0-{size}/{size}").status_code == 400
    assert tiktok.put(url, told=f"bytes 0-{size - 1}/{size + 1}").status_code == 400
    assert tiktok.put(url, told="bytes */9").status_code == 400
    assert tiktok.put(url, kind="image/jpeg").status_code == 400
    assert tiktok.put(url, body=CLIP[:-1]).status_code == 400
    assert tiktok.put(url).status_code == 201


def test_an_upload_lives_for_an_hour_and_a_made_up_one_never(tiktok: TikTok) -> None:
    url = tiktok.begun()["upload_url"]
    assert tiktok.put(url.replace("upload_id=", "upload_id=x")).status_code == 404
    tiktok.clock.move(hours=1)
    assert tiktok.put(url).status_code == 403


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"not a clip at all", "file_format_check_failed"),
        (clip_bytes(width=360, height=640, codec="mpeg4"), "file_format_check_failed"),
        (clip_bytes(width=360, height=640, seconds=2), "duration_check_failed"),
        (clip_bytes(width=360, height=640, rate=20), "frame_rate_check_failed"),
        (clip_bytes(width=358, height=640), "picture_size_check_failed"),
        (CLIP, ""),
    ],
)
def test_a_video_is_judged_by_the_platforms_limits(body: bytes, reason: str) -> None:
    assert judge(body)[0] == reason


def test_a_video_that_fails_is_never_accepted_and_says_why(tiktok: TikTok) -> None:
    body = clip_bytes(width=360, height=640, seconds=2)
    begun = tiktok.init(len(body)).json()["data"]
    assert tiktok.put(begun["upload_url"], body).status_code == 201
    tiktok.clock.move(seconds=2)
    assert tiktok.status(begun["publish_id"]) == {"status": "FAILED", "fail_reason": "duration_check_failed"}
    assert tiktok.practice.admin.accepted("tiktok") == []
