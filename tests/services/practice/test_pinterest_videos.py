"""Clips on practice Pinterest: registered, sent to the file store, processed, pinned with one cover."""

from typing import Any

import httpx
import pytest

from services.practice.seeds import ACCOUNTS
from tests.makers.clips import clip_bytes
from tests.services.practice.conftest import Platforms
from tests.services.practice.test_pinterest import V5, pin, refusal, token

BAKERY = tuple(ACCOUNTS["pinterest"])[1]


def registered(platforms: Platforms, secret: str) -> dict[str, Any]:
    sent = platforms.http.post(
        f"{V5}/media", json={"media_type": "video"}, headers={"Authorization": f"Bearer {secret}"}
    )
    return dict(sent.json())


def store(platforms: Platforms, told: dict[str, Any], body: bytes, **changes: Any) -> httpx.Response:
    path = httpx.URL(told["upload_url"]).path
    return platforms.http.post(path, data=told["upload_parameters"] | changes, files={"file": ("a.mp4", body)})


def uploaded(platforms: Platforms, secret: str, body: bytes | None = None) -> str:
    told = registered(platforms, secret)
    assert store(platforms, told, clip_bytes() if body is None else body).status_code == 204
    return str(told["media_id"])


def status(platforms: Platforms, secret: str, media_id: str) -> str:
    return str(platforms.get(f"{V5}/media/{media_id}", secret).json()["status"])


def test_a_clip_is_registered_stored_processed_and_pinned_with_one_cover(platforms: Platforms) -> None:
    secret = token(platforms)
    told = registered(platforms, secret)
    media_id = told["media_id"]
    video = {"source_type": "video_id", "media_id": media_id, "cover_image_key_frame_time": 1}
    assert status(platforms, secret, media_id) == "registered"
    assert store(platforms, told, clip_bytes()).status_code == 204
    assert status(platforms, secret, media_id) == "processing"
    assert refusal(pin(platforms, secret, media_source=video)) == (400, 1)
    platforms.clock.move(seconds=2)
    assert status(platforms, secret, media_id) == "succeeded"
    for cover in ({}, {"cover_image_key_frame_time": 9}, {"cover_image_key_frame_time": 1, "cover_image_url": "x"}):
        wrong = {"source_type": "video_id", "media_id": media_id, **cover}
        assert refusal(pin(platforms, secret, media_source=wrong)) == (400, 1)
    assert pin(platforms, secret, media_source=video).json()["creative_type"] == "VIDEO"
    (post,) = platforms.admin.accepted()
    assert platforms.http.get(f"/pinterest/images/{post['media'][0]}").content == clip_bytes()
    assert platforms.get(f"{V5}/media/{media_id}", token(platforms, subject=BAKERY)).status_code == 404


def test_the_file_store_wants_every_field_and_no_token(platforms: Platforms) -> None:
    secret = token(platforms)
    told = registered(platforms, secret)
    assert store(platforms, told, clip_bytes(), policy="other").status_code == 403
    assert store(platforms, told, clip_bytes(), key="uploads/999").status_code == 403
    path = httpx.URL(told["upload_url"]).path
    headers = {"Authorization": f"Bearer {secret}"}
    files = {"file": ("a.mp4", clip_bytes())}
    assert platforms.http.post(path, data=told["upload_parameters"], files=files, headers=headers).status_code == 403
    assert platforms.http.post(path, data=told["upload_parameters"]).status_code == 400
    assert status(platforms, secret, told["media_id"]) == "registered"


@pytest.mark.parametrize(
    "body",
    [clip_bytes(seconds=3), clip_bytes(width=480, height=160), clip_bytes(codec="libvpx", format="webm"), b"no clip"],
    ids=["short", "wide", "webm", "broken"],
)
def test_a_clip_beyond_the_limits_fails(platforms: Platforms, body: bytes) -> None:
    secret = token(platforms)
    media_id = uploaded(platforms, secret, body)
    platforms.clock.move(seconds=2)
    assert status(platforms, secret, media_id) == "failed"


def test_processing_fails_or_takes_long_when_told(platforms: Platforms) -> None:
    secret = token(platforms)
    platforms.admin.fault("fail_processing", platform="pinterest", count=1)
    failing = uploaded(platforms, secret)
    platforms.admin.fault("slow_processing", seconds=2_400, count=1)
    slow = uploaded(platforms, secret)
    platforms.clock.move(seconds=60)
    assert (status(platforms, secret, failing), status(platforms, secret, slow)) == ("failed", "processing")
    platforms.clock.move(seconds=2_400)
    assert status(platforms, secret, slow) == "succeeded"
