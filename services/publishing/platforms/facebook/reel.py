"""
Facebook Page, a reel: start, send the bytes, finish. Nothing is visible before `finish`.

Facts: Reels Publishing API (30 Jul 2026), Graph v26.0; 30 reels per Page in any 24 hours.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, BinaryIO

from services.kit.errors import OutcomeUnknown, ProviderError, Unavailable
from services.kit.http import Response, is_theirs, upload_seconds
from services.kit.rest import Said, rest_call
from services.publishing.errors import NotProcessed
from services.publishing.platforms.facebook.specs import PAGE
from services.publishing.platforms.facebook.uploads import Uploaded, finish
from services.publishing.platforms.facebook.wire import call, made_id
from services.publishing.publisher import Door, Order, Receipt, Remote, Setting

_UPLOAD_HOST = "rupload.facebook.com"
_PART_BYTES = 1024 * 1024
_UPLOAD_SECONDS = 120.0
_AGAIN, _BROKEN = "retriable", "ProcessingFailedError"
_PARTLY = {"OffsetInvalidError", "PartialRequestError"}


class Reel(Uploaded):
    """Publishes an upright video of 3 to 90 seconds as a reel."""

    spec = replace(
        PAGE,
        media_types=("video/mp4",),
        ratio_min=9 / 16 - 0.005,
        ratio_max=9 / 16 + 0.005,
        width_min=540,
        proves_absence=True,
        source="Reels Publishing API",
        format="reel",
        look="reel",
        format_label="Reel",
        seconds_min=3,
        seconds_max=90,
        settings=(Setting("title", "Title", text_max=255),),
    )

    def prepare(self, order: Order, door: Door) -> Remote:
        begun = call(door, "POST", f"{door.account}/video_reels", form={"upload_phase": "start"})
        video = made_id(begun, "video_id")
        address = _checked(begun.get("upload_url"), door)
        with order.open_media(0) as file:
            _upload(file, address, door)
        return {"video": video, "made_at": door.now.isoformat()}

    def publish(self, order: Order, remote: Remote, door: Door) -> Receipt:
        """:raises Accepted: always when it was taken: reels are processed before they are public"""
        form = {"video_id": remote["video"], "video_state": "PUBLISHED", "description": order.content.text}
        if order.content.settings.get("title"):
            form["title"] = order.content.settings["title"]
        finish(door, remote, "video_reels", form)


def _checked(address: object, door: Door) -> str:
    """The token goes there, so only the platform's own hosts will do. :raises OutcomeUnknown: any other address"""
    if not isinstance(address, str) or not is_theirs(address, door.api_url, _UPLOAD_HOST):
        raise OutcomeUnknown("Facebook named no address of its own for the upload.")
    return address


def _upload(file: BinaryIO, address: str, door: Door) -> None:
    """:raises ProviderError: one of our five, or NotProcessed; the upload may always be made again"""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    sent = {
        "Authorization": f"OAuth {door.secret.get_secret_value()}",
        "offset": "0",
        "file_size": str(size),
        "Content-Length": str(size),
        "Content-Type": "application/octet-stream",
    }
    answer = rest_call(
        door.http,
        "POST",
        address,
        token=None,
        writes=False,
        now=door.now,
        read=_read,
        judge=_judge,
        headers=sent,
        content=_parts(file),
        timeout_seconds=_UPLOAD_SECONDS,
        total_seconds=upload_seconds(size),
    )
    if not isinstance(answer.body, dict) or answer.body.get("success") is not True:
        raise Unavailable("Facebook did not say whether it took the video.")


def _parts(file: BinaryIO) -> Iterator[bytes]:
    while part := file.read(_PART_BYTES):
        yield part


def _read(answer: Response, body: Any) -> Said | None:
    """The upload host's envelope; its own words are left out, because they may quote the header."""
    told = body.get("debug_info") if isinstance(body, dict) else None
    if not isinstance(told, dict):
        return None
    kind = str(told.get("type", ""))
    code = _AGAIN if (told.get("retriable") is True and kind != _BROKEN) or kind in _PARTLY else kind
    return Said(answer.status_code, code, "Facebook's upload refused the video.")


def _judge(said: Said, _writes: bool, _retry_at: datetime) -> ProviderError | None:
    if said.code == _BROKEN:
        return NotProcessed(said.sentence, try_again=True)
    return Unavailable(said.sentence) if said.code == _AGAIN else None
