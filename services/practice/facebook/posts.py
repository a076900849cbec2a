"""Reading a Page's posts: `/{page-id}/published_posts`, `/{post-id}`, `/{photo-id}`."""

from typing import Any

from services.practice import accepted, things, tokens
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
# By format: what kind of status it is, and what is attached to it.
_KINDS = {
    "": ("added_photos", "photo"),
    "photo": ("added_photos", "photo"),
    "photos": ("added_photos", "album"),
    "text": ("mobile_status_update", "link"),
    "video": ("added_video", "video"),
    "reel": ("added_video", "video"),
}


def list_posts(call: Call, page_id: str) -> dict[str, Any]:
    """`GET /{page-id}/published_posts`: newest first. :raises GraphError: 190/2069032, 10"""
    page = page_token(call, page_id, "pages_read_engagement", task="ANALYZE")
    _check_fields(call)
    found = accepted.posts_of(call.world, page.id, limit=call.limit(), before=call.get("after"))
    posts = [post for post in found if _is_shown(call, post)]
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
    if not post.published or not _is_shown(call, post):
        raise not_visible(node, "facebook")
    return pick(_post_node(call, post), call.get("fields"), kind="PagePost", default=_DEFAULT)


def _is_shown(call: Call, post: Post) -> bool:
    """A video is shown once it is processed."""
    return post.created_at <= call.now


def _check_fields(call: Call) -> None:
    if _OTHERS & set(split_fields(call.get("fields"))):
        tokens.require(checked_token(call), "pages_read_user_content")


def _post_node(call: Call, post: Post) -> dict[str, Any]:
    now = figures(post.id, call.now - post.created_at)
    link = post.permalink(call.base)
    attached = [_attachment(call, post, link)] if post.media or post.details.get("link") else []
    return {
        "id": post.id,
        "message": post.caption or None,
        "created_time": graph_time(post.created_at),
        "updated_time": graph_time(post.created_at),
        "permalink_url": link,
        "status_type": _KINDS[post.format][0],
        "is_published": True,
        "from": {"id": post.account, "name": PAGES[post.account].name},
        "full_picture": post.image_address(call.base) if post.image_sha256 else None,
        "attachments": {"data": attached} if attached else None,
        "shares": {"count": now.shares} if now.shares else None,
        "reactions": _summary(now.likes),
        "likes": _summary(now.likes),
        "comments": _summary(now.comments),
    }


def _attachment(call: Call, post: Post, link: str) -> dict[str, Any]:
    address = post.details.get("link") or link
    media_type = _KINDS[post.format][1]
    photos = [_photo_inside(call, post, link, sha256) for sha256 in post.media] if post.format == "photos" else []
    return {
        "media_type": media_type,
        "type": media_type,
        "title": f"{media_type.capitalize()} from {PAGES[post.account].name}",
        "description": post.caption or None,
        "url": address,
        "unshimmed_url": address,
        "target": {"id": post.photo_id or post.details.get("video") or post.id, "url": address},
        "media": _picture(call, post, post.image_sha256) if post.media else None,
        "subattachments": {"data": photos} if photos else None,
    }


def _photo_inside(call: Call, post: Post, link: str, sha256: str) -> dict[str, Any]:
    """One of several photos; its target is the photo that was uploaded."""
    rows = things.all_of(call.world, "facebook", "attached", post.account)
    photos = [accepted.find(call.world, row["id"]) for row in rows if row["post"] == post.id]
    target = next((photo.photo_id for photo in photos if photo is not None and photo.image_sha256 == sha256), None)
    return {
        "media_type": "photo",
        "type": "photo",
        "url": link,
        "unshimmed_url": link,
        "target": {"id": target, "url": link},
        "media": _picture(call, post, sha256),
    }


def _picture(call: Call, post: Post, sha256: str) -> dict[str, Any]:
    size = call.world.store.one("select width, height from images where sha256 = :sha256", sha256=sha256)
    width, height = (0, 0) if size is None else (size["width"], size["height"])
    return {"image": {"src": post.file_address(call.base, sha256), "width": width, "height": height}}


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
