"""What can be read afterwards: the account, its public videos and their figures. Facts: Display API v2."""

from typing import Any

from services.practice import accepted
from services.practice.accepted import Post
from services.practice.curves import figures
from services.practice.tiktok.access import TikTokError, invalid, ok, own_account, sent_object
from services.practice.tiktok.creator import PRIVATE_ACCOUNTS
from services.practice.tiktok.posts import is_public
from services.practice.wire.calls import Call

LIST_MAX, CUT_AT = 20, 150
_FIELDS = {"id", "create_time", "share_url", "title", "video_description", "duration", "cover_image_url", "like_count",
           "comment_count", "share_count", "view_count"}  # fmt: skip
_USER_FIELDS = {
    "user.info.basic": {"open_id", "union_id", "avatar_url", "display_name"},
    "user.info.profile": {"username", "profile_deep_link", "bio_description", "is_verified"},
    "user.info.stats": {"follower_count", "following_count", "likes_count", "video_count"},
}


def user_info(call: Call) -> dict[str, Any]:
    """`user/info/`. :raises TikTokError: a field that does not exist, or whose scope was not given"""
    fields = _asked(call, set().union(*_USER_FIELDS.values()))
    account = own_account(call, *(scope for scope, own in _USER_FIELDS.items() if own & fields))
    posts = accepted.posts_of(call.world, account.id, limit=1_000, platform="tiktok")
    user = {
        "open_id": account.id,
        "union_id": f"union-{account.id}",
        "avatar_url": f"{call.base}/tiktok/{account.handle}",
        "display_name": account.name,
        "username": account.handle,
        "profile_deep_link": f"{call.base}/tiktok/{account.handle}",
        "bio_description": "",
        "is_verified": False,
        "follower_count": 0 if account.handle in PRIVATE_ACCOUNTS else 1_200,
        "following_count": 12,
        "likes_count": sum(figures(post.id, call.now - post.created_at).likes for post in posts),
        "video_count": len(posts),
    }
    return ok({"user": {name: value for name, value in user.items() if name in fields}})


def list_videos(call: Call) -> dict[str, Any]:
    """`video/list/`: public posts, newest first. :raises TikTokError: as `own_account`; invalid_params"""
    account = own_account(call, "video.list")
    fields, sent = _asked(call, _FIELDS), sent_object(call)
    most, cursor = sent.get("max_count", 10), sent.get("cursor", 0)
    if not isinstance(most, int) or not 1 <= most <= LIST_MAX or not isinstance(cursor, int):
        raise invalid(f"max_count must be 1 to {LIST_MAX}, and cursor a number")
    found = [
        post
        for post in accepted.posts_of(call.world, account.id, limit=1_000, platform="tiktok")
        if is_public(call.world, post, call.now) and (not cursor or post.created_at * 1_000 < cursor)
    ]
    shown = found[:most]
    after = int(shown[-1].created_at * 1_000) if shown else 0
    return ok({"videos": _rows(call, shown, fields), "cursor": after, "has_more": len(found) > most})


def query_videos(call: Call) -> dict[str, Any]:
    """`video/query/`: own public posts by id. :raises TikTokError: as `own_account`; invalid_params"""
    account = own_account(call, "video.list")
    fields, filters = _asked(call, _FIELDS), sent_object(call).get("filters")
    ids = filters.get("video_ids") if isinstance(filters, dict) else None
    if not isinstance(ids, list) or not 1 <= len(ids) <= LIST_MAX or not all(isinstance(one, str) for one in ids):
        raise invalid(f"filters.video_ids must hold 1 to {LIST_MAX} ids")
    found = [post for post in (accepted.find(call.world, one) for one in ids) if post is not None]
    own = [post for post in found if post.account == account.id and is_public(call.world, post, call.now)]
    return ok({"videos": _rows(call, own, fields)})


def _asked(call: Call, known: set[str]) -> set[str]:
    fields = {name for name in call.get("fields").split(",") if name}
    if not fields or fields - known:
        raise TikTokError("invalid_params", f"fields must be some of {', '.join(sorted(known))}")
    return fields


def _rows(call: Call, posts: list[Post], fields: set[str]) -> list[dict[str, Any]]:
    return [{name: value for name, value in _row(call, post).items() if name in fields} for post in posts]


def _row(call: Call, post: Post) -> dict[str, Any]:
    done = figures(post.id, call.now - post.created_at)
    return {
        "id": post.id,
        "create_time": int(post.created_at),
        "share_url": post.permalink(call.base),
        "title": (post.details.get("title") or post.caption)[:CUT_AT],
        "video_description": post.caption[:CUT_AT],
        "duration": 0,
        "cover_image_url": post.image_address(call.base),
        "like_count": done.likes,
        "comment_count": done.comments,
        "share_count": done.shares,
        "view_count": done.views,
    }
