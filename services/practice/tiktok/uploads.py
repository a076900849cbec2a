"""The parts of an upload: in their order, exactly as announced. Facts: Media Transfer Guide."""

import re
from typing import Any

from starlette.responses import Response

from services.practice import clips, things
from services.practice.tiktok import posts
from services.practice.wire.calls import Call

UPLOAD_SECONDS = 3_600
_TYPES = {"video/mp4", "video/quicktime", "video/webm"}
_RANGE = re.compile(r"bytes (\d{1,12})-(\d{1,12})/(\d{1,12})")


def put(call: Call) -> Response:
    """One part. 206: more is wanted, 201: all is there, 400: not as announced, 403: too late, 416: not its turn."""
    with call.world.store.act():
        kept = things.get(call.world, "tiktok", "upload", call.get("upload_id"))
        if kept is None:
            return Response(status_code=404)
        if call.now - kept["created_at"] >= UPLOAD_SECONDS:
            return Response(status_code=403)
        state = things.get(call.world, "tiktok", "publish", kept["publish_id"])
        assert state is not None
        span = _span(call, state)
        if span is None:
            return Response(status_code=400)
        first, last = span
        if first != state["received"]:
            return _reached(416, state["received"], state["size"])
        part = first // state["part"] if state["count"] > 1 else 0
        is_last = part >= state["count"] - 1
        if last != (state["size"] if is_last else (part + 1) * state["part"]) - 1:
            return Response(status_code=400)
        things.put_piece(call.world, "tiktok", "upload", kept["id"], part, call.body)
        state = things.change(call.world, "tiktok", "publish", kept["publish_id"], received=last + 1)
        if not is_last:
            return _reached(206, state["received"], state["size"])
        _complete(call, kept["id"], kept["publish_id"])
        return _reached(201, state["received"], state["size"])


def _span(call: Call, state: dict[str, Any]) -> tuple[int, int] | None:
    """The bytes this part says it holds; None where headers and body do not agree."""
    told = _RANGE.fullmatch(call.headers.get("content-range", ""))
    if told is None or call.headers.get("content-type", "") not in _TYPES:
        return None
    first, last, total = (int(number) for number in told.groups())
    is_whole = call.headers.get("content-length") == str(len(call.body)) == str(last - first + 1)
    return (first, last) if is_whole and total == state["size"] else None


def _reached(status: int, received: int, size: int) -> Response:
    return Response(status_code=status, headers={"Content-Range": f"bytes 0-{max(received - 1, 0)}/{size}"})


def _complete(call: Call, upload_id: str, publish_id: str) -> None:
    body = things.joined(call.world, "tiktok", "upload", upload_id)
    failure, clip = posts.judge(body)
    media = (clips.keep(call.world, clip, body),) if clip and not failure else ()
    posts.settle(call, publish_id, failure, media)
