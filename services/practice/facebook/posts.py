"""Reading a Page's posts: `/{page-id}/published_posts`, `/{post-id}`, `/{photo-id}`."""

from typing import Any

from services.practice import accepted, tokens
from services.practice.accepted import Post
from services.practice.curves import figures
from services.practice.facebook.access import checked_token, page_token
from services.practice.seeds import PAGES
from services.practice.wire.calls import Call
from services.practice.wire.errors import not_visible
from services.practice.wire.fields import pick, split_fields
from services.practice.world import graph_time

_OTHERS = {"reactions", "comments", "likes"}  # need pages_read_user_content
_DEFAULT = "id,message,created_time"


def list_posts(call: Call, page_id: str) -> dict[str, Any]:
    """`GET /{page-id}/published_posts`: newest first. :raises GraphError: 190/2069032, 10"""
    page = page_token(call, page_id, "pages_read_engagement", task="ANALYZE")
    _check_fields(call)
    posts = accepted.posts_of(call.world, page.id, limit=call.limit(), before=call.get("after"))
    rows = [pick(_post_node(call, post), call.get("fields"), kind="PagePost", default=_DEFAULT) for post in posts]
    return accepted.page_of(rows, [post.id for post in posts])


def find_post(call: Call, node: str) -> Post:
    """A post or photo of the Page that asks. :raises GraphError: 100/33, and as `checked_token`"""
    token = checked_token(call)
    tokens.require(token, "pages_read_engagement")
    post = accepted.find(call.world, node)
    seen = (token.subject,) if token.kind == "page" else token.grant.pages
    if post is None or post.platform != "facebook" or post.account not in seen:
        raise not_visible(node, "facebook")
    return post


def read_node(call: Call, node: str) -> dict[str, Any]:
    """`GET /{post-id}` or `GET /{photo-id}`."""
    post = find_post(call, node)
    _check_fields(call)
    if node == post.photo_id:
        return pick(_photo_node(call, post), call.get("fields"), kind="Photo", default="id,created_time,name")
    if not post.published:
        raise not_visible(node, "facebook")
    return pick(_post_node(call, post), call.get("fields"), kind="PagePost", default=_DEFAULT)


def _check_fields(call: Call) -> None:
    if _OTHERS & set(split_fields(call.get("fields"))):
        tokens.require(checked_token(call), "pages_read_user_content")


def _post_node(call: Call, post: Post) -> dict[str, Any]:
    now = figures(post.id, call.now - post.created_at)
    link = post.permalink(call.base)
    return {
        "id": post.id,
        "message": post.caption or None,
        "created_time": graph_time(post.created_at),
        "updated_time": graph_time(post.created_at),
        "permalink_url": link,
        "status_type": "added_photos",
        "is_published": True,
        "from": {"id": post.account, "name": PAGES[post.account].name},
        "full_picture": post.image_address(call.base),
        "attachments": {"data": [_attachment(call, post, link)]},
        "shares": {"count": now.shares} if now.shares else None,
        "reactions": _summary(now.likes),
        "likes": _summary(now.likes),
        "comments": _summary(now.comments),
    }


def _attachment(call: Call, post: Post, link: str) -> dict[str, Any]:
    size = call.world.store.one("select width, height from images where sha256 = :sha256", sha256=post.image_sha256)
    width, height = (0, 0) if size is None else (size["width"], size["height"])
    return {
        "media_type": "photo",
        "type": "photo",
        "title": f"Photo from {PAGES[post.account].name}",
        "description": post.caption or None,
        "url": link,
        "unshimmed_url": link,
        "target": {"id": post.photo_id, "url": link},
        "media": {"image": {"src": post.image_address(call.base), "width": width, "height": height}},
    }


def _photo_node(call: Call, post: Post) -> dict[str, Any]:
    return {
        "id": post.photo_id,
        "name": post.caption or None,
        "alt_text_custom": post.alt_text or None,
        "created_time": graph_time(post.created_at),
        "link": post.permalink(call.base) if post.published else None,
        "page_story_id": post.id if post.published else None,
        "from": {"id": post.account, "name": PAGES[post.account].name},
    }


def _summary(count: int) -> dict[str, Any]:
    return {"data": [], "summary": {"total_count": count}}
