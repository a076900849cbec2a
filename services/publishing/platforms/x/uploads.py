"""
Handing media to X before the post: pictures in one call, videos in segments, then processed.

Nothing becomes visible, so a call without an answer is simply made again with a new upload. Unused media end after a
day; what ended, or could not be processed, is uploaded anew.
"""

from datetime import datetime, timedelta
from typing import Any

from services.approvals import SealedContent
from services.kit.errors import PermissionMissing, Rejected, Unavailable
from services.kit.rest import said_of
from services.publishing.errors import NotProcessed
from services.publishing.platforms.x.costs import paid_alt_text
from services.publishing.platforms.x.wire import call, is_id
from services.publishing.publisher import Door, Order, Remote

SEGMENT_BYTES = 4_000_000  # 5 MB is the most that passes, 1 to 4 MB the advice
SEGMENTS_MOST = 1_000
_LIFE_SECONDS = 86_400
_MARGIN = timedelta(minutes=10)
_TIMEOUT_SECONDS = 120.0


def upload_images(order: Order, door: Door) -> Remote:
    """Every picture of the order with its alt text. Returns `media1`, `key1`, `media2` and so on, and `until`."""
    remote: Remote = {}
    for place, item in enumerate(order.content.media):
        with order.open_media(place) as file:
            sent = {"media": (f"{place}", file.read(), item.content_type)}
        form = {"media_category": "tweet_image"}
        made = _media(_upload(door, "POST", "media/upload", files=sent, form=form))
        if item.alt_text:
            words = {"id": made["id"], "metadata": {"alt_text": {"text": item.alt_text}}}
            _upload(door, "POST", "media/metadata", json=words)
            paid_alt_text()
        remote = _with(remote, place + 1, made, door.now)
    return remote


def upload_video(order: Order, door: Door) -> Remote:
    """The one video of the order, in segments; afterwards X processes it, which `is_processed` asks for."""
    item = order.content.media[0]
    with order.open_media(0) as file:
        total = file.seek(0, 2)
        file.seek(0)
        begun = {"media_type": item.content_type, "total_bytes": total, "media_category": "tweet_video"}
        media_id = _media(_upload(door, "POST", "media/upload/initialize", json=begun))["id"]
        for index in range(SEGMENTS_MOST):
            segment = file.read(SEGMENT_BYTES)
            if not segment:
                break
            sent = {"media": (f"{index}", segment, "application/octet-stream")}
            _upload(door, "POST", f"media/upload/{media_id}/append", files=sent, form={"segment_index": str(index)})
    return _with({}, 1, _media(_upload(door, "POST", f"media/upload/{media_id}/finalize")), door.now)


def is_processed(remote: Remote, door: Door) -> bool:
    """Ask for the video's state. :raises NotProcessed: it failed, or X no longer knows it"""
    asked = {"command": "STATUS", "media_id": remote["media1"]}
    try:
        told = _upload(door, "GET", "media/upload", params=asked).get("data")
    except Rejected as error:
        raise NotProcessed("X no longer knows the uploaded video.", try_again=True) from error
    state = told.get("processing_info") if isinstance(told, dict) else None
    if state is None and isinstance(told, dict):
        return True
    name = state.get("state") if isinstance(state, dict) else None
    if name == "failed":
        # X gives no reason, and the same file has been seen to pass at the next try.
        raise NotProcessed("X could not process the video.", try_again=True)
    return name == "succeeded"


def demand_alive(remote: Remote, door: Door) -> None:
    """:raises NotProcessed: what was uploaded has ended, and was never posted"""
    if "until" in remote and datetime.fromisoformat(remote["until"]) <= door.now:
        raise NotProcessed("The uploaded media are older than a day; X has dropped them.", try_again=True)


def media_ids(content: SealedContent, remote: Remote) -> list[str]:
    """In the order of the post. :raises NotProcessed: not all of what was approved is there"""
    ids = [remote[f"media{place}"] for place in range(1, 5) if f"media{place}" in remote]
    if len(ids) != len(content.media):
        raise NotProcessed("What was uploaded is not what was approved.", try_again=True)
    return ids


def _with(remote: Remote, place: int, made: dict[str, Any], now: datetime) -> Remote:
    told = made.get("expires_after_secs")
    seconds = told if isinstance(told, int) and 0 < told < _LIFE_SECONDS else _LIFE_SECONDS
    until = (now + timedelta(seconds=seconds) - _MARGIN).isoformat()
    key = made.get("media_key")
    named = {f"key{place}": key} if isinstance(key, str) and key else {}
    return {**remote, f"media{place}": made["id"], **named, "until": min(until, remote.get("until", until))}


def _media(answer: dict[str, Any]) -> dict[str, Any]:
    """:raises Unavailable: an answer without the id of what was uploaded"""
    made = answer.get("data")
    if not isinstance(made, dict) or not is_id(made.get("id")):
        raise Unavailable("X answered without the id of the media.")
    return made


def _upload(door: Door, method: str, path: str, **sent: Any) -> dict[str, Any]:
    """:raises PermissionMissing: without the right `media.write` X refuses every upload, and does not say why"""
    try:
        return call(door, method, path, writes=False, timeout_seconds=_TIMEOUT_SECONDS, **sent)
    except Rejected as error:
        said = said_of(error)
        if said is not None and said.status == 403:
            raise PermissionMissing(f"X takes no media from this account: {error.sentence}") from error
        raise
