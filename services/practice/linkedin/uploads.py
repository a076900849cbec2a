"""Pictures in one piece, videos in parts; both are judged when they are whole, then processed for a while."""

from typing import Any

from starlette.responses import Response

from services.practice import clips, images, things
from services.practice.linkedin.access import acting_as, scoped
from services.practice.linkedin.errors import LinkedInError, bad_value, denied, not_found, required
from services.practice.wire.calls import Call
from services.practice.world import DAY_SECONDS

PART_BYTES = 4_194_304
PIXELS_MAX = 36_152_320
VIDEO_BYTES_MIN, VIDEO_BYTES_MAX = 75_000, 500_000_000
SECONDS_MIN, SECONDS_MAX = 3.0, 1_800.0
_PICTURES = {"JPEG", "PNG", "GIF"}


def initialize_image(call: Call) -> dict[str, Any]:
    """`POST /rest/images?action=initializeUpload`. :raises LinkedInError: 401, 403"""
    owner = acting_as(call, _text(_asked(call, "initializeUploadRequest"), "owner"))
    urn, key = _made(call, "image", owner, {})
    told = {"uploadUrl": f"{_uploads(call)}/image/{key}", "uploadUrlExpiresAt": _ends(call), "image": urn}
    return {"value": told}


def initialize_video(call: Call) -> dict[str, Any]:
    """`POST /rest/videos?action=initializeUpload`: one address for each part of 4 MB."""
    asked = _asked(call, "initializeUploadRequest")
    owner, size = acting_as(call, _text(asked, "owner")), asked.get("fileSizeBytes")
    if not isinstance(size, int) or isinstance(size, bool) or not 0 < size <= VIDEO_BYTES_MAX:
        raise bad_value("/initializeUploadRequest/fileSizeBytes", f"must be from 1 to {VIDEO_BYTES_MAX}")
    urn, key = _made(call, "video", owner, {"size": size, "etags": {}})
    parts = [
        {
            "uploadUrl": f"{_uploads(call)}/video/{key}/{number}",
            "firstByte": first,
            "lastByte": min(first + PART_BYTES, size) - 1,
        }
        for number, first in enumerate(range(0, size, PART_BYTES))
    ]
    value = {"video": urn, "uploadUrlsExpireAt": _ends(call), "uploadInstructions": parts, "uploadToken": ""}
    return {"value": value}


def put_image(call: Call, key: str) -> Response:
    """The whole picture, with the token. :raises LinkedInError: 401, 404, 400 after a day"""
    scoped(call)
    thing = _open(call, "image", f"urn:li:image:{key}")
    sha256, failure = _picture(call)
    _whole(call, "image", thing["id"], sha256, failure)
    return Response(status_code=201)


def put_part(call: Call, key: str, number: str) -> Response:
    """One part of a video, without the token. :raises LinkedInError: 404, 400 wrong length, 400 after a day"""
    if "authorization" in call.headers:
        raise LinkedInError(400, "INVALID_REQUEST", "Parts are uploaded without the Authorization header")
    thing = _open(call, "video", f"urn:li:video:{key}")
    first = int(number) * PART_BYTES if number.isdecimal() else -1
    if not 0 <= first < thing["size"]:
        raise not_found(f"{key}/{number}")
    if len(call.body) != min(PART_BYTES, thing["size"] - first):
        raise LinkedInError(400, "INVALID_REQUEST", "The part does not have the length that was asked for")
    etag = f"/ambry-video/signedId/{key}-{number}.bin"
    with call.world.store.act():
        things.put_piece(call.world, "linkedin", "video", thing["id"], int(number), call.body)
        known = things.get(call.world, "linkedin", "video", thing["id"]) or thing
        things.change(call.world, "linkedin", "video", thing["id"], etags=known["etags"] | {number: etag})
    return Response(status_code=200, headers={"ETag": etag})


def finalize_video(call: Call) -> Response:
    """`POST /rest/videos?action=finalizeUpload`: the parts' names exactly as given, in their order."""
    asked = _asked(call, "finalizeUploadRequest")
    urn = _text(asked, "video")
    thing = _open(call, "video", urn)
    acting_as(call, thing["account"])
    parts = -(-thing["size"] // PART_BYTES)
    if asked.get("uploadedPartIds") != [thing["etags"].get(str(number)) for number in range(parts)]:
        raise LinkedInError(400, "INVALID_REQUEST", "All chunks IDs must be signed")
    sha256, failure = _clip(call, things.joined(call.world, "linkedin", "video", urn))
    _whole(call, "video", urn, sha256, failure)
    return Response(status_code=200)


def read(call: Call, kind: str, urn: str) -> dict[str, Any]:
    """`GET /rest/images/{urn}`, `/rest/videos/{urn}`. A member's pictures are not shown to apps. :raises: 403, 404"""
    thing = things.get(call.world, "linkedin", kind, urn)
    if thing is None:
        raise not_found(urn)
    acting_as(call, thing["account"])
    if kind == "image" and thing["account"].startswith("urn:li:person:"):
        raise denied("images.GET.20260901")
    told = {"id": urn, "owner": thing["account"], "status": status(thing, call.now)}
    if told["status"] == "PROCESSING_FAILED" and kind == "video":
        told["processingFailureReason"] = thing["failure"]
    return told


def status(thing: dict[str, Any], now: float) -> str:
    if not thing["sent"]:
        return "WAITING_UPLOAD"
    if now < thing["ready_at"]:
        return "PROCESSING"
    return "PROCESSING_FAILED" if thing["failure"] else "AVAILABLE"


def _made(call: Call, kind: str, owner: str, more: dict[str, Any]) -> tuple[str, str]:
    """A new upload: its URN and the end of it."""
    key = f"C4E{call.world.store.next_number(f'linkedin-{kind}'):012d}"
    state = {"sent": False, "ready_at": 0.0, "failure": "", "sha256": "", **more}
    things.put(call.world, "linkedin", kind, f"urn:li:{kind}:{key}", owner, state)
    return f"urn:li:{kind}:{key}", key


def _open(call: Call, kind: str, urn: str) -> dict[str, Any]:
    thing = things.get(call.world, "linkedin", kind, urn)
    if thing is None:
        raise not_found(urn)
    if call.now - thing["created_at"] > DAY_SECONDS:
        raise LinkedInError(400, "EXPIRED_UPLOAD_URL", "The upload address has expired")
    return thing


def _whole(call: Call, kind: str, urn: str, sha256: str, failure: str) -> None:
    """Everything is there: judged now, told when processing is over."""
    slow = call.fault("slow_processing")
    wait = slow.seconds if slow else call.world.setting("processing_seconds")
    failure = "Processing failed" if call.fault("fail_processing") else failure
    world = call.world
    things.change(
        world, "linkedin", kind, urn, sent=True, ready_at=world.now() + wait, failure=failure, sha256=sha256
    )  # fmt: skip


def _picture(call: Call) -> tuple[str, str]:
    """The stored picture's sha256, or why it will not do."""
    try:
        picture = images.measure(call.body)
    except images.NotAPicture:
        return "", "Not a picture"
    if picture.format not in _PICTURES or picture.width * picture.height >= PIXELS_MAX:
        return "", "Unsupported picture"
    return images.keep(call.world, picture, call.body), ""


def _clip(call: Call, body: bytes) -> tuple[str, str]:
    """The stored clip's sha256, or why it will not do."""
    try:
        clip = clips.measure(body)
    except clips.NotAClip:
        return "", "Not a video"
    if clip.format != "mp4" or not SECONDS_MIN <= clip.seconds <= SECONDS_MAX or len(body) < VIDEO_BYTES_MIN:
        return "", "Unsupported video: MP4 of 3 seconds to 30 minutes and at least 75 KB"
    return clips.keep(call.world, clip, body), ""


def _asked(call: Call, name: str) -> dict[str, Any]:
    asked = call.json.get(name) if isinstance(call.json, dict) else None
    if not isinstance(asked, dict):
        raise required(f"/{name}")
    return asked


def _text(asked: dict[str, Any], name: str) -> str:
    if not isinstance(asked.get(name), str):
        raise required(f"/{name}")
    return str(asked[name])


def _uploads(call: Call) -> str:
    return f"{call.base}/linkedin/dms-uploads"


def _ends(call: Call) -> int:
    """Milliseconds since 1970."""
    return int((call.now + DAY_SECONDS) * 1000)
