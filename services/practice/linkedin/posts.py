"""`/rest/posts`: the call that cannot be taken back, its quota, its net against repeats, and what pages can read."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response

from services.practice import accepted, things
from services.practice.accepted import Post
from services.practice.linkedin.access import acting_as, may_read, needs_protocol, window
from services.practice.linkedin.errors import LinkedInError, Unprocessable, not_found, required
from services.practice.linkedin.little import shown
from services.practice.linkedin.schema import Files, check
from services.practice.wire.calls import Call

_FIRST_NUMBER = 7_400_000_000_000_000_000


def create(call: Call) -> Response:
    """`POST /rest/posts`: 201 with an empty body; the id is in a header. :raises Refusal: 400, 401, 403, 422, 429"""
    body = call.json
    if not isinstance(body, dict) or not isinstance(body.get("author"), str):
        raise required("/author")
    author = acting_as(call, body["author"])
    kind, files = check(call, body)
    with call.world.store.act():
        _check_quota(call, author)
        _check_repeat(call, author, body)
        urn = _accept(call, author, body, kind, files)
    return Response(status_code=201, headers={"x-restli-id": urn})


def list_posts(call: Call) -> dict[str, Any]:
    """`GET /rest/posts?q=author`: newest first. :raises LinkedInError: 400, 401, 403 for members"""
    needs_protocol(call)
    if call.get("q") != "author":
        raise LinkedInError(400, "INVALID_QUERY", "The finder must be author")
    author = call.need("author")
    may_read(call, author)
    start, count = window(call)
    found = accepted.posts_of(call.world, author, limit=start + count, platform="linkedin")[start:]
    paging = {"start": start, "count": count, "links": []}
    return {"elements": [_row(call, post) for post in found], "paging": paging}


def read(call: Call, urn: str) -> dict[str, Any]:
    """`GET /rest/posts/{urn}`. :raises LinkedInError: 401, 403, 404"""
    post = accepted.find(call.world, urn)
    if post is None or post.platform != "linkedin":
        raise not_found(urn)
    may_read(call, post.account)
    return _row(call, post)


def _check_quota(call: Call, author: str) -> None:
    """The day begins at 00:00 UTC, and no header tells it."""
    midnight = datetime.fromtimestamp(call.now, UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    made = accepted.posts_since(call.world, author, midnight.timestamp(), platform="linkedin")
    if call.fault("quota") or made >= call.world.setting("quota_total"):
        message = "Resource level throttle MEMBER DAY limit for calls to this resource is reached."
        raise LinkedInError(429, "TOO_MANY_REQUESTS", message, service=101)


def _check_repeat(call: Call, author: str, body: dict[str, Any]) -> None:
    """:raises Unprocessable: the same post was made a short while ago, by name"""
    said = things.get(call.world, "linkedin", "said", _print(author, body))
    if said is not None and call.now - said["at"] < call.world.setting("linkedin_repeat_seconds"):
        message = "com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of "
        raise Unprocessable(message + said["urn"], "DUPLICATE_POST", "Duplicate post is detected")


def _accept(call: Call, author: str, body: dict[str, Any], kind: str, files: Files) -> str:
    number = _FIRST_NUMBER + call.world.store.next_number("linkedin-post")
    urn = f"urn:li:{'ugcPost' if kind == 'video' else 'share'}:{number}"
    now = call.world.now()
    hashes = tuple(str(file["sha256"]) for file in files)
    accepted.add(
        call.world,
        Post(
            id=urn,
            platform="linkedin",
            account=author,
            caption=shown(body["commentary"]),
            alt_text=str(files[0]["alt_text"]) if files else "",
            image_sha256=hashes[0] if hashes else "",
            created_at=now,
            format=kind,
            media=hashes,
            details=_details(body),
            path=f"/linkedin/feed/update/{urn}/",
        ),
    )
    things.put(call.world, "linkedin", "post", urn, author, {"body": body})
    said = {"at": now, "urn": urn}
    if things.get(call.world, "linkedin", "said", _print(author, body)) is None:
        things.put(call.world, "linkedin", "said", _print(author, body), author, said)
    else:
        things.change(call.world, "linkedin", "said", _print(author, body), **said)
    return urn


def _details(body: dict[str, Any]) -> dict[str, str]:
    """What a public page shows beside words and files."""
    content = body.get("content") or {}
    article, media = content.get("article") or {}, content.get("media") or {}
    told = {
        "privacy": body["visibility"],
        "link": article.get("source", ""),
        "title": article.get("title") or media.get("title", ""),
        "description": article.get("description", ""),
    }
    return {name: str(value) for name, value in told.items() if value}


def _print(author: str, body: dict[str, Any]) -> str:
    same = json.dumps([author, body["commentary"], body.get("content")], sort_keys=True)
    return hashlib.sha256(same.encode()).hexdigest()


def _row(call: Call, post: Post) -> dict[str, Any]:
    stored = things.get(call.world, "linkedin", "post", post.id) or {"body": {}}
    made = int(post.created_at * 1000)
    times = {"createdAt": made, "publishedAt": made, "lastModifiedAt": made}
    return {**stored["body"], **times, "id": post.id, "lifecycleStateInfo": {"isEditedByAuthor": False}}
