"""LinkedIn's uploads: pictures in one piece, videos in the parts it names, nothing to anybody else's address."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from services.kit.errors import (
    CredentialsExpired,
    OutcomeUnknown,
    PermissionMissing,
    ProviderError,
    Rejected,
    Unavailable,
)
from services.publishing.errors import NotProcessed
from services.publishing.platforms.linkedin.formats import Image, Images, Link, Text, Video
from tests.services.publishing.platforms.contract import NOW, SECRET
from tests.services.publishing.platforms.linkedin.orders import MEMBER, PAGE, UPLOADS, door, order, refusing, sent_json

BEARER = f"Bearer {SECRET}"
VIDEO = {"media": "urn:li:video:C5", "uploaded_at": NOW.isoformat()}
IMAGE = {"media": "urn:li:image:C1", "uploaded_at": NOW.isoformat()}
PARTS = [
    {"uploadUrl": f"{UPLOADS}/v/1", "firstByte": 0, "lastByte": 3},
    {"uploadUrl": f"{UPLOADS}/v/2", "firstByte": 4, "lastByte": 5},
]


class LinkedIn:
    """Answers like the Images and Videos API; keeps every request."""

    def __init__(self, **video: Any) -> None:
        self.seen: list[httpx.Request] = []
        self.video = {"video": "urn:li:video:C5", "uploadToken": "", "uploadInstructions": PARTS} | video
        self.images = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.seen.append(request)
        if request.method == "PUT":
            return httpx.Response(201, headers={"etag": f"/ambry-video/{request.url.path[-1]}.bin"})
        if request.url.path.endswith("/images"):
            self.images += 1
            value = {"uploadUrl": f"{UPLOADS}/{self.images}", "image": f"urn:li:image:C{self.images}"}
            return httpx.Response(200, json={"value": value})
        is_end = request.url.params["action"] == "finalizeUpload"
        return httpx.Response(200, json={} if is_end else {"value": self.video})


def test_a_picture_is_asked_for_and_sent_whole_with_the_token() -> None:
    linkedin = LinkedIn()
    remote = Image().prepare(order(b"picture"), door(linkedin))
    assert remote == {"media": "urn:li:image:C1", "uploaded_at": NOW.isoformat()}
    asked, put = linkedin.seen
    assert str(asked.url).endswith("/rest/images?action=initializeUpload")
    assert sent_json(asked) == {"initializeUploadRequest": {"owner": PAGE}}
    assert (put.method, put.content, put.headers["authorization"]) == ("PUT", b"picture", BEARER)


def test_each_picture_is_uploaded_in_its_order_as_the_account_that_posts() -> None:
    linkedin = LinkedIn()
    remote = Images().prepare(order(b"one", b"two"), door(linkedin, MEMBER))
    assert remote["media"] == "urn:li:image:C1 urn:li:image:C2"
    assert [one.content for one in linkedin.seen if one.method == "PUT"] == [b"one", b"two"]
    assert sent_json(linkedin.seen[0])["initializeUploadRequest"]["owner"] == MEMBER


def test_a_link_without_a_picture_hands_nothing_over() -> None:
    linkedin = LinkedIn()
    assert Link().prepare(order(), door(linkedin)) == {} and linkedin.seen == []
    assert Link().prepare(order(b"thumb"), door(linkedin))["media"] == "urn:li:image:C1"


def test_a_video_goes_in_the_parts_it_was_asked_for_without_the_token() -> None:
    linkedin = LinkedIn()
    remote = Video().prepare(order(b"abcdef"), door(linkedin))
    assert remote["media"] == "urn:li:video:C5"
    asked, first, second, ended = linkedin.seen
    begun = {"owner": PAGE, "fileSizeBytes": 6, "uploadCaptions": False, "uploadThumbnail": False}
    assert sent_json(asked) == {"initializeUploadRequest": begun}
    assert [first.content, second.content] == [b"abcd", b"ef"]
    assert "authorization" not in first.headers and first.headers["content-type"] == "application/octet-stream"
    parts = ["/ambry-video/1.bin", "/ambry-video/2.bin"]
    finished = {"video": "urn:li:video:C5", "uploadToken": "", "uploadedPartIds": parts}
    assert sent_json(ended) == {"finalizeUploadRequest": finished}
    assert str(ended.url).endswith("/rest/videos?action=finalizeUpload")


@pytest.mark.parametrize(
    "video",
    [
        {"uploadInstructions": []},
        {"uploadInstructions": None},
        {"uploadInstructions": [PARTS[1]]},
        {"uploadInstructions": [PARTS[0], PARTS[0]]},
        {"uploadInstructions": [PARTS[0]]},
        {"uploadInstructions": [PARTS[0] | {"lastByte": "3"}]},
        {"uploadInstructions": ["part"]},
        {"uploadInstructions": [PARTS[0] | {"lastByte": -1}]},
        {"video": "urn:li:image:C5"},
        {"video": "urn:li:video:C5 x"},
    ],
)
def test_an_upload_that_makes_no_sense_is_not_finished(video: dict[str, Any]) -> None:
    linkedin = LinkedIn(**video)
    with pytest.raises(OutcomeUnknown):
        Video().prepare(order(b"abcdef"), door(linkedin))
    assert not [one for one in linkedin.seen if "finalizeUpload" in str(one.url)]


@pytest.mark.parametrize("url", ["https://evil.example/v/1", "http://www.linkedin.com/v/1", "", None, 7])
def test_neither_bytes_nor_the_token_go_to_an_address_that_is_not_linkedins(url: Any) -> None:
    linkedin = LinkedIn(uploadInstructions=[PARTS[0] | {"uploadUrl": url, "lastByte": 5}])
    with pytest.raises(Rejected):
        Video().prepare(order(b"abcdef"), door(linkedin))
    assert [one.method for one in linkedin.seen] == ["POST"]


def test_a_part_that_comes_back_without_a_name_ends_the_try() -> None:
    def nameless(request: httpx.Request) -> httpx.Response:
        return httpx.Response(201) if request.method == "PUT" else LinkedIn()(request)

    with pytest.raises(OutcomeUnknown):
        Video().prepare(order(b"abcdef"), door(nameless))


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (lambda request: httpx.Response(200, json={"value": None}), OutcomeUnknown),
        (lambda request: httpx.Response(200, json=[]), OutcomeUnknown),
        (refusing(403, "ACCESS_DENIED"), PermissionMissing),
        (refusing(400, "MISSING_FIELD"), Rejected),
    ],
)
def test_a_refused_upload_is_one_of_our_errors(answer: Callable[..., Any], error: type[ProviderError]) -> None:
    with pytest.raises(error):
        Image().prepare(order(b"picture"), door(answer))


def _status(status: str, **more: str) -> Callable[[httpx.Request], httpx.Response]:
    return lambda request: httpx.Response(200, json={"status": status, **more})


@pytest.mark.parametrize(
    ("status", "is_ready"),
    [("AVAILABLE", True), ("PROCESSING", False), ("WAITING_UPLOAD", False), ("PONDERING", False)],
)
def test_polling_tells_whether_it_is_ready(status: str, is_ready: bool) -> None:
    assert Image().poll(IMAGE, door(_status(status))) is is_ready


def test_several_are_ready_when_all_are() -> None:
    def one_of_two(request: httpx.Request) -> httpx.Response:
        is_first = "C1" in str(request.url)
        return httpx.Response(200, json={"status": "AVAILABLE" if is_first else "PROCESSING"})

    two = IMAGE | {"media": "urn:li:image:C1 urn:li:image:C2"}
    assert not Images().poll(two, door(one_of_two))
    assert Text().poll({}, door(refusing(500)))


def test_failed_processing_says_why_and_is_not_tried_again() -> None:
    with pytest.raises(NotProcessed) as caught:
        Video().poll(VIDEO, door(_status("PROCESSING_FAILED", processingFailureReason="Codec not supported")))
    assert not caught.value.try_again and "Codec not supported" in caught.value.sentence


@pytest.mark.parametrize(("remote", "seconds"), [(IMAGE, 30), (VIDEO, 600)])
def test_where_the_state_may_not_be_asked_it_is_waited_for(remote: dict[str, str], seconds: int) -> None:
    no = refusing(403, "ACCESS_DENIED")
    before, after = NOW + timedelta(seconds=seconds - 1), NOW + timedelta(seconds=seconds)
    assert not Image().poll(remote, door(no, MEMBER, now=before))
    assert Image().poll(remote, door(no, MEMBER, now=after))


@pytest.mark.parametrize(("status", "error"), [(401, CredentialsExpired), (500, Unavailable), (404, Rejected)])
def test_a_poll_that_fails_is_one_of_our_errors(status: int, error: type[ProviderError]) -> None:
    with pytest.raises(error):
        Image().poll(IMAGE, door(refusing(status)))
