"""
The safe way of handing TikTok a video: begun, then sent in parts, of which only the last one starts publishing.

So everything but the last part is preparation, and the same last part may be sent to the same upload any number of
times: one upload becomes at most one post. A new upload is begun only once the old one's address is certainly dead.
Facts: Media Transfer Guide; Direct Post, Upload Video.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from services.kit.errors import OutcomeUnknown, ProviderError, RateLimited, Rejected, Unavailable
from services.kit.files import span_of
from services.kit.http import Response, is_theirs, send
from services.publishing.errors import Accepted, NotProcessed
from services.publishing.platforms.tiktok import status
from services.publishing.platforms.tiktok.wire import call, publish_id_in
from services.publishing.publisher import Door, Order, Remote, Sighting

MIB = 1024 * 1024
_PART, _PART_LEAST = 10 * MIB, 5 * MIB
_PART_SECONDS = 120.0
# The address lives for an hour. Nothing is sent near its end, and it counts as dead only well after.
_SEND_WITHIN, _DEAD_AFTER = timedelta(minutes=50), timedelta(minutes=65)
_RESENDS_MOST = 10
_RATE_WAIT = timedelta(minutes=5)


@dataclass(frozen=True)
class Parts:
    """How a file is cut, in bytes: `count` is size // part, and the remainder rides in the last part."""

    size: int
    part: int
    count: int

    @classmethod
    def of(cls, size: int) -> "Parts":
        """One part up to 10 MiB, as parts have at least 5; above, parts of at most 10, and always two or more."""
        part = size if size < 2 * _PART_LEAST else min(_PART, size // 2)
        return cls(size, part, size // part)

    def span(self, place: int) -> tuple[int, int]:
        """First and last byte of a part."""
        last = self.size if place == self.count - 1 else (place + 1) * self.part
        return place * self.part, last - 1


def begin(order: Order, door: Door, path: str, post_info: Mapping[str, Any] | None) -> Remote:
    """Begin an upload and send all of it but the last part: nothing is visible. :raises ProviderError: one of ours"""
    with order.open_media(0) as file:
        size = file.seek(0, 2)
        if size == 0:
            raise Rejected("The stored video is empty.")
        parts = Parts.of(size)
        announced = {"source": "FILE_UPLOAD", "video_size": size, "chunk_size": parts.part}
        source = {"source_info": {**announced, "total_chunk_count": parts.count}}
        data = call(door, path, source if post_info is None else {"post_info": post_info, **source}, writes=False)
        publish_id, url = publish_id_in(data), _upload_url(data, door)
        for place in range(parts.count - 1):
            _send_early(file, parts, place, url, order.content.media[0].content_type, door)
    return {"publish_id": publish_id, "upload_url": url, "size": str(size), "begun_at": door.now.isoformat()}


def is_open(remote: Remote, door: Door) -> bool:
    """:raises NotProcessed: the upload has been waiting for too long; nothing of its last part was ever sent"""
    if _age(remote, door.now) <= _SEND_WITHIN or remote.get("resends"):
        return True
    raise NotProcessed("The upload waited for longer than TikTok keeps it.", try_again=True)


def finish(order: Order, remote: Remote, door: Door) -> ProviderError:
    """
    Send the last part: the call that cannot be taken back. Returns what came of it, to be raised.

    :raises ProviderError: one of our five; NotProcessed where TikTok proves that it will never be published
    """
    parts = Parts.of(int(remote["size"]))
    if _age(remote, door.now) > _SEND_WITHIN:
        is_open(remote, door)
        return OutcomeUnknown("The upload's address is about to end; it is not known whether the post went out.")
    with order.open_media(0) as file:
        if file.seek(0, 2) != parts.size:
            raise Rejected("The stored video is not the one whose upload was begun.")
        kind = order.content.media[0].content_type
        answer = _put(file, parts, parts.count - 1, remote["upload_url"], kind, door, writes=True)
    if answer.status_code == 201:
        taken = {"publish_id": remote["publish_id"], "taken": "yes"}
        return Accepted("TikTok has the whole video and is processing it.", taken)
    if answer.status_code == 429:
        return RateLimited("TikTok asks to send more slowly.", retry_at=door.now + _RATE_WAIT)
    if 400 <= answer.status_code < 500 and answer.status_code != 408:
        return _refused(answer.status_code, remote, parts, door)
    return OutcomeUnknown(f"TikTok answered {answer.status_code} to the last part of the video.")


def sight(state: dict[str, Any], remote: Remote, door: Door) -> Sighting | None:
    """
    Of an upload that is not complete: what may be done. None where TikTok has all of it, or may have.

    Sending the last part again to the same upload cannot double the post, so that is tried first, and often.
    """
    held = status.uploaded_bytes(state)
    if state.get("status") != "PROCESSING_UPLOAD" or remote.get("taken") or held is None or held >= int(remote["size"]):
        return None
    age, resends = _age(remote, door.now), int(remote.get("resends", "0"))
    if age >= _DEAD_AFTER:
        return Sighting(is_absent=True)
    if age < _SEND_WITHIN and resends < _RESENDS_MOST:
        return Sighting(is_absent=True, remote={**remote, "resends": str(resends + 1)})
    return None


def _refused(said: int, remote: Remote, parts: Parts, door: Door) -> ProviderError:
    """A refused last part was not taken; but an earlier one of ours may have been, so TikTok's status decides."""
    unknown = OutcomeUnknown(f"TikTok refused the last part of the video with status {said}.")
    if remote.get("resends"):
        return unknown
    try:
        state = status.ask(remote["publish_id"], door)
    except ProviderError:
        return unknown
    held = status.uploaded_bytes(state)
    if state.get("status") == "PROCESSING_UPLOAD" and held is not None and held < parts.size:
        return NotProcessed(f"TikTok refused the last part of the video with status {said}.", try_again=True)
    return unknown


def _send_early(file: BinaryIO, parts: Parts, place: int, url: str, kind: str, door: Door) -> None:
    """A part before the last. One whose answer was lost is sent once more; then a new upload is the better way."""
    try:
        answer = _put(file, parts, place, url, kind, door, writes=False)
    except Unavailable:
        answer = _put(file, parts, place, url, kind, door, writes=False)
    if answer.status_code == 206 or (answer.status_code == 416 and _reached(answer) >= parts.span(place)[1]):
        return
    if answer.status_code == 429:
        raise RateLimited("TikTok asks to send more slowly.", retry_at=door.now + _RATE_WAIT)
    if answer.status_code in (403, 404, 416):
        raise NotProcessed(f"TikTok ended the upload with status {answer.status_code}.", try_again=True)
    if 400 <= answer.status_code < 500 and answer.status_code != 408:
        raise Rejected(f"TikTok refused part {place + 1} of the video with status {answer.status_code}.")
    raise Unavailable(f"TikTok answered {answer.status_code} to part {place + 1} of the video.")


def _put(file: BinaryIO, parts: Parts, place: int, url: str, kind: str, door: Door, *, writes: bool) -> Response:
    """One part, to an address that is a secret by itself: no token goes with it."""
    first, last = parts.span(place)
    length = last - first + 1
    headers = {
        "Content-Type": kind,
        "Content-Range": f"bytes {first}-{last}/{parts.size}",
        "Content-Length": f"{length}",
    }
    body = span_of(file, first, length)
    return send(door.http, "PUT", url, writes=writes, content=body, headers=headers, timeout_seconds=_PART_SECONDS)


def _reached(answer: Response) -> int:
    """The last byte TikTok holds, from `Content-Range: bytes 0-41/99`; -1 where it does not say."""
    told = answer.headers.get("content-range", "").partition("-")[2].partition("/")[0]
    return int(told) if told.isascii() and told.isdecimal() else -1


def _upload_url(data: dict[str, Any], door: Door) -> str:
    """
    Where the parts go: on TikTok's own hosts, never elsewhere.

    :raises Unavailable: the answer names no such address
    """
    url = data.get("upload_url")
    if not isinstance(url, str) or not is_theirs(url, door.api_url, ".tiktokapis.com"):
        raise Unavailable("TikTok named no usable address for the upload.")
    return url


def _age(remote: Remote, now: datetime) -> timedelta:
    return now - datetime.fromisoformat(remote["begun_at"])
