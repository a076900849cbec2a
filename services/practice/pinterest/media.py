"""Uploads of clips: register, send to the file store, wait. Shapes: OpenAPI 5.23.0; limits: vendors' guides."""

import secrets
from typing import Any

from starlette.responses import Response

from services.practice import clips, things
from services.practice.clips import Clip
from services.practice.pinterest.access import own_account
from services.practice.pinterest.errors import invalid, not_found
from services.practice.wire.calls import Call

BYTES_MAX, SECONDS_MIN, SECONDS_MAX, RATIO_MIN, RATIO_MAX = 1024**3, 4, 15 * 60, 1 / 2, 1.91
_CODECS = ("h264", "hevc")


def register(call: Call) -> dict[str, Any]:
    """`POST /v5/media`: an id, an address and the fields to send along."""
    account = own_account(call, "pins:read", "pins:write")
    if call.get("media_type") != "video":
        raise invalid("media_type must be video")
    media_id = f"70{call.world.store.next_number('pinterest_media'):010d}"
    fields = {
        "x-amz-date": "20261121T000000Z",
        "x-amz-signature": secrets.token_hex(32),
        "x-amz-algorithm": "AWS4-HMAC-SHA256",
        "key": f"uploads/{media_id}",
        "policy": secrets.token_urlsafe(60),
        "Content-Type": "multipart/form-data",
    }
    things.put(call.world, "pinterest", "media", media_id, account.id, {"status": "registered", "fields": fields})
    address = f"{call.base}/pinterest/upload/"
    return {"media_id": media_id, "media_type": "video", "upload_url": address, "upload_parameters": fields}


def upload(call: Call) -> Response:
    """The file store: every field as it was given, the file last, no token; 204. It answers in XML, not as the API."""
    key = call.get("key")
    media = things.get(call.world, "pinterest", "media", key.removeprefix("uploads/"))
    sent = dict(call.pairs)
    if media is None or "authorization" in call.headers or any(sent.get(k) != v for k, v in media["fields"].items()):
        return _refused(403, "AccessDenied")
    file = call.uploads.get("file")
    if file is None:
        return _refused(400, "InvalidArgument")
    slow, is_failing = call.fault("slow_processing"), call.fault("fail_processing") is not None
    seconds = slow.seconds if slow else call.world.setting("processing_seconds")
    try:
        clip = clips.measure(file.body)
    except clips.NotAClip as problem:
        state: dict[str, Any] = {"failure": str(problem)}
    else:
        problem_told = "the fault was asked for" if is_failing else _problem(clip, len(file.body))
        sha256 = clips.keep(call.world, clip, file.body)
        state = {"failure": problem_told, "sha256": sha256, "seconds": clip.seconds}
    ready_at = call.world.now() + seconds
    things.change(call.world, "pinterest", "media", media["id"], status="processing", ready_at=ready_at, **state)
    return Response(status_code=204)


def read_media(call: Call, media_id: str) -> dict[str, Any]:
    """`GET /v5/media/{media_id}`."""
    account = own_account(call, "pins:read")
    media = media_of(call, account.id, media_id)
    return {"media_id": media["id"], "media_type": "video", "status": status_of(media, call.now)}


def media_of(call: Call, account: str, media_id: str) -> dict[str, Any]:
    """:raises PinterestError: 404 for another's upload or none"""
    media = things.get(call.world, "pinterest", "media", media_id)
    if media is None or media["account"] != account:
        raise not_found("Media", 50)
    return media


def status_of(media: dict[str, Any], now: float) -> str:
    """registered, processing, then succeeded or failed."""
    if media["status"] == "registered" or now < media["ready_at"]:
        return str(media["status"])
    return "failed" if media["failure"] else "succeeded"


def _problem(clip: Clip, size_bytes: int) -> str:
    if clip.format not in ("mp4", "mov") or clip.codec not in _CODECS:
        return f"{clip.format} with {clip.codec}"
    if not SECONDS_MIN <= clip.seconds <= SECONDS_MAX or size_bytes > BYTES_MAX:
        return f"{clip.seconds:.1f} s, {size_bytes} bytes"
    return "" if RATIO_MIN <= clip.ratio <= RATIO_MAX + 0.01 else f"{clip.width} x {clip.height}"


def _refused(status: int, code: str) -> Response:
    text = f'<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code></Error>'
    return Response(text, status_code=status, media_type="application/xml")
