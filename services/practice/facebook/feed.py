"""`POST /{page-id}/feed`: words, a link, or several photos that were uploaded before. Limits: Pages API, Posts."""

import json
from typing import Any
from urllib.parse import urlsplit

from services.practice import accepted, things
from services.practice.accepted import Post
from services.practice.facebook.access import page_token
from services.practice.facebook.photos import CAPTION_MAX, is_published
from services.practice.seeds import Page
from services.practice.wire.calls import Call
from services.practice.wire.errors import GraphError, bad_parameter
from services.practice.world import DAY_SECONDS

PHOTOS_MAX = 30


def post_feed(call: Call, page_id: str) -> dict[str, Any]:
    """
    One post, public at once.

    :raises GraphError: 190/2069032 user token, 100 wrong parameters, 1609005 or 1609008 the link, 506 the same words
        again, 100/1366051 photos posted already, 32 quota
    """
    page = page_token(call, page_id, "pages_manage_posts", "pages_read_engagement", task="CREATE_CONTENT")
    message, link = call.get("message"), call.get("link")
    if not is_published(call):
        raise bad_parameter("Unpublished posts are not practised here: schedule in the app")
    if len(message) > CAPTION_MAX:
        raise bad_parameter(f"Param message must be at most {CAPTION_MAX} characters long")
    _check_link(link)
    photos = [_photo(call, page, photo) for photo in _attached(call)]
    if not (message or link or photos):
        raise bad_parameter("A post needs a message, a link or attached_media")
    if photos and link:
        raise bad_parameter("Param link cannot be combined with attached_media")
    if call.fault("quota"):
        raise GraphError(32, "(#32) Page request limit reached", status=403, is_transient=True)
    with call.world.store.act():
        _check_duplicate(call, page, message, link, photos)
        post = _post(call, page, message, link, photos)
        accepted.add(call.world, post)
        for photo in photos:
            things.put(call.world, "facebook", "attached", str(photo.photo_id), page.id, {"post": post.id})
    return {"id": post.id}


def _post(call: Call, page: Page, message: str, link: str, photos: list[Post]) -> Post:
    return Post(
        id=f"{page.id}_1220{call.world.store.next_number('page_post'):011d}",
        platform="facebook",
        account=page.id,
        caption=message,
        alt_text=photos[0].alt_text if photos else "",
        image_sha256=photos[0].image_sha256 if photos else "",
        created_at=call.world.now(),
        format="photos" if photos else "text",
        media=tuple(photo.image_sha256 for photo in photos),
        details={"link": link} if link else {},
    )


def _attached(call: Call) -> list[str]:
    """The photos' ids: one JSON array, or `attached_media[0]` and so on. :raises GraphError: 100"""
    numbered = [value for name, value in call.pairs if name.startswith("attached_media[")]
    try:
        given = [json.loads(value) for value in numbered] or json.loads(call.get("attached_media") or "[]")
        found = [str(one["media_fbid"]) for one in given]
    except (ValueError, TypeError, KeyError) as problem:
        raise bad_parameter("Param attached_media must be an array of objects with media_fbid") from problem
    if len(found) > PHOTOS_MAX or len(set(found)) != len(found):
        raise bad_parameter("Param attached_media has too many photos, or one of them twice")
    return found


def _photo(call: Call, page: Page, photo_id: str) -> Post:
    """An unpublished photo of this Page of the last day, in no post yet."""
    photo = accepted.find(call.world, photo_id)
    is_usable = photo is not None and photo.account == page.id and photo.photo_id == photo_id and not photo.published
    if photo is None or not is_usable or call.now - photo.created_at >= DAY_SECONDS:
        raise bad_parameter(f"Param attached_media must name unpublished photos of this Page, which {photo_id} is not")
    if things.get(call.world, "facebook", "attached", photo_id) is not None:
        raise GraphError(100, "(#100) These photos were already posted.", subcode=1366051)
    return photo


def _check_link(link: str) -> None:
    if not link:
        return
    try:
        host = urlsplit(link).hostname or "" if link.startswith(("http://", "https://")) else ""
    except ValueError:
        host = ""
    if not host:
        raise GraphError(100, "(#100) The link cannot be read", subcode=1609005)
    if host == "facebook.com" or host.endswith(".facebook.com"):
        raise GraphError(100, "(#100) A link to Facebook itself cannot be posted", subcode=1609008)


def _check_duplicate(call: Call, page: Page, message: str, link: str, photos: list[Post]) -> None:
    """The same words again: how long the platform remembers them is not published, so it is a setting."""
    since = call.now - call.world.setting("facebook_duplicate_seconds")
    for post in accepted.posts_of(call.world, page.id, limit=50):
        is_same = (post.caption, post.details.get("link", ""), bool(post.media)) == (message, link, bool(photos))
        if is_same and post.created_at > since and post.format == "text":
            raise GraphError(506, "(#506) Duplicate status message")
