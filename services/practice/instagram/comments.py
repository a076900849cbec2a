"""`/{media-id}/comments`: the account's own under its posts. Facts: IG Media comments."""

from typing import Any

from services.practice import things
from services.practice.accepted import Post
from services.practice.instagram.access import own_account
from services.practice.wire.calls import Call
from services.practice.wire.errors import bad_parameter
from services.practice.wire.fields import pick
from services.practice.world import graph_time

_SCOPES = ("instagram_business_basic", "instagram_business_manage_comments")
TEXT_MAX = 2_200


def add_comment(call: Call, post: Post) -> dict[str, Any]:
    """`POST`: public at once, and taken as often as it is sent. :raises GraphError: 10 scope, 100 words or a story"""
    own_account(call, *_SCOPES)
    words = call.need("message")
    if post.format == "story" or len(words) > TEXT_MAX:
        raise bad_parameter(f"Param message must be at most {TEXT_MAX} characters long, and not for a story")
    with call.world.store.act():
        comment = f"1790{call.world.store.next_number('comment'):013d}"
        things.put(call.world, "instagram", "comment", comment, post.account, {"post": post.id, "text": words})
    return {"id": comment}


def list_comments(call: Call, post: Post) -> dict[str, Any]:
    """`GET`: newest first. :raises GraphError: 10 without the scope"""
    account = own_account(call, *_SCOPES)
    rows = [
        {"id": row["id"], "text": row["text"], "timestamp": graph_time(row["created_at"]), "username": account.username}
        for row in things.all_of(call.world, "instagram", "comment", post.account)
        if row["post"] == post.id
    ]
    fields = call.get("fields")
    return {"data": [pick(row, fields, kind="IGComment", default="id,text,timestamp") for row in reversed(rows)]}
