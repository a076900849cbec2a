"""Reading accounts and posts: `/me`, `/{media-id}`, `/{ig-user-id}/media` and `/stories`."""

from collections.abc import Callable
from typing import Any

from services.practice import accepted
from services.practice.accepted import Post
from services.practice.curves import figures
from services.practice.instagram.access import own_account, owned_account
from services.practice.seeds import INSTAGRAM_ACCOUNTS, InstagramAccount
from services.practice.wire.calls import Call
from services.practice.wire.fields import pick
from services.practice.world import DAY_SECONDS, graph_time

PRODUCTS = {"reel": "REELS", "story": "STORY"}
_READ_MAX = 500


def read_account(call: Call, account_id: str) -> dict[str, Any]:
    """`GET /me` or `/{ig-user-id}`."""
    account = owned_account(call, account_id, "instagram_business_basic")
    return pick(_account_node(call, account), call.get("fields"), kind="IGUser")


def list_media(call: Call, account_id: str) -> dict[str, Any]:
    """`GET /{ig-user-id}/media`: newest first, without stories."""
    return _listed(call, account_id, lambda post: post.format != "story")


def list_stories(call: Call, account_id: str) -> dict[str, Any]:
    """`GET /{ig-user-id}/stories`: those of the last 24 hours, newest first."""
    return _listed(call, account_id, lambda post: post.format == "story" and _lives(call, post))


def _listed(call: Call, account_id: str, belongs: Callable[[Post], bool]) -> dict[str, Any]:
    account = owned_account(call, account_id, "instagram_business_basic")
    found = accepted.posts_of(call.world, account.id, limit=_READ_MAX, before=call.get("after"))
    posts = [post for post in found if belongs(post)][: call.limit()]
    rows = [pick(_media_node(call, post), call.get("fields"), kind="IGMedia") for post in posts]
    return accepted.page_of(rows, [post.id for post in posts])


def find_media(call: Call, media_id: str) -> Post | None:
    """The post, if it belongs to the account that asks."""
    account = own_account(call, "instagram_business_basic")
    post = accepted.find(call.world, media_id)
    if post is None or (post.platform, post.account) != ("instagram", account.id):
        return None
    return post if post.format != "story" or _lives(call, post) else None


def read_media(call: Call, post: Post) -> dict[str, Any]:
    """`GET /{media-id}`."""
    return pick(_media_node(call, post), call.get("fields"), kind="IGMedia")


def _account_node(call: Call, account: InstagramAccount) -> dict[str, Any]:
    return {
        "id": account.scoped_id,
        "user_id": account.id,
        "username": account.username,
        "name": account.name,
        "account_type": account.account_type,
        "profile_picture_url": None,
        "followers_count": 1_200,
        "follows_count": 80,
        "media_count": accepted.posts_since(call.world, account.id, 0),
    }


def _media_node(call: Call, post: Post) -> dict[str, Any]:
    now = figures(post.id, call.now - post.created_at)
    account = INSTAGRAM_ACCOUNTS[post.account]
    return {
        "id": post.id,
        "permalink": post.permalink(call.base),
        "shortcode": post.shortcode,
        "timestamp": graph_time(post.created_at),
        "caption": post.caption or None,
        "alt_text": post.alt_text or None,
        "media_type": _media_type(call, post),
        "media_product_type": PRODUCTS.get(post.format, "FEED"),
        "media_url": post.image_address(call.base),
        "username": account.username,
        "owner": {"id": account.id},
        "is_comment_enabled": True,
        "like_count": now.likes,
        "comments_count": now.comments,
    }


def _lives(call: Call, post: Post) -> bool:
    """A story is there for 24 hours."""
    return call.now - post.created_at < DAY_SECONDS


def _media_type(call: Call, post: Post) -> str:
    if post.format == "carousel":
        return "CAROUSEL_ALBUM"
    row = call.world.store.one("select content_type from images where sha256 = :sha256", sha256=post.image_sha256)
    return "VIDEO" if row is not None and row["content_type"].startswith("video/") else "IMAGE"
