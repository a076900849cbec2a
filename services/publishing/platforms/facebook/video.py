"""
Facebook Page, a video: sent in the pieces that the platform asks for, then finished. Nothing is visible before.

Sent in pieces rather than in one call, because then the platform names the video first: its state is the proof after a
lost answer. Facts: Page videos (`upload_phase`), Graph v26.0.
"""

import os
from dataclasses import replace
from typing import Any, BinaryIO

from services.kit.errors import OutcomeUnknown
from services.kit.http import upload_seconds
from services.publishing.platforms.facebook.specs import PAGE
from services.publishing.platforms.facebook.uploads import Uploaded, finish
from services.publishing.platforms.facebook.wire import call, made_id
from services.publishing.publisher import Door, Order, Receipt, Remote, Setting

_PIECE_BYTES_MOST = 64 * 1024 * 1024
_PIECE_SECONDS = 120.0


class Video(Uploaded):
    """Publishes a video to a Page."""

    spec = replace(
        PAGE,
        media_types=("video/mp4", "video/quicktime"),
        ratio_min=0.1,  # shapes of feed videos have no published limits
        ratio_max=10.0,
        width_min=1,
        proves_absence=True,
        source="Pages API, Videos",
        format="video",
        format_label="Video",
        bytes_max=10 * 1024 * 1024 * 1024,
        seconds_min=1,
        seconds_max=4 * 3_600,
        settings=(Setting("title", "Title", text_max=255),),
    )

    def prepare(self, order: Order, door: Door) -> Remote:
        edge = f"{door.account}/videos"
        with order.open_media(0) as file:
            size = file.seek(0, os.SEEK_END)
            asked = call(door, "POST", edge, form={"upload_phase": "start", "file_size": str(size)})
            session, video = made_id(asked, "upload_session_id"), made_id(asked, "video_id")
            while (place := _offset(asked, "start_offset")) < size:
                piece = _piece(file, place, _offset(asked, "end_offset"))
                asked = _send(door, edge, session, place, piece, order.content.media[0].content_type)
        return {"video": video, "session": session, "made_at": door.now.isoformat()}

    def publish(self, order: Order, remote: Remote, door: Door) -> Receipt:
        """:raises Accepted: always when it was taken: videos are processed before they are public"""
        form = {"upload_session_id": remote["session"], "description": order.content.text}
        if order.content.settings.get("title"):
            form["title"] = order.content.settings["title"]
        finish(door, remote, "videos", form)


def _send(door: Door, edge: str, session: str, place: int, piece: bytes, kind: str) -> dict[str, Any]:
    """:raises OutcomeUnknown: the platform asks for the same piece again and again"""
    answer = call(
        door,
        "POST",
        edge,
        form={"upload_phase": "transfer", "upload_session_id": session, "start_offset": str(place)},
        files={"video_file_chunk": ("piece", piece, kind)},
        timeout_seconds=_PIECE_SECONDS,
        total_seconds=upload_seconds(len(piece)),
    )
    if _offset(answer, "start_offset") <= place:
        raise OutcomeUnknown("Facebook did not take a piece of the video.")
    return answer


def _piece(file: BinaryIO, place: int, end: int) -> bytes:
    """:raises OutcomeUnknown: the platform asks for a piece that there is not"""
    file.seek(place)
    piece = file.read(max(0, min(end - place, _PIECE_BYTES_MOST)))
    if not piece:
        raise OutcomeUnknown("Facebook asked for a piece that the video does not have.")
    return piece


def _offset(answer: dict[str, Any], name: str) -> int:
    """Told as a number or as text. :raises OutcomeUnknown: not told"""
    text = str(answer.get(name, ""))
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):
        raise OutcomeUnknown("Facebook did not say which piece of the video comes next.")
    return int(text)
