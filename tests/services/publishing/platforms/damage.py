"""Answers of the Graph, whole and damaged: right ones with wrong, missing or foreign parts, and bytes of any kind."""

from typing import Any

import httpx
from hypothesis import strategies as some

AT = "2026-11-23T09:00:05+0000"
_ROW = {
    "id": "17_5", "caption": "Fresh today.", "message": "Fresh today.", "timestamp": AT, "created_time": AT,
    "permalink": "https://i.example/p", "permalink_url": "/reel/77/", "media_type": "VIDEO", "text": "First!",
    "attachments": {"data": [{"unshimmed_url": "https://acme.example", "target": {"id": "4"},
                              "subattachments": {"data": [{"target": {"id": "5"}}]}}]},
}  # fmt: skip
_VIDEO = {
    "id": "6", "post_id": "5", "permalink_url": "/reel/77/",
    "status": {"video_status": "ready", "processing_phase": {"status": "error", "error": {"message": "No."}},
               "publishing_phase": {"publish_status": "published", "publish_time": 1_795_424_405}},
}  # fmt: skip
_WHOLE: list[Any] = [
    {"id": "180", "post_id": "17_5"},
    {"status_code": "PUBLISHED", "status": "Published"},
    {"status_code": "ERROR", "status": "Error: Media upload has failed with error code 2207076"},
    {"status_code": "FINISHED"},
    *[{"data": [_ROW, _ROW]}] * 3,
    _ROW,
    _VIDEO,
    {"success": True},
    {"video_id": "77", "upload_url": "https://graph.example/v26.0/up", "success": True},
    {"video_id": "77", "upload_session_id": "7", "start_offset": "0", "end_offset": "9"},
    {"start_offset": "9", "end_offset": "9"},
    {"error": {"code": 100, "error_subcode": 33, "message": "No.", "is_transient": False, "fbtrace_id": "T"}},
    {"debug_info": {"retriable": True, "type": "ProcessingFailedError", "message": "No."}},
]
_STRANGE = [
    *("", "error", "processing", "upload_complete", "²", "9" * 5_000, "https://[", "yesterday", "2026-13-40T00:00:00Z"),
    *(0, -1, 10**30, True, False, 0.5, None, [], {}, [[]], {"id": {}}, [None], "17_5"),
]
_JUNK = some.sampled_from(_STRANGE) | some.text(max_size=5) | some.integers()
_STATUSES = some.sampled_from([*[200] * 12, 201, 204, 302, 400, 401, 403, 404, 429, 500, 503])
_HEADERS = some.sampled_from(
    [{}, {}, {"retry-after": "9" * 30}, {"retry-after": "soon"}, {"x-business-use-case-usage": '{"1": [7, null]}'}]
)


@some.composite
def answers(draw: some.DrawFn) -> httpx.Response:
    """JSON in the platforms' own shapes with some of it damaged, or bytes of any kind."""
    status, headers = draw(_STATUSES), draw(_HEADERS)
    if draw(some.integers(0, 9)) == 0:
        return httpx.Response(status, content=draw(some.binary(max_size=40)), headers=headers)
    return httpx.Response(status, json=_damaged(draw, draw(some.sampled_from(_WHOLE))), headers=headers)


def _damaged(draw: some.DrawFn, node: Any) -> Any:
    """Each part is replaced now and then; parts of objects and lists go missing."""
    luck = draw(some.integers(0, 11))
    if luck == 0:
        return draw(_JUNK)
    if isinstance(node, dict):
        return {key: _damaged(draw, inner) for key, inner in node.items() if draw(some.integers(0, 11))}
    if isinstance(node, list):
        return [_damaged(draw, inner) for inner in node]
    return node
