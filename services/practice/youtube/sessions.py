"""
Resumable uploads. A session makes one video, when its last byte is in, and can be asked for it afterwards.

Source: YouTube Data API, resumable uploads. How long a session lives is not documented exactly: a setting.
"""

import re
import secrets
from typing import Any

from starlette.responses import JSONResponse, Response

from services.practice import things
from services.practice.wire.calls import Call
from services.practice.wire.gate import Answer
from services.practice.youtube import videos
from services.practice.youtube.access import UPLOAD, bearer, channel, spend_upload
from services.practice.youtube.errors import ApiError, UploadError
from services.practice.youtube.words import read_words

PATH = "/youtube/upload/youtube/v3/videos"
GRAIN_BYTES = 256 * 1024
SIZE_MAX = 256 * 1024**3
_SPAN = re.compile(r"bytes (?:(\d{1,15})-(\d{1,15})|\*)/(\d{1,15}|\*)")


def start(call: Call) -> Answer:
    """`POST /upload/youtube/v3/videos?uploadType=resumable&part=`: answers with the session's address."""
    account = channel(call, UPLOAD)
    if call.get("uploadType") != "resumable":
        raise ApiError("badRequest", "Only resumable uploads are practised here.", domain="global")
    spend_upload(call)
    words = read_words(call)
    kind, told = call.headers.get("x-upload-content-type", ""), call.headers.get("x-upload-content-length", "")
    if not kind.startswith("video/") and kind != "application/octet-stream":
        message = f"Media type '{kind}' is not supported. Valid media types: [video/*, application/octet-stream]"
        raise ApiError("badContent", message, domain="global")
    if not told.isdecimal() or not 0 < int(told[:18]) <= SIZE_MAX:
        raise ApiError("mediaBodyRequired", "The request does not include the video content.")
    upload_id = "A" + secrets.token_urlsafe(40)
    state = {"size": int(told), "have": 0, "words": words, "video": ""}
    things.put(call.world, "youtube", "session", upload_id, account.id, state)
    headers = {
        "Location": f"{call.base}{PATH}?uploadType=resumable&upload_id={upload_id}",
        "X-GUploader-UploadID": upload_id,
    }
    return Response(status_code=200, headers=headers)


def put(call: Call) -> Answer:
    """`PUT` to a session: bytes with their place, or the question how far it is. :raises UploadError: 400, 404, 411"""
    if "content-length" not in call.headers:
        raise UploadError("Length Required", status=411)
    bearer(call)  # the address alone opens the session, but a token that is sent must work
    session = _session(call)
    begin, end = _span(call, session["size"])
    if session["video"]:
        return _finished(call, session["video"])
    if end is None:
        return _unfinished(session["have"])
    if begin != session["have"] or len(call.body) != end - begin or end > session["size"]:
        raise UploadError("Invalid request. The bytes do not go on where the upload stands.")
    if end < session["size"]:
        return _take(call, session, end)
    body = things.joined(call.world, "youtube", "session", session["id"]) + call.body
    judged = videos.judge(call, body)
    with call.world.store.act():
        session = _session(call)  # two last bytes at once make one video
        if not session["video"]:
            made = videos.make(call, session["account"], session["words"], body, judged)
            session = things.change(call.world, "youtube", "session", session["id"], video=made, have=end)
            call.world.store.run("delete from pieces where kind = 'session' and thing = :id", id=session["id"])
    return _finished(call, session["video"])


def _take(call: Call, session: dict[str, Any], end: int) -> Response:
    if (end - session["have"]) % GRAIN_BYTES:
        raise UploadError("Invalid request. The size of a chunk must be a multiple of 262144 bytes.")
    with call.world.store.act():
        now = _session(call)
        if now["have"] != session["have"]:
            raise UploadError("Invalid request. The bytes do not go on where the upload stands.")
        things.put_piece(call.world, "youtube", "session", session["id"], now["have"], call.body)
        things.change(call.world, "youtube", "session", session["id"], have=end)
    return _unfinished(end)


def _session(call: Call) -> dict[str, Any]:
    found = things.get(call.world, "youtube", "session", call.get("upload_id"))
    if found is None or call.now - found["created_at"] >= call.world.setting("youtube_session_seconds"):
        raise UploadError("Not Found", status=404)
    return found


def _span(call: Call, size: int) -> tuple[int, int | None]:
    """First byte and the one behind the last; None for a question. The size must be the one announced."""
    found = _SPAN.fullmatch(call.headers.get("content-range", ""))
    if found is None or found[3] not in (str(size), "*") or (found[3] == "*" and found[1]):
        raise UploadError("Failed to parse Content-Range header.")
    if found[1] is None:
        if call.body:
            raise UploadError("Failed to parse Content-Range header.")
        return 0, None
    return int(found[1]), int(found[2]) + 1


def _unfinished(have: int) -> Response:
    return Response(status_code=308, headers={"Range": f"bytes=0-{have - 1}"} if have else {})


def _finished(call: Call, video_id: str) -> Response:
    return JSONResponse(videos.resource(call, video_id, ("snippet", "status")))
