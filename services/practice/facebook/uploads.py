"""`POST /{page-id}/videos` in pieces: start, transfer, finish. Facts: Page videos reference."""

from typing import Any

from services.practice import things
from services.practice.facebook import videos
from services.practice.facebook.access import page_token
from services.practice.facebook.photos import CAPTION_MAX
from services.practice.seeds import Page
from services.practice.wire.calls import Call
from services.practice.wire.errors import GraphError, bad_parameter

PIECE_BYTES, BYTES_MAX, SECONDS_MIN, SECONDS_MAX, TITLE_MAX = 1024 * 1024, 10 * 1024**3, 1, 4 * 3_600, 255


def step(call: Call, page_id: str) -> dict[str, Any]:
    """:raises GraphError: 190/2069032 user token, 100 wrong parameters, 100/1363037 wrong offset, 32 quota"""
    page = page_token(call, page_id, "pages_manage_posts", "pages_read_engagement", task="CREATE_CONTENT")
    match call.need("upload_phase"):
        case "start":
            return _start(call, page)
        case "transfer":
            return _transfer(call, page)
        case "finish":
            return _finish(call, page)
    raise bad_parameter("Param upload_phase must be one of {start, transfer, finish}")


def _start(call: Call, page: Page) -> dict[str, Any]:
    size = call.need("file_size")
    if not size.isdecimal() or not 0 < int(size) <= BYTES_MAX:
        raise bad_parameter("Param file_size must be a size in bytes")
    with call.world.store.act():
        video = videos.begin(call, page, "video", int(size))
        session = f"78{call.world.store.next_number('session'):014d}"
        things.put(call.world, "facebook", "session", session, page.id, {"video": video})
    return {"video_id": video, "upload_session_id": session, **_next(0, int(size))}


def _transfer(call: Call, page: Page) -> dict[str, Any]:
    piece, start = call.uploads.get("video_file_chunk"), call.need("start_offset")
    with call.world.store.act():
        video = _video(call, page)
        if not start.isdecimal() or int(start) != video["received"]:
            raise GraphError(100, f"(#100) The next byte is {video['received']}", subcode=1363037)
        if piece is None or not 0 < len(piece.body) <= min(PIECE_BYTES, video["size"] - video["received"]):
            raise bad_parameter("Param video_file_chunk must be the piece that was asked for")
        video = videos.receive(call.world, video, piece.body, video["size"])
    return _next(video["received"], video["size"])


def _finish(call: Call, page: Page) -> dict[str, Any]:
    words, title = call.get("description"), call.get("title")
    if len(words) > CAPTION_MAX or len(title) > TITLE_MAX:
        raise bad_parameter(f"Param description has at most {CAPTION_MAX} characters, title {TITLE_MAX}")
    is_spent = call.fault("quota") is not None  # asked outside the act: a refusal undoes what is counted within
    with call.world.store.act():
        video = _video(call, page)
        videos.demand_whole(video, call.now)
        if is_spent:
            raise GraphError(32, "(#32) Page request limit reached", status=403, is_transient=True)
        videos.finish(call, page, video, words, title, _refusal(call, video))
    return {"success": True}


def _video(call: Call, page: Page) -> dict[str, Any]:
    session = things.get(call.world, "facebook", "session", call.need("upload_session_id"))
    if session is None or session["account"] != page.id:
        raise bad_parameter("Param upload_session_id must be an upload of this Page")
    return videos.own(call, page, session["video"], "video")


def _next(received: int, size: int) -> dict[str, str]:
    """Which bytes are wanted; both the same when all are there."""
    return {"start_offset": str(received), "end_offset": str(min(received + PIECE_BYTES, size))}


def _refusal(call: Call, video: dict[str, Any]) -> str:
    clip = videos.measured(call.world, video)
    if clip is None:
        return "The file is no video that can be read."
    if not SECONDS_MIN <= round(clip.seconds, 1) <= SECONDS_MAX:
        return f"A video is {SECONDS_MIN} s to 4 h long; this is {clip.seconds:.1f} s."
    return ""
