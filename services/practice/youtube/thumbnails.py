"""`thumbnails.set`: the picture of one's own video, the whole file in one call. Source: YouTube Data API, Sep 2026."""

from typing import Any

from services.practice import accepted, images, things
from services.practice.wire.calls import Call
from services.practice.youtube.access import UPLOAD, channel, spend
from services.practice.youtube.errors import ApiError

PATH = "/youtube/upload/youtube/v3/thumbnails/set"
BYTES_MAX, UNITS, WIDTH_MIN = 2_000_000, 50, 640
_TYPES = ("image/jpeg", "image/png", "application/octet-stream")
_RATIO, _TOLERANCE = 16 / 9, 0.02
_SIZES = {"default": (120, 90), "medium": (320, 180), "high": (480, 360), "maxres": (1_280, 720)}


def set_thumbnail(call: Call) -> dict[str, Any]:
    """
    `POST /upload/youtube/v3/thumbnails/set?videoId=`; the next one replaces it.

    :raises ApiError: 404 videoNotFound, 403 forbidden, 400 mediaBodyRequired, invalidImage, imageTooTall, imageTooWide,
        413 of more than 2 MB, 429 uploadRateLimitExceeded
    """
    account = channel(call, UPLOAD)
    spend(call, UNITS)
    video_id = call.need("videoId")
    video = things.get(call.world, "youtube", "video", video_id)
    if video is None:
        raise _refused("videoNotFound", "The video that you are trying to insert a thumbnail for is not there.", 404)
    if video["account"] != account.id or not call.world.setting("youtube_thumbnails"):
        message = "The authenticated user doesn't have permissions to upload and set custom video thumbnails."
        raise _refused("forbidden", message, 403)
    if call.fault("quota"):
        raise _refused("uploadRateLimitExceeded", "The channel has uploaded too many thumbnails recently.", 429)
    picture = _picture(call)
    with call.world.store.act():
        sha256 = images.keep(call.world, picture, call.body)
        things.change(call.world, "youtube", "video", video_id, thumbnail=sha256)
        accepted.describe(call.world, video_id, cover=sha256)
    address = f"{call.base}/youtube/images/{sha256}"
    sizes = {name: {"url": address, "width": wide, "height": high} for name, (wide, high) in _SIZES.items()}
    return {"kind": "youtube#thumbnailSetResponse", "etag": sha256[:27], "items": [sizes]}


def _picture(call: Call) -> images.Picture:
    if not call.body:
        raise _refused("mediaBodyRequired", "The request does not include the image content.")
    kind = call.headers.get("content-type", "").partition(";")[0]
    if kind not in _TYPES:
        raise _refused("badContent", f"Media type '{kind}' is not supported. Valid media types: {list(_TYPES)}")
    if len(call.body) > BYTES_MAX:
        raise _refused("uploadTooLarge", "Media is too large. Limit: 2097152", 413)
    try:
        picture = images.measure(call.body)
    except images.NotAPicture as problem:
        raise _refused("invalidImage", "The provided image content is invalid.") from problem
    if picture.format not in ("JPEG", "PNG") or picture.width < WIDTH_MIN:
        raise _refused("invalidImage", "The provided image content is invalid.")
    if abs(picture.ratio - _RATIO) > _TOLERANCE:
        reason = "imageTooWide" if picture.ratio > _RATIO else "imageTooTall"
        raise _refused(reason, "The image does not have the shape 16:9.")
    return picture


def _refused(reason: str, message: str, status: int = 400) -> ApiError:
    return ApiError(reason, message, status=status, domain="youtube.thumbnail")
