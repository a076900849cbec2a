"""Media of practice X: pictures at once, videos in segments and then processed, alt texts, and who may use them."""

from typing import Any

from services.practice import clips, images, things
from services.practice.clips import Clip, NotAClip
from services.practice.wire.calls import Call, Upload
from services.practice.x.access import account_of
from services.practice.x.problems import invalid, not_found

LIFE_SECONDS = 86_400
IMAGE_MOST = 5 * 1024 * 1024
VIDEO_MOST = 512 * 1024 * 1024
SEGMENT_MOST = 5 * 1024 * 1024
SEGMENTS = 1_000
ALT_MOST = 1_000
_IMAGES = {"JPEG", "PNG", "WEBP"}
_VIDEOS = {"video/mp4": "mp4", "video/quicktime": "mov"}


def upload(call: Call) -> dict[str, Any]:
    """A picture in one call. :raises Problem: 400 for what X does not take"""
    account = account_of(call, "media.write")
    if call.get("media_category") != "tweet_image":
        raise invalid("The `media_category` must be tweet_image; other media are uploaded in segments.")
    sent = _file(call)
    try:
        picture = images.measure(sent.body, also=("WEBP",))
    except images.NotAPicture as problem:
        raise invalid("The media could not be read.") from problem
    if picture.format not in _IMAGES or len(sent.body) > IMAGE_MOST:
        raise invalid("The picture must be JPG, PNG or WEBP of at most 5 MB.")
    sha256 = images.keep(call.world, picture, sent.body)
    state = {"kind": "image", "sha256": sha256, "alt_text": "", "bytes": len(sent.body), "ready_at": 0, "failed": False}
    return _made(call, account.id, state)


def initialize(call: Call) -> dict[str, Any]:
    """Announce a video. :raises Problem: 400 for a type, size or category that X does not take"""
    account = account_of(call, "media.write")
    sent = call.json if isinstance(call.json, dict) else {}
    total, kind = sent.get("total_bytes"), sent.get("media_type")
    if sent.get("media_category") != "tweet_video" or kind not in _VIDEOS:
        raise invalid("The `media_type` must be video/mp4 or video/quicktime, the `media_category` tweet_video.")
    if not isinstance(total, int) or isinstance(total, bool) or not 1 <= total <= VIDEO_MOST:
        raise invalid("The `total_bytes` must be a number from 1 to 512 MB.")
    state = {"kind": "video", "sha256": "", "alt_text": "", "bytes": total, "format": _VIDEOS[kind], "segments": []}
    return _made(call, account.id, state)


def append(call: Call, media_id: str) -> dict[str, Any]:
    """One segment. :raises Problem: 400 for a number, size or moment that X does not take, 404 unknown"""
    found = _own(call, media_id)
    number, sent = call.get("segment_index"), _file(call)
    if not (number.isascii() and number.isdecimal() and int(number) < SEGMENTS):
        raise invalid("The `segment_index` must be from 0 to 999.")
    if found["kind"] != "video" or "ready_at" in found:
        raise invalid("The upload is closed.")
    if not 0 < len(sent.body) <= SEGMENT_MOST:
        raise invalid("A segment must be of at most 5 MB.")
    with call.world.store.act():
        things.put_piece(call.world, "x", "media", media_id, int(number), sent.body)
        segments = sorted({*found["segments"], int(number)})
        things.change(call.world, "x", "media", media_id, segments=segments)
    return {"data": {"expires_at": int(found["created_at"] + LIFE_SECONDS)}}


def finalize(call: Call, media_id: str) -> dict[str, Any]:
    """Close the upload and begin processing. :raises Problem: 400 where bytes are missing, 404 unknown"""
    found = _own(call, media_id)
    if found["kind"] != "video" or "ready_at" in found:
        raise invalid("The upload is closed.")
    body = things.joined(call.world, "x", "media", media_id)
    if found["segments"] != list(range(len(found["segments"]))) or len(body) != found["bytes"]:
        raise invalid("Segments do not add up to the provided total_bytes.")
    failed, sha256 = call.fault("fail_processing") is not None, ""
    try:
        clip = clips.measure(body)
        sha256 = clips.keep(call.world, clip, body)
        failed = failed or clip.format != found["format"] or not _fits(clip)
    except NotAClip:
        failed = True
    slow = call.fault("slow_processing")
    wait = slow.seconds if slow else call.world.setting("processing_seconds")
    changes = {"ready_at": call.now + wait, "failed": failed, "sha256": sha256}
    return {"data": _told(call, things.change(call.world, "x", "media", media_id, **changes))}


def status(call: Call) -> dict[str, Any]:
    """How far the processing is. :raises Problem: 404 unknown or ended"""
    if call.need("command") != "STATUS":
        raise invalid("The `command` must be STATUS.")
    return {"data": _told(call, _own(call, call.need("media_id")))}


def describe(call: Call) -> dict[str, Any]:
    """The alt text of a picture. :raises Problem: 400 too long or no picture, 404 unknown"""
    sent = call.json if isinstance(call.json, dict) else {}
    metadata = sent.get("metadata")
    told = metadata.get("alt_text") if isinstance(metadata, dict) else None
    text = told.get("text") if isinstance(told, dict) else None
    if not isinstance(sent.get("id"), str) or not isinstance(text, str) or not 0 < len(text) <= ALT_MOST:
        raise invalid("The `alt_text` must have 1 to 1000 characters.")
    found = _own(call, sent["id"])
    if found["kind"] != "image":
        raise invalid("Only pictures have an alt text.")
    things.change(call.world, "x", "media", sent["id"], alt_text=text)
    return {"data": {"id": sent["id"], "associated_metadata": {"alt_text": {"text": text}}}}


def usable(call: Call, media_id: str, account: str) -> dict[str, Any] | None:
    """A thing that this account may post now, else None."""
    found = things.get(call.world, "x", "media", media_id)
    if found is None or found["account"] != account or call.now >= found["created_at"] + LIFE_SECONDS:
        return None
    return found if _state(call, found) == "succeeded" else None


def key_of(found: dict[str, Any]) -> str:
    """The media key: a number for the kind, then the id."""
    return f"{'3' if found['kind'] == 'image' else '13'}_{found['id']}"


def _made(call: Call, account: str, state: dict[str, Any]) -> dict[str, Any]:
    media_id = str(1_880_000_000_000_000_000 + call.world.store.next_number("x-media"))
    things.put(call.world, "x", "media", media_id, account, state)
    found = things.get(call.world, "x", "media", media_id)
    assert found is not None
    told = _told(call, found)
    told.pop("processing_info", None)
    return {"data": told}


def _told(call: Call, found: dict[str, Any]) -> dict[str, Any]:
    left = max(0, int(found["created_at"] + LIFE_SECONDS - call.now))
    told = {"id": found["id"], "media_key": key_of(found), "size": found["bytes"], "expires_after_secs": left}
    state = _state(call, found)
    if found["kind"] == "video" and state:
        waits = {"check_after_secs": 1} if state in ("pending", "in_progress") else {"progress_percent": 100}
        told["processing_info"] = {"state": state, **waits}
    return told


def _state(call: Call, found: dict[str, Any]) -> str:
    """Empty for an upload that is not closed yet."""
    if "ready_at" not in found:
        return ""
    if call.now < found["ready_at"]:
        return "in_progress"
    return "failed" if found["failed"] else "succeeded"


def _own(call: Call, media_id: str) -> dict[str, Any]:
    account = account_of(call, "media.write")
    found = things.get(call.world, "x", "media", media_id)
    if found is None or found["account"] != account.id or call.now >= found["created_at"] + LIFE_SECONDS:
        raise not_found()
    return found


def _file(call: Call) -> Upload:
    sent = call.uploads.get("media")
    if sent is None:
        raise invalid("The `media` file is missing.")
    return sent


def _fits(clip: Clip) -> bool:
    longer, shorter = max(clip.width, clip.height), min(clip.width, clip.height)
    return (
        clip.codec == "h264"
        and clip.audio in ("", "aac")
        and 0.5 <= clip.seconds <= 140
        and clip.frames_per_second <= 60.5
        and 1 / 3 <= clip.ratio <= 3
        and shorter >= 32
        and shorter <= 1024
        and longer <= 1280
    )
