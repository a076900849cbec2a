"""Reading accounts and posts: `/me`, `/{media-id}`, `/{ig-user-id}/media`."""

from typing import Any

from services.practice import accepted
from services.practice.accepted import Post
from services.practice.curves import figures
from services.practice.instagram.access import own_account, owned_account
from services.practice.seeds import INSTAGRAM_ACCOUNTS, InstagramAccount
from services.practice.wire.calls import Call
from services.practice.wire.fields import pick
from services.practice.world import graph_time


def read_account(call: Call, account_id: str) -> dict[str, Any]:
    """`GET /me` or `/{ig-user-id}`."""
    account = owned_account(call, account_id, "instagram_business_basic")
    return pick(_account_node(call, account), call.get("fields"), kind="IGUser")


def list_media(call: Call, account_id: str) -> dict[str, Any]:
    """`GET /{ig-user-id}/media`: newest first."""
    account = owned_account(call, account_id, "instagram_business_basic")
    limit = call.limit()
    posts = accepted.posts_of(call.world, account.id, limit=limit, before=call.get("after"))
    rows = [pick(_media_node(call, post), call.get("fields"), kind="IGMedia") for post in posts]
    return accepted.page_of(rows, [post.id for post in posts])


def find_media(call: Call, media_id: str) -> Post | None:
    """The post, if it belongs to the account that asks."""
    account = own_account(call, "instagram_business_basic")
    post = accepted.find(call.world, media_id)
    return post if post is not None and (post.platform, post.account) == ("instagram", account.id) else None


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
        "media_type": "IMAGE",
        "media_product_type": "FEED",
        "media_url": post.image_address(call.base),
        "username": account.username,
        "owner": {"id": account.id},
        "is_comment_enabled": True,
        "like_count": now.likes,
        "comments_count": now.comments,
    }
