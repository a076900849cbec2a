"""`/{post-id}/comments`: the Page's own under its posts. Facts: Pages API, Comments."""

from typing import Any

from services.practice import things, tokens
from services.practice.accepted import Post
from services.practice.facebook.access import checked_token, page_token
from services.practice.seeds import PAGES
from services.practice.wire.calls import Call
from services.practice.wire.errors import bad_parameter
from services.practice.wire.fields import pick
from services.practice.world import graph_time

TEXT_MAX = 8_000


def add_comment(call: Call, post: Post) -> dict[str, Any]:
    """`POST`: public at once, and taken as often as it is sent. :raises GraphError: 10 scope, 200 task, 100 words"""
    page = page_token(call, post.account, "pages_manage_engagement", task="MODERATE")
    words = call.need("message")
    if len(words) > TEXT_MAX:
        raise bad_parameter(f"Param message must be at most {TEXT_MAX} characters long")
    with call.world.store.act():
        comment = f"{post.id.partition('_')[2]}_{call.world.store.next_number('comment'):06d}"
        things.put(call.world, "facebook", "comment", comment, page.id, {"post": post.id, "text": words})
    return {"id": comment}


def list_comments(call: Call, post: Post) -> dict[str, Any]:
    """`GET`: oldest first. :raises GraphError: 10 without the scope"""
    tokens.require(checked_token(call), "pages_read_engagement")
    rows = [
        {
            "id": row["id"],
            "message": row["text"],
            "created_time": graph_time(row["created_at"]),
            "from": {"id": post.account, "name": PAGES[post.account].name},
        }
        for row in things.all_of(call.world, "facebook", "comment", post.account)
        if row["post"] == post.id
    ]
    fields = call.get("fields")
    return {"data": [pick(row, fields, kind="Comment", default="id,message,created_time") for row in rows]}
