"""Practice X's media: what is taken, how segments must add up, how long processing and life are."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from services.kit.clock import FixedClock
from tests.makers.clips import clip_bytes
from tests.makers.practice import running_practice
from tests.makers.x import ACME, BAKERY, START, picture
from tests.services.practice.x_client import Client, problem

INVALID, GONE = (400, "invalid-request"), (404, "about:blank")
CLIP = clip_bytes(width=480, height=270)


@pytest.fixture
def x(tmp_path: Path) -> Iterator[Client]:
    clock = FixedClock(START)
    with running_practice(tmp_path, clock=clock) as practice:
        yield Client(practice, clock)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_ready_at_once_for_a_day(x: Client, kind: str) -> None:
    told = x.upload(picture(kind=kind)).json()["data"]
    assert told["media_key"] == f"3_{told['id']}" and told["expires_after_secs"] == 86_400
    assert "processing_info" not in told
    x.clock.move(hours=24)
    assert problem(x.post(media={"media_ids": [told["id"]]})) == INVALID


@pytest.mark.parametrize(
    ("body", "form"),
    [
        (b"not a picture", {}),
        (picture(kind="BMP"), {}),
        (picture()[:-200], {}),
        (picture() + bytes(5 * 1024 * 1024), {}),
        (None, {"media_category": "tweet_video"}),
        (None, {"media_category": ""}),
    ],
)
def test_a_picture_that_x_does_not_take_is_refused(x: Client, body: bytes | None, form: dict[str, str]) -> None:
    assert problem(x.upload(body, **form)) == INVALID


def test_an_upload_without_a_file_is_refused(x: Client) -> None:
    assert problem(x.call("POST", "media/upload", data={"media_category": "tweet_image"})) == INVALID


@pytest.mark.parametrize(
    ("total", "changes"),
    [
        (0, {}),
        (512 * 1024 * 1024 + 1, {}),
        ("5", {}),
        (True, {}),
        (5, {"media_type": "video/webm"}),
        (5, {"media_category": "tweet_image"}),
    ],
)
def test_an_announcement_that_x_does_not_take_is_refused(x: Client, total: Any, changes: dict[str, Any]) -> None:
    assert problem(x.initialize(total, **changes)) == INVALID


def test_segments_must_follow_each_other_and_add_up(x: Client) -> None:
    half = len(CLIP) // 2
    media_id = x.initialize(len(CLIP)).json()["data"]["id"]
    for number, body in ((1_000, b"a"), (-1, b"a"), ("one", b"a"), (0, bytes(5 * 1024 * 1024 + 1))):
        assert problem(x.append(media_id, number, body)) == INVALID
    assert x.append(media_id, 1, CLIP[half:]).json()["data"]["expires_at"] == int(START.timestamp()) + 86_400
    assert problem(x.finalize(media_id)) == INVALID
    x.append(media_id, 0, b"wrong")
    assert problem(x.finalize(media_id)) == INVALID
    x.append(media_id, 0, CLIP[:half])
    assert x.finalize(media_id).json()["data"]["processing_info"]["state"] == "in_progress"
    assert problem(x.finalize(media_id)) == INVALID
    assert problem(x.append(media_id, 2, b"late")) == INVALID


def test_a_video_is_usable_once_it_is_processed_and_alone(x: Client) -> None:
    video = x.video(CLIP).json()["data"]["id"]
    assert problem(x.post(text="a", media={"media_ids": [video]})) == INVALID
    x.clock.move(seconds=1)
    assert x.state(video) == "succeeded"
    assert problem(x.post(text="a", media={"media_ids": [video, x.uploaded()]})) == INVALID
    x.posted(text="a", media={"media_ids": [video]})
    (post,) = x.practice.admin.accepted("x")
    assert (post["media"], post["format"]) == ([sha256(CLIP).hexdigest()], "video")


@pytest.mark.parametrize(
    ("body", "changes"),
    [
        (b"no clip at all", {}),
        (CLIP, {"media_type": "video/quicktime"}),
        (clip_bytes(width=1300, height=480, seconds=1), {}),
        (clip_bytes(width=640, height=200, seconds=1), {}),
        (clip_bytes(codec="mpeg4", seconds=1), {}),
    ],
)
def test_a_video_that_x_does_not_take_fails_in_processing_without_a_reason(
    x: Client, body: bytes, changes: dict[str, Any]
) -> None:
    video = x.video(body, **changes).json()["data"]["id"]
    x.clock.move(seconds=1)
    assert x.state(video) == "failed"
    assert problem(x.post(text="a", media={"media_ids": [video]})) == INVALID


def test_an_alt_text_belongs_to_a_picture_and_has_its_limit(x: Client) -> None:
    picture_id, video = x.uploaded(), x.video(CLIP).json()["data"]["id"]

    def describe(media_id: Any, text: Any) -> Any:
        body = {"id": media_id, "metadata": {"alt_text": {"text": text}}}
        return x.call("POST", "media/metadata", json=body)

    assert describe(picture_id, "A cone.").status_code == 200
    for media_id, text in ((picture_id, "x" * 1_001), (picture_id, ""), (picture_id, 5), (video, "A film."), (7, "a")):
        assert problem(describe(media_id, text)) == INVALID
    assert problem(describe("7", "a")) == GONE
    x.posted(text="a", media={"media_ids": [picture_id]})
    assert x.practice.admin.accepted("x")[0]["alt_text"] == "A cone."


def test_media_belong_to_the_account_that_uploaded_them(x: Client) -> None:
    media_id = x.uploaded()
    x.token = x.token_of(BAKERY)
    assert problem(x.post(text="a", media={"media_ids": [media_id]})) == INVALID
    assert problem(x.finalize(media_id)) == GONE


def test_uploads_want_their_right(x: Client) -> None:
    x.token = x.token_of(ACME, ("tweet.read", "tweet.write", "users.read"))
    for answer in (x.upload(), x.initialize(5), x.append("1", 0, b"a"), x.finalize("1")):
        assert problem(answer) == (403, "about:blank")
