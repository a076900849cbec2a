"""Practice LinkedIn's pictures and videos, over real HTTP."""

from typing import Any
from urllib.parse import quote

import httpx
import pytest

from services.kit.clock import FixedClock
from tests.makers.clips import clip_bytes
from tests.makers.linkedin import ACME, BAKERY, ROBIN, api, film_bytes, picture_bytes, post, token
from tests.makers.practice import RunningPractice


def begin(practice: RunningPractice, bearer: str, kind: str, **asked: Any) -> dict[str, Any]:
    body = {"initializeUploadRequest": asked}
    answer = api(practice, bearer, "POST", f"{kind}s", params={"action": "initializeUpload"}, json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["value"])


def put(url: str, body: bytes, bearer: str = "") -> httpx.Response:
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    return httpx.put(url, content=body, headers={"Content-Type": "application/octet-stream", **headers}, timeout=20)


def picture(practice: RunningPractice, bearer: str, body: bytes, owner: str = ACME) -> str:
    value = begin(practice, bearer, "image", owner=owner)
    assert put(value["uploadUrl"], body, bearer).status_code == 201
    return str(value["image"])


def finish(practice: RunningPractice, bearer: str, video: str, parts: list[str]) -> httpx.Response:
    body = {"finalizeUploadRequest": {"video": video, "uploadToken": "", "uploadedPartIds": parts}}
    return api(practice, bearer, "POST", "videos", params={"action": "finalizeUpload"}, json=body)


def film(practice: RunningPractice, bearer: str, body: bytes) -> str:
    value = begin(practice, bearer, "video", owner=ACME, fileSizeBytes=len(body))
    parts = []
    for part in value["uploadInstructions"]:
        answer = put(part["uploadUrl"], body[part["firstByte"] : part["lastByte"] + 1])
        parts.append(answer.headers["etag"])
    assert finish(practice, bearer, value["video"], parts).status_code == 200
    return str(value["video"])


def state(practice: RunningPractice, bearer: str, urn: str) -> dict[str, Any]:
    return dict(api(practice, bearer, "GET", f"{urn.split(':')[2]}s/{quote(urn, safe='')}").json())


def create(practice: RunningPractice, bearer: str, **changes: Any) -> httpx.Response:
    return api(practice, bearer, "POST", "posts", json=post(**changes))


def test_a_picture_is_uploaded_processed_and_shown(practice: RunningPractice, clock: FixedClock) -> None:
    bearer = token(practice)
    value = begin(practice, bearer, "image", owner=ACME)
    assert state(practice, bearer, value["image"])["status"] == "WAITING_UPLOAD"
    content = {"media": {"id": value["image"], "altText": "Blue."}}
    assert create(practice, bearer, content=content).json()["code"] == "MEDIA_ASSET_WAITING_UPLOAD"
    assert put(value["uploadUrl"], picture_bytes()).json()["code"] == "EMPTY_ACCESS_TOKEN"
    assert put(value["uploadUrl"], picture_bytes(), bearer).status_code == 201
    assert state(practice, bearer, value["image"])["status"] == "PROCESSING"
    assert create(practice, bearer, content=content).json()["code"] == "MEDIA_ASSET_WAITING_UPLOAD"
    clock.move(seconds=2)
    assert state(practice, bearer, value["image"])["status"] == "AVAILABLE"
    assert create(practice, bearer, content=content).status_code == 201
    [taken] = practice.admin.accepted("linkedin")
    assert (taken["format"], taken["alt_text"], len(taken["media"])) == ("image", "Blue.", 1)
    shown = httpx.get(f"{practice.base}/linkedin/images/{taken['image_sha256']}")
    assert shown.content == picture_bytes()


def test_several_pictures_keep_their_order(practice: RunningPractice, clock: FixedClock) -> None:
    bearer = token(practice)
    first, second = (picture(practice, bearer, picture_bytes(shade)) for shade in (10, 20))
    clock.move(seconds=2)
    images = [{"id": first, "altText": "One"}, {"id": second}]
    assert create(practice, bearer, content={"multiImage": {"images": images}}).status_code == 201
    assert practice.admin.accepted()[0]["format"] == "images"
    assert len(set(practice.admin.accepted()[0]["media"])) == 2


@pytest.mark.parametrize("body", [b"words", picture_bytes(kind="BMP")])
def test_what_is_no_picture_fails_in_processing(practice: RunningPractice, clock: FixedClock, body: bytes) -> None:
    bearer = token(practice)
    urn = picture(practice, bearer, body)
    clock.move(seconds=2)
    assert state(practice, bearer, urn)["status"] == "PROCESSING_FAILED"
    refused = create(practice, bearer, content={"media": {"id": urn}})
    assert refused.json()["code"] == "MEDIA_ASSET_PROCESSING_FAILED"


def test_a_members_picture_is_not_shown_to_apps_but_can_be_posted(practice: RunningPractice, clock: FixedClock) -> None:
    bearer = token(practice)
    urn = picture(practice, bearer, picture_bytes(), ROBIN)
    assert state(practice, bearer, urn)["code"] == "ACCESS_DENIED"
    clock.move(seconds=2)
    assert create(practice, bearer, author=ROBIN, content={"media": {"id": urn}}).status_code == 201


def test_a_picture_belongs_to_its_owner(practice: RunningPractice, clock: FixedClock) -> None:
    bearer = token(practice)
    urn = picture(practice, bearer, picture_bytes())
    clock.move(seconds=2)
    refused = create(practice, bearer, author=BAKERY, content={"media": {"id": urn}})
    assert refused.json()["code"] == "INVALID_VALUE_FOR_FIELD"


def test_an_upload_address_ends_after_a_day(practice: RunningPractice, clock: FixedClock) -> None:
    bearer = token(practice)
    value = begin(practice, bearer, "image", owner=ACME)
    assert value["uploadUrlExpiresAt"] == int((clock.now().timestamp() + 86_400) * 1000)
    clock.move(hours=25)
    assert put(value["uploadUrl"], picture_bytes(), bearer).json()["code"] == "EXPIRED_UPLOAD_URL"


def test_a_video_of_several_parts_is_put_together(practice: RunningPractice, clock: FixedClock) -> None:
    bearer, body = token(practice), film_bytes(5_000_000)
    urn = film(practice, bearer, body)
    assert state(practice, bearer, urn)["status"] == "PROCESSING"
    clock.move(seconds=2)
    assert state(practice, bearer, urn)["status"] == "AVAILABLE"
    made = create(practice, bearer, content={"media": {"id": urn, "title": "The film"}})
    assert made.headers["x-restli-id"].startswith("urn:li:ugcPost:")
    [taken] = practice.admin.accepted("linkedin")
    assert (taken["format"], taken["details"]["title"]) == ("video", "The film")
    assert httpx.get(f"{practice.base}/linkedin/images/{taken['media'][0]}").content == body


def test_a_part_is_taken_only_as_it_was_asked_for(practice: RunningPractice) -> None:
    bearer, body = token(practice), film_bytes(5_000_000)
    value = begin(practice, bearer, "video", owner=ACME, fileSizeBytes=len(body))
    first, second = value["uploadInstructions"]
    assert (first["lastByte"], second["firstByte"], second["lastByte"]) == (4_194_303, 4_194_304, 4_999_999)
    assert put(first["uploadUrl"], body[:4_194_304], bearer).status_code == 400
    assert put(first["uploadUrl"], body[:4_194_303]).status_code == 400
    etag = put(first["uploadUrl"], body[:4_194_304]).headers["etag"]
    assert '"' not in etag
    other = put(second["uploadUrl"], body[4_194_304:]).headers["etag"]
    for parts in ([etag], [other, etag], [f'"{etag}"', other], []):
        refused = finish(practice, bearer, value["video"], parts)
        assert refused.status_code == 400 and refused.json()["message"] == "All chunks IDs must be signed"
    assert finish(practice, bearer, value["video"], [etag, other]).status_code == 200
    assert put(second["uploadUrl"].removesuffix("1") + "9", b"x").status_code == 404


@pytest.mark.parametrize(
    "body", [b"x" * 80_000, film_bytes(80_000, seconds=2), film_bytes(0), clip_bytes(format="matroska") + bytes(80_000)]
)
def test_a_video_that_will_not_do_says_why(practice: RunningPractice, clock: FixedClock, body: bytes) -> None:
    bearer = token(practice)
    urn = film(practice, bearer, body)
    clock.move(seconds=2)
    told = state(practice, bearer, urn)
    assert told["status"] == "PROCESSING_FAILED" and told["processingFailureReason"]


def test_processing_can_be_slow_or_fail_as_the_operator_wishes(practice: RunningPractice, clock: FixedClock) -> None:
    bearer = token(practice)
    practice.admin.fault("slow_processing", seconds=2_400, count=1)
    urn = film(practice, bearer, film_bytes())
    clock.move(seconds=2_399)
    assert state(practice, bearer, urn)["status"] == "PROCESSING"
    clock.move(seconds=2)
    assert state(practice, bearer, urn)["status"] == "AVAILABLE"
    practice.admin.fault("fail_processing", count=1)
    failed = picture(practice, bearer, picture_bytes())
    clock.move(seconds=2)
    assert state(practice, bearer, failed)["status"] == "PROCESSING_FAILED"


@pytest.mark.parametrize("asked", [{}, {"owner": ACME}, {"owner": ACME, "fileSizeBytes": 0}, {"fileSizeBytes": "9"}])
def test_a_video_is_announced_with_its_owner_and_its_size(practice: RunningPractice, asked: dict[str, Any]) -> None:
    body = {"initializeUploadRequest": asked}
    answer = api(practice, token(practice), "POST", "videos", params={"action": "initializeUpload"}, json=body)
    assert answer.status_code in (400, 422)


def test_what_is_not_there_is_not_found(practice: RunningPractice) -> None:
    bearer = token(practice)
    assert state(practice, bearer, "urn:li:image:none")["code"] == "NOT_FOUND"
    assert put(f"{practice.base}/linkedin/dms-uploads/image/none", b"x", bearer).status_code == 404
    assert put(f"{practice.base}/linkedin/dms-uploads/elsewhere", b"x").status_code == 404
    assert finish(practice, bearer, "urn:li:video:none", []).status_code == 404
