"""Practice YouTube's thumbnails: whose, which pictures, what they cost, and that the next one takes the place."""

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from services.kit.clock import FixedClock
from services.practice.youtube.access import READ
from tests.makers.media import jpeg_bytes, png_bytes
from tests.makers.practice import running_practice
from tests.services.practice.youtube_client import ACME, BAKERY, Youtube, reason

WIDE = jpeg_bytes(1280, 720)


@pytest.fixture
def youtube(tmp_path: Path) -> Iterator[Youtube]:
    clock = FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    with running_practice(tmp_path, clock=clock) as practice:
        yield Youtube(practice, clock)


def give(youtube: Youtube, video: str, body: bytes = WIDE, kind: str = "image/jpeg", token: str = "") -> httpx.Response:
    headers = {"Authorization": f"Bearer {token or youtube.token}", "Content-Type": kind}
    address = f"{youtube.practice.base}/youtube/upload/youtube/v3/thumbnails/set"
    return httpx.post(address, params={"videoId": video} if video else {}, content=body, headers=headers)


def cover(youtube: Youtube) -> str:
    (post,) = youtube.practice.admin.accepted("youtube")
    return str(post["details"].get("cover", ""))


def test_it_is_shown_on_the_public_page_and_the_next_one_takes_its_place(youtube: Youtube) -> None:
    video = str(youtube.upload()["id"])
    for picture, kind in ((WIDE, "image/jpeg"), (png_bytes(1280, 720), "image/png")):
        answer = give(youtube, video, picture, kind)
        assert answer.status_code == 200 and answer.json()["kind"] == "youtube#thumbnailSetResponse"
        made = sha256(picture).hexdigest()
        assert cover(youtube) == made
        assert httpx.get(answer.json()["items"][0]["maxres"]["url"]).content == picture
        page = httpx.get(f"{youtube.practice.base}/youtube/watch/{video}").text
        assert f'poster="{youtube.practice.base}/youtube/images/{made}"' in page


@pytest.mark.parametrize(
    ("body", "kind", "status", "why"),
    [
        (b"", "image/jpeg", 400, "mediaBodyRequired"),
        (b"no picture", "image/jpeg", 400, "invalidImage"),
        (WIDE, "text/plain", 400, "badContent"),
        (jpeg_bytes(1280, 1280), "image/jpeg", 400, "imageTooTall"),
        (jpeg_bytes(1280, 400), "image/jpeg", 400, "imageTooWide"),
        (jpeg_bytes(320, 180), "image/jpeg", 400, "invalidImage"),
        (WIDE + bytes(2_000_000), "image/jpeg", 413, "uploadTooLarge"),
    ],
)
def test_other_pictures_are_refused_and_change_nothing(
    youtube: Youtube, body: bytes, kind: str, status: int, why: str
) -> None:
    answer = give(youtube, str(youtube.upload()["id"]), body, kind)
    assert (reason(answer), cover(youtube)) == ((status, why), "")


def test_only_for_ones_own_video_with_the_right_scope_and_a_confirmed_channel(youtube: Youtube) -> None:
    video = str(youtube.upload()["id"])
    others = youtube.practice.admin.token("youtube", ["https://www.googleapis.com/auth/youtube"], BAKERY)
    reader = youtube.practice.admin.token("youtube", [READ], ACME)
    assert reason(give(youtube, "elsewhere")) == (404, "videoNotFound")
    assert reason(give(youtube, video, token=others)) == (403, "forbidden")
    assert reason(give(youtube, video, token=reader)) == (403, "insufficientPermissions")
    assert give(youtube, "").status_code == 400
    youtube.practice.admin.settings(youtube_thumbnails=0)
    assert (reason(give(youtube, video)), cover(youtube)) == ((403, "forbidden"), "")


def test_each_costs_fifty_units_and_too_many_must_wait(youtube: Youtube) -> None:
    video = str(youtube.upload()["id"])
    youtube.practice.admin.settings(youtube_units_total=100)
    youtube.practice.admin.fault("quota", match="/thumbnails/set", count=1)
    assert reason(give(youtube, video)) == (429, "uploadRateLimitExceeded")
    assert give(youtube, video).status_code == 200
    assert reason(give(youtube, video)) == (403, "quotaExceeded")
