"""
Handing over pictures and videos, and asking whether they are ready.

Pictures go in one piece with the token, videos in the ranges LinkedIn names without it. The owner must be the account
that will post. Source: Images API and Videos API, September 2026.
"""

from datetime import datetime, timedelta
from typing import Any, BinaryIO

from services.kit.errors import OutcomeUnknown, PermissionMissing, Rejected
from services.kit.http import is_theirs
from services.kit.linkedin import in_path, put_bytes
from services.publishing.errors import NotProcessed
from services.publishing.platforms.linkedin.wire import call
from services.publishing.publisher import Door, Order, Remote

PARTS_MOST = 1_250  # 5 GB in parts of 4 MB
# Members' tokens may not ask for a picture's state: then it is waited for as long as it usually takes, with room.
_UNASKED = {"image": timedelta(seconds=30), "video": timedelta(minutes=10)}


def upload_images(order: Order, door: Door) -> Remote:
    """Every picture of the order. :raises ProviderError: one of our five; a new try makes new uploads"""
    return _uploaded([_upload_image(place, order, door) for place in range(len(order.content.media))], door)


def upload_video(order: Order, door: Door) -> Remote:
    """The order's one video, part by part. :raises ProviderError, NotProcessed:"""
    asked = {
        "owner": door.account,
        "fileSizeBytes": order.content.media[0].byte_count,
        "uploadCaptions": False,
        "uploadThumbnail": False,
    }
    value = _initialized(door, "videos", asked)
    video = _text(value, "video")
    with order.open_media(0) as file:
        parts = [_put_part(part, file, door) for part in _parts(value.get("uploadInstructions"))]
        if file.read(1):
            raise OutcomeUnknown("LinkedIn asked for less than the whole video.")
    token = value.get("uploadToken")
    ended = {"video": video, "uploadToken": token if isinstance(token, str) else "", "uploadedPartIds": parts}
    asked_for = {"action": "finalizeUpload"}
    call(door, "POST", "videos", params=asked_for, json={"finalizeUploadRequest": ended})
    return _uploaded([video], door)


def media_of(remote: Remote) -> tuple[str, ...]:
    """The URNs that were uploaded, in their order."""
    return tuple(remote.get("media", "").split())


def are_ready(remote: Remote, door: Door) -> bool:
    """Is everything available? :raises NotProcessed: one failed and never will be"""
    return all(_is_ready(urn, remote, door) for urn in media_of(remote))


def _upload_image(place: int, order: Order, door: Door) -> str:
    value = _initialized(door, "images", {"owner": door.account})
    with order.open_media(place) as file:
        put_bytes(door.http, _address(value, door), file.read(), token=door.secret, now=door.now)
    return _text(value, "image")


def _initialized(door: Door, kind: str, asked: dict[str, Any]) -> dict[str, Any]:
    params = {"action": "initializeUpload"}
    body = call(door, "POST", kind, params=params, json={"initializeUploadRequest": asked}).body
    value = body.get("value") if isinstance(body, dict) else None
    if not isinstance(value, dict):
        raise OutcomeUnknown("LinkedIn did not say where to upload.")
    return value


def _put_part(part: dict[str, Any], file: BinaryIO, door: Door) -> str:
    """One range of the video; returns its ETag exactly as given, which finalizing wants back."""
    body = file.read(part["lastByte"] - part["firstByte"] + 1)
    headers = put_bytes(door.http, _address(part, door), body, token=None, now=door.now)
    if not headers.get("etag"):
        raise OutcomeUnknown("LinkedIn took a part of the video without naming it.")
    return headers["etag"]


def _parts(told: Any) -> list[dict[str, Any]]:
    """The ranges, which must follow one another from the first byte on."""
    rows = told if isinstance(told, list) else []
    following = 0
    for row in rows:
        ends = (row.get("firstByte"), row.get("lastByte")) if isinstance(row, dict) else (None, None)
        if ends[0] != following or not isinstance(ends[1], int) or ends[1] < following:
            raise OutcomeUnknown("LinkedIn named ranges of the video that do not follow one another.")
        following = ends[1] + 1
    if not rows or len(rows) > PARTS_MOST:
        raise OutcomeUnknown("LinkedIn did not say in which parts to upload.")
    return rows


def _is_ready(urn: str, remote: Remote, door: Door) -> bool:
    kind = "video" if urn.startswith("urn:li:video:") else "image"
    try:
        body = call(door, "GET", f"{kind}s/{in_path(urn)}").body
    except PermissionMissing:
        return door.now >= datetime.fromisoformat(remote["uploaded_at"]) + _UNASKED[kind]
    fields = body if isinstance(body, dict) else {}
    if fields.get("status") == "PROCESSING_FAILED":
        reason = str(fields.get("processingFailureReason") or "no reason given")[:200]
        raise NotProcessed(f"LinkedIn could not process the {kind}: {reason}.", try_again=False)
    return fields.get("status") == "AVAILABLE"


def _uploaded(urns: list[str], door: Door) -> Remote:
    return {"media": " ".join(urns), "uploaded_at": door.now.isoformat()} if urns else {}


def _address(value: dict[str, Any], door: Door) -> str:
    """:raises Rejected: an address that is not LinkedIn's: it gets neither the bytes nor the token"""
    url = value.get("uploadUrl")
    if not isinstance(url, str) or not is_theirs(url, door.api_url, ".linkedin.com"):
        raise Rejected("LinkedIn named an upload address that is not its own.")
    return url


def _text(value: dict[str, Any], name: str) -> str:
    urn = value.get(name)
    if not isinstance(urn, str) or not urn.startswith(f"urn:li:{name}:") or any(one.isspace() for one in urn):
        raise OutcomeUnknown("LinkedIn answered without the id of what was made.")
    return urn
