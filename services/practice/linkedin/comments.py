"""`/rest/socialActions/{urn}/comments`: plain words under a post."""

from typing import Any

from starlette.responses import JSONResponse, Response

from services.practice import accepted, things
from services.practice.accepted import Post
from services.practice.linkedin.access import acting_as, may_read, window
from services.practice.linkedin.errors import bad_value, not_found, required, too_long
from services.practice.wire.calls import Call

WORDS_MAX = 1_250


def create(call: Call, urn: str) -> Response:
    """201 with the comment. :raises Refusal: 400, 401, 403, 404, 422"""
    post = _post(call, urn)
    body = call.json if isinstance(call.json, dict) else {}
    message = body.get("message")
    words = message.get("text") if isinstance(message, dict) else None
    if not isinstance(words, str) or not words:
        raise required("/message/text")
    if len(words) > WORDS_MAX:
        raise too_long("/message/text", WORDS_MAX)
    if body.get("object") != post.id:
        raise bad_value("/object", "must be the post in the address")
    actor = acting_as(call, str(body.get("actor", "")))
    number = str(call.world.store.next_number("linkedin-comment"))
    made = {"actor": actor, "words": words, "at": int(call.now * 1000)}
    things.put(call.world, "linkedin", "comment", number, post.id, made)
    told = _row(post, {"id": number, **made})
    return JSONResponse(told, status_code=201, headers={"x-restli-id": number})


def list_comments(call: Call, urn: str) -> dict[str, Any]:
    """Oldest first. :raises LinkedInError: 401, 403 for members, 404"""
    post = _post(call, urn)
    may_read(call, post.account)
    start, count = window(call)
    rows = [_row(post, one) for one in things.all_of(call.world, "linkedin", "comment", post.id)]
    paging = {"start": start, "count": count, "links": [], "total": len(rows)}
    return {"elements": rows[start : start + count], "paging": paging}


def _post(call: Call, urn: str) -> Post:
    post = accepted.find(call.world, urn)
    if post is None or post.platform != "linkedin":
        raise not_found(urn)
    return post


def _row(post: Post, one: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": one["id"],
        "actor": one["actor"],
        "object": post.id,
        "message": {"text": one["words"], "attributes": []},
        "created": {"actor": one["actor"], "time": one["at"]},
    }
