"""X, media: pictures in one call each, videos in segments; nothing of it is visible."""

import io
import json
import re
from typing import Any

import httpx
import pytest

from services.approvals import SealedMedia
from services.kit.errors import PermissionMissing, ProviderError, RateLimited, Rejected, Unavailable
from services.publishing.platforms.x.posts import Images, Video
from services.publishing.platforms.x.thread import Thread
from services.publishing.platforms.x.uploads import SEGMENT_BYTES
from services.publishing.publisher import Order, Remote
from tests.services.publishing.platforms.contract import Answer, answering, breaking, content, door
from tests.services.publishing.platforms.test_x_posts import picture


class Uploads:
    """Takes what is sent; ids count up from 101."""

    def __init__(self) -> None:
        self.seen: list[httpx.Request] = []
        self.given = 100

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        path = request.url.path.rsplit("/", 1)[-1]
        if path in ("upload", "initialize"):
            self.given += 1
        made = {"id": str(self.given), "media_key": f"3_{self.given}", "expires_after_secs": 86_400}
        return httpx.Response(200, json={"data": made})

    @property
    def paths(self) -> list[str]:
        return [request.url.path.removeprefix("/v26.0/") for request in self.seen]


def order(*items: dict[str, Any], bodies: tuple[bytes, ...] = (b"one", b"two")) -> Order:
    sealed = content("x", media=tuple(SealedMedia(**item) for item in items))
    return Order(sealed, (), lambda place: io.BytesIO(bodies[place]))


def prepare(answer: Answer, *items: dict[str, Any], **more: Any) -> Remote:
    publisher = Video() if items[0]["content_type"].startswith("video") else Images()
    return publisher.prepare(order(*items, **more), door(answer, "x"))


VIDEO = picture(content_type="video/mp4", file_key="k.mp4")


def test_each_picture_is_uploaded_and_gets_its_alt_text() -> None:
    taking = Uploads()
    remote = prepare(taking, picture(), picture(alt_text="", content_type="image/png"))
    assert taking.paths == ["media/upload", "media/metadata", "media/upload"]
    assert remote == {
        "media1": "101",
        "key1": "3_101",
        "media2": "102",
        "key2": "3_102",
        "until": "2026-11-24T08:50:00+00:00",
    }
    first, words, second = (request.content for request in taking.seen)
    assert b'name="media_category"\r\n\r\ntweet_image' in first
    assert b"Content-Type: image/jpeg\r\n\r\none\r\n" in first and b"Content-Type: image/png\r\n\r\ntwo\r\n" in second
    assert json.loads(words) == {"id": "101", "metadata": {"alt_text": {"text": "A cone."}}}


def test_a_threads_pictures_are_uploaded_like_those_of_a_post_and_a_thread_of_words_uploads_nothing() -> None:
    taking = Uploads()
    assert "media1" in Thread().prepare(order(picture()), door(taking, "x"))
    assert Thread().prepare(order(), door(breaking(httpx.ReadTimeout), "x")) == {}


@pytest.mark.parametrize(("size", "segments"), [(1, 1), (SEGMENT_BYTES, 1), (SEGMENT_BYTES + 1, 2)])
def test_a_video_is_announced_sent_in_segments_and_closed(size: int, segments: int) -> None:
    taking = Uploads()
    body = bytes(index % 251 for index in range(size))
    remote = prepare(taking, VIDEO, bodies=(body,))
    parts = ["media/upload/101/append"] * segments
    assert taking.paths == ["media/upload/initialize", *parts, "media/upload/101/finalize"]
    assert json.loads(taking.seen[0].content) == {
        "media_type": "video/mp4",
        "total_bytes": size,
        "media_category": "tweet_video",
    }
    sent = b""
    for index, request in enumerate(taking.seen[1:-1]):
        assert f'name="segment_index"\r\n\r\n{index}\r\n'.encode() in request.content
        found = re.search(rb"octet-stream\r\n\r\n(.*)\r\n--", request.content, re.DOTALL)
        assert found is not None
        sent += found.group(1)
    assert sent == body
    assert (remote["media1"], remote["key1"]) == ("101", "3_101")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (answering(403, {"title": "Forbidden", "type": "about:blank"}), PermissionMissing),
        (answering(400, {"title": "Invalid Request", "detail": "Too large."}), Rejected),
        (answering(429, {}), RateLimited),
        (answering(503, {}), Unavailable),
        (answering(200, {"data": {"id": ""}}), Unavailable),
        (answering(200, {"data": []}), Unavailable),
        (breaking(httpx.ReadTimeout), Unavailable),
    ],
)
@pytest.mark.parametrize("item", [picture(), VIDEO])
def test_an_upload_that_fails_has_published_nothing(item: Any, answer: Answer, error: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        prepare(answer, item)
    assert type(caught.value) is error


def test_media_that_live_shorter_are_dropped_sooner() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"data": {"id": "7", "expires_after_secs": 1_800}})

    assert prepare(answer, picture(alt_text=""))["until"] == "2026-11-23T09:20:00+00:00"
