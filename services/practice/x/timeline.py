"""An account's own posts, as `GET /2/users/{id}/tweets` lists them."""

from datetime import UTC, datetime
from typing import Any

from services.practice import accepted
from services.practice.accepted import Post
from services.practice.seeds import ACCOUNTS
from services.practice.wire.calls import Call
from services.practice.x.access import account_of
from services.practice.x.problems import invalid
from services.practice.x.words import entities, shown

_FIELDS = {
    "id",
    "text",
    "created_at",
    "attachments",
    "entities",
    "referenced_tweets",
    "edit_history_tweet_ids",
    "conversation_id",
    "in_reply_to_user_id",
    "author_id",
}
_EXCLUDED = {"replies", "retweets"}


def list_posts(call: Call, user: str) -> dict[str, Any]:
    """Newest first, only the fields asked for; an empty list has no `data`. :raises Problem: 400"""
    account_of(call, "tweet.read", "users.read")
    most, start = _most(call), _start(call)
    fields, without = _names(call, "tweet.fields", _FIELDS), _names(call, "exclude", _EXCLUDED)
    if user not in ACCOUNTS["x"]:
        told = {"title": "Not Found Error", "detail": f"Could not find user with id: [{user}].", "parameter": "id"}
        return {"errors": [{**told, "type": "https://api.x.com/2/problems/resource-not-found"}]}
    posts = accepted.posts_of(call.world, user, limit=3_200, platform="x")
    wanted = [post for post in posts if post.created_at >= start and not ("replies" in without and _parent(post))]
    rows = [_row(post, fields) for post in wanted[:most]]
    meta: dict[str, Any] = {"result_count": len(rows)}
    return {"data": rows, "meta": meta | {"newest_id": rows[0]["id"]}} if rows else {"meta": meta}


def _row(post: Post, fields: set[str]) -> dict[str, Any]:
    parent, keys = _parent(post), post.details.get("media_keys", "").split()
    told: dict[str, Any] = {
        "created_at": datetime.fromtimestamp(post.created_at, UTC).isoformat(timespec="milliseconds")[:-6] + "Z",
        "author_id": post.account,
        "conversation_id": parent or post.id,
    }
    if keys:
        told["attachments"] = {"media_keys": keys}
    if parent:
        told |= {"referenced_tweets": [{"type": "replied_to", "id": parent}], "in_reply_to_user_id": post.account}
    if entities(post):
        told["entities"] = entities(post)
    always = {"id": post.id, "text": shown(post), "edit_history_tweet_ids": [post.id]}
    return always | {name: value for name, value in told.items() if name in fields}


def _parent(post: Post) -> str:
    return post.details.get("reply_to", "")


def _most(call: Call) -> int:
    text = call.get("max_results", "10")
    if not (text.isascii() and text.isdecimal()) or not 5 <= int(text) <= 100:
        raise invalid("The `max_results` must be from 5 to 100.")
    return int(text)


def _start(call: Call) -> float:
    text = call.get("start_time")
    if not text:
        return 0.0
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp()
    except ValueError as problem:
        raise invalid("The `start_time` must be written YYYY-MM-DDTHH:mm:ssZ.") from problem


def _names(call: Call, parameter: str, known: set[str]) -> set[str]:
    names = {name for name in call.get(parameter).split(",") if name}
    if names - known:
        raise invalid(f"The `{parameter}` knows no {', '.join(sorted(names - known))}.")
    return names
