"""
Pinterest, one clip: register, upload, wait until it is processed, then the pin.

Uploads without a pin are invisible and harmless; the pin is the only call that counts. Facts: OpenAPI 5.23.0, `POST
/media` and `POST /pins`; limits of files from publishing vendors' guides, 2025-26.
"""

import base64
import os
from dataclasses import replace
from datetime import timedelta
from typing import Any

from services.approvals import SealedContent
from services.kit.errors import OutcomeUnknown, Rejected, Unavailable
from services.kit.http import is_theirs, send, upload_seconds
from services.publishing.errors import NotProcessed
from services.publishing.platforms.pinterest.specs import PIN
from services.publishing.platforms.pinterest.wire import (
    BOARD,
    TITLE,
    Pins,
    call,
    is_id,
    make_pin,
)
from services.publishing.publisher import COVER_SECOND, Cover, Door, Order, Receipt, Remote, Setting

_COVER = Setting(
    COVER_SECOND,
    "Cover: second of the clip",
    default="1",
    text_max=3,
    help="The picture that people see before the clip plays.",
)
_STORES = (".amazonaws.com", ".pinterest.com")
_UPLOAD_SECONDS = 120.0
_AGAIN = (403, 408, 429)  # the upload's permission ended, or its host is busy: a new one may pass


class PinterestVideo(Pins):
    """Publishes video pins."""

    spec = replace(
        PIN,
        media_types=("video/mp4", "video/quicktime"),
        ratio_min=1 / 2,
        ratio_max=1.91,
        prepares=True,
        source="Pinterest OpenAPI 5.23.0, POST /media and POST /pins",
        format="video",
        format_label="Video pin",
        bytes_max=1024 * 1024 * 1024,  # 2 GB is quoted too; the smaller one is safe
        seconds_min=4.0,
        seconds_max=timedelta(minutes=15).total_seconds(),
        settings=(BOARD, TITLE, _COVER),
        cover=Cover(step=1.0, media_types=("image/jpeg", "image/png"), bytes_max=20 * 1024 * 1024),
    )

    def prepare(self, order: Order, door: Door) -> Remote:
        """Register and upload. :raises NotProcessed: the upload was refused in a way that a new one may pass"""
        if order.content.cover is None:
            _moment(order.content)
        media_id, address, fields = _registered(door)
        item = order.content.media[0]
        with order.open_media(0) as file:
            # Every field before the file, and no token: the store signs by the fields alone.
            parts = {"file": (f"{item.sha256[:16]}.mp4", file, item.content_type)}
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            answer = send(
                door.http,
                "POST",
                address,
                writes=True,
                form=fields,
                files=parts,
                timeout_seconds=_UPLOAD_SECONDS,
                total_seconds=upload_seconds(size),
            )
        if answer.status_code >= 500:
            raise Unavailable(f"Pinterest's file store answered {answer.status_code}.")
        if not answer.is_success:
            told = f"Pinterest's file store refused the clip ({answer.status_code})."
            raise NotProcessed(told, try_again=answer.status_code in _AGAIN)
        return {"media_id": media_id}

    def poll(self, remote: Remote, door: Door) -> bool:
        """Is the clip processed? :raises NotProcessed: it failed, for no told reason: a new upload may pass"""
        body = call(door, "GET", f"media/{remote['media_id']}").body
        status = body.get("status") if isinstance(body, dict) else None
        if status == "failed":
            raise NotProcessed("Pinterest could not process the clip.", try_again=True)
        return status == "succeeded"

    def publish(self, order: Order, remote: Remote, door: Door) -> Receipt:
        source = {
            "source_type": "video_id",
            "media_id": remote["media_id"],
            **_cover(order),
        }
        return make_pin(order.content, source, door)


def _registered(door: Door) -> tuple[str, str, dict[str, str]]:
    """(media id, where to upload, what to send along). :raises OutcomeUnknown: an answer that lacks one of them"""
    answer = call(door, "POST", "media", json={"media_type": "video"}).body
    body: dict[str, Any] = answer if isinstance(answer, dict) else {}
    media_id, address, told = body.get("media_id"), body.get("upload_url"), body.get("upload_parameters")
    fields = {k: v for k, v in told.items() if isinstance(v, str)} if isinstance(told, dict) else {}
    if not isinstance(media_id, str) or not is_id(media_id) or not isinstance(address, str) or not fields:
        raise OutcomeUnknown("Pinterest registered an upload without saying where to.")
    if not is_theirs(address, door.api_url, *_STORES):
        raise Rejected("Pinterest named an upload address that is not one of its own.")
    return media_id, address, fields


def _cover(order: Order) -> dict[str, Any]:
    """The picture's own bytes, or a moment: exactly one of them. :raises Rejected: no such second in the clip"""
    picture = order.content.cover
    if picture is None:
        return {"cover_image_key_frame_time": _moment(order.content)}
    with order.open_cover() as file:
        data = base64.b64encode(file.read()).decode()
    return {"cover_image_content_type": picture.content_type, "cover_image_data": data}


def _moment(content: SealedContent) -> int:
    """Whole seconds from the start. :raises Rejected: no such second in the clip"""
    told = content.settings.get(COVER_SECOND, "") or _COVER.default
    length = content.media[0].duration_ms / 1_000
    if not (told.isascii() and told.isdecimal()) or (length and int(told) >= length):
        raise Rejected(f"The cover must be a second of the clip; “{told[:20]}” is none.")
    return int(told)
