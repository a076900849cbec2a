"""Practice YouTube's upload sessions: what is refused, how chunks must lie, when a video exists."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.kit.clock import FixedClock
from services.practice.youtube.access import READ
from tests.makers.clips import clip_bytes
from tests.makers.practice import running_practice
from tests.services.practice.youtube_client import ACME, BAKERY, WORDS, Youtube, reason

GRAIN = 256 * 1024
FILE = clip_bytes() + (3 * GRAIN).to_bytes(4, "big") + b"free" + bytes(3 * GRAIN - 8)
SIZE = len(FILE)


@pytest.fixture
def youtube(tmp_path: Path) -> Iterator[Youtube]:
    clock = FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    with running_practice(tmp_path, clock=clock) as practice:
        yield Youtube(practice, clock)


def test_nothing_is_on_the_channel_before_the_last_byte(youtube: Youtube) -> None:
    session = youtube.session(SIZE)
    asked = youtube.put(session, f"bytes */{SIZE}")
    assert (asked.status_code, asked.headers.get("range")) == (308, None)
    first = youtube.put(session, f"bytes 0-{2 * GRAIN - 1}/{SIZE}", FILE[: 2 * GRAIN])
    assert (first.status_code, first.headers["range"]) == (308, f"bytes=0-{2 * GRAIN - 1}")
    assert youtube.practice.admin.accepted() == []
    last = youtube.put(session, f"bytes {2 * GRAIN}-{SIZE - 1}/{SIZE}", FILE[2 * GRAIN :])
    assert last.status_code == 200 and last.json()["status"]["uploadStatus"] == "uploaded"
    (post,) = youtube.practice.admin.accepted()
    assert (post["id"], post["media"], post["account"]) == (last.json()["id"], [sha256(FILE).hexdigest()], ACME)
    asked = youtube.put(session, f"bytes */{SIZE}")
    assert (asked.status_code, asked.json()["id"]) == (200, post["id"])


@pytest.mark.parametrize(
    ("span", "length"),
    [
        (f"bytes 0-{GRAIN}/{SIZE}", GRAIN + 1),
        (f"bytes 0-{GRAIN - 1}/{SIZE}", GRAIN - 1),
        (f"bytes {GRAIN}-{2 * GRAIN - 1}/{SIZE}", GRAIN),
        (f"bytes 0-{GRAIN - 1}/{SIZE + 1}", GRAIN),
        (f"bytes 0-{GRAIN - 1}/*", GRAIN),
        (f"bytes */{SIZE + 1}", 0),
        (f"bytes */{SIZE}", 5),
        ("", GRAIN),
    ],
)
def test_bytes_that_do_not_lie_where_they_must_are_refused_and_not_kept(
    youtube: Youtube, span: str, length: int
) -> None:
    session = youtube.session(SIZE)
    assert youtube.put(session, span, bytes(length)).status_code == 400
    assert youtube.put(session, f"bytes */{SIZE}").headers.get("range") is None


def test_bytes_without_their_length_are_refused(youtube: Youtube) -> None:
    session = youtube.session(SIZE)
    headers = youtube.bearer | {"Content-Range": f"bytes 0-{GRAIN - 1}/{SIZE}", "Content-Type": "video/mp4"}
    assert httpx.put(session, content=iter([FILE[:GRAIN]]), headers=headers).status_code == 411


def test_a_session_ends_after_its_time_and_an_unknown_one_never_was(youtube: Youtube) -> None:
    session = youtube.session(SIZE)
    youtube.clock.move(days=7)
    youtube.token = ""
    assert youtube.put(session, f"bytes */{SIZE}", token="").status_code == 404
    assert youtube.put(session.replace("upload_id=A", "upload_id=B"), "bytes */5", token="").status_code == 404


def test_the_sessions_address_is_enough_but_a_token_that_is_sent_must_work(youtube: Youtube) -> None:
    file = clip_bytes()
    session = youtube.session(len(file))
    span = f"bytes 0-{len(file) - 1}/{len(file)}"
    assert reason(youtube.put(session, span, file, token="ya29.made-up")) == (401, "authError")
    assert youtube.put(session, span, file, token="").status_code == 200


def test_twenty_last_bytes_at_once_make_one_video(youtube: Youtube) -> None:
    file = clip_bytes()
    session = youtube.session(len(file))
    with ThreadPoolExecutor(8) as pool:
        span = f"bytes 0-{len(file) - 1}/{len(file)}"
        answers = list(pool.map(lambda _: youtube.put(session, span, file), range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["id"] for answer in answers}) == len(youtube.practice.admin.accepted()) == 1


@pytest.mark.parametrize(
    ("snippet", "status", "told"),
    [
        ({"title": ""}, {}, "invalidTitle"),
        ({"title": "x" * 101}, {}, "invalidTitle"),
        ({"title": "a < b"}, {}, "invalidTitle"),
        ({"description": "ü" * 2_501}, {}, "invalidDescription"),
        ({"description": "a > b"}, {}, "invalidDescription"),
        ({"tags": ["x" * 250, "y" * 250]}, {}, "invalidTags"),
        ({"tags": "boots"}, {}, "invalidTags"),
        ({"categoryId": "99"}, {}, "invalidCategoryId"),
        ({}, {"privacyStatus": "friends"}, "invalidVideoMetadata"),
        ({}, {"selfDeclaredMadeForKids": "no"}, "invalidVideoMetadata"),
        ({}, {"publishAt": "2026-12-01T09:00:00Z"}, "invalidPublishAt"),
    ],
)
def test_words_that_youtube_does_not_take(
    youtube: Youtube, snippet: dict[str, Any], status: dict[str, Any], told: str
) -> None:
    words = {"snippet": WORDS["snippet"] | snippet, "status": WORDS["status"] | status}
    assert reason(youtube.start(SIZE, words)) == (400, told)


def test_words_at_the_limits_are_taken_and_no_privacy_is_public(youtube: Youtube) -> None:
    words = {"title": "x" * 100, "description": "ü" * 2_500, "tags": ["two words" + "x" * 236, "y" * 252]}
    made = youtube.upload(snippet=words, status={})
    assert made["status"]["privacyStatus"] == "public"
    assert youtube.practice.admin.accepted()[0]["caption"] == "ü" * 2_500


def test_a_session_is_opened_for_videos_of_a_known_size_with_all_parts_named(youtube: Youtube) -> None:
    assert reason(youtube.start(0)) == (400, "mediaBodyRequired")
    assert reason(youtube.start(SIZE, X_Upload_Content_Type="image/png")) == (400, "badContent")
    assert reason(youtube.start(SIZE, part="snippet")) == (400, "unexpectedPart")
    assert reason(youtube.start(SIZE, part="snippet,status,colour")) == (400, "unknownPart")
    assert reason(youtube.start(SIZE, part="")) == (400, "required")
    assert reason(youtube.start(SIZE, ["no object"])) == (400, "parseError")


def test_uploads_need_their_scope_and_a_living_token(youtube: Youtube) -> None:
    youtube.token = youtube.practice.admin.token("youtube", (READ,), ACME)
    assert reason(youtube.start(SIZE)) == (403, "insufficientPermissions")
    youtube.token = youtube.practice.admin.token("youtube", (READ,), ACME, expires_in=-1)
    assert reason(youtube.start(SIZE)) == (401, "authError")


def test_uploads_have_a_quota_of_their_own_that_begins_anew_in_california(youtube: Youtube) -> None:
    youtube.practice.admin.settings(quota_total=1)
    youtube.session(SIZE)
    refused = youtube.start(SIZE)
    assert reason(refused) == (403, "quotaExceeded") and "status" not in refused.json()["error"]
    youtube.clock.move(hours=22, minutes=59)  # 07:59 UTC is 23:59 in California
    assert reason(youtube.start(SIZE)) == (403, "quotaExceeded")
    youtube.clock.move(minutes=1)
    assert youtube.start(SIZE).status_code == 200
    youtube.practice.admin.settings(quota_total=9)
    youtube.practice.admin.fault("quota", platform="youtube", count=1)
    assert reason(youtube.start(SIZE)) == (403, "quotaExceeded")


def test_processing_takes_its_time_and_tells_how_it_ended(youtube: Youtube) -> None:
    good, broken = youtube.upload()["id"], youtube.upload(b"no video at all")["id"]
    assert youtube.video(good)["processingDetails"]["processingStatus"] == "processing"
    youtube.clock.move(seconds=1)
    assert youtube.video(good)["status"]["uploadStatus"] == "processed"
    assert youtube.video(broken)["status"]["failureReason"] == "invalidFile"
    again = youtube.upload()["id"]
    youtube.clock.move(seconds=1)
    assert youtube.video(again)["status"]["rejectionReason"] == "duplicate"
    assert [post["id"] for post in youtube.practice.admin.accepted()] == [good]
    other = Youtube(youtube.practice, youtube.clock, youtube.practice.admin.token("youtube", (READ,), BAKERY))
    assert other.get("videos", part="status", id=good).json()["items"] == []
