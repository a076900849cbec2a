"""`POST /{page-id}/photos`: one call, and the photo is public. Limits: Page photos reference."""

from typing import Any

from services.practice import accepted, images
from services.practice.accepted import Post
from services.practice.facebook.access import page_token
from services.practice.images import Picture
from services.practice.wire.calls import Call
from services.practice.wire.errors import GraphError, bad_parameter

IMAGE_BYTES_MAX, CAPTION_MAX, ALT_TEXT_MAX = 10 * 1024 * 1024, 63_206, 1_000


def post_photo(call: Call, page_id: str) -> dict[str, Any]:
    """
    Take a photo by `url` or multipart `source`; `published=false` keeps it off the Page.

    :raises GraphError: 190/2069032 user token, 324 no picture, 100/1366046 too large, 100 wrong parameters, 32 quota
    """
    page = page_token(call, page_id, "pages_manage_posts", "pages_read_engagement", task="CREATE_CONTENT")
    caption, alt_text = call.get("caption") or call.get("message"), call.get("alt_text_custom")
    published = is_published(call)
    if len(caption) > CAPTION_MAX:
        raise bad_parameter(f"Param caption must be at most {CAPTION_MAX} characters long")
    if len(alt_text) > ALT_TEXT_MAX:
        raise bad_parameter(f"Param alt_text_custom must be at most {ALT_TEXT_MAX} characters long")
    picture, body = _picture(call)
    if call.fault("quota"):
        raise GraphError(32, "(#32) Page request limit reached", status=403, is_transient=True)
    store = call.world.store
    with store.act():
        number = store.next_number("page_post")
        post = Post(
            id=f"{page.id}_1220{number:011d}",
            platform="facebook",
            account=page.id,
            photo_id=f"1221{number:011d}",
            caption=caption,
            alt_text=alt_text,
            image_sha256=images.keep(call.world, picture, body),
            created_at=call.world.now(),
            published=published,
            format="photo",
        )
        accepted.add(call.world, post)
    return {"id": post.photo_id, "post_id": post.id} if published else {"id": post.photo_id}


def is_published(call: Call) -> bool:
    """:raises GraphError: 100 no boolean, or a time to publish at"""
    text = call.get("published", "true").lower()
    if text not in ("true", "false", "1", "0"):
        raise bad_parameter("Param published must be a boolean")
    if call.get("scheduled_publish_time"):
        raise bad_parameter("scheduled_publish_time is not practised here: schedule in the app")
    return text in ("true", "1")


def _picture(call: Call) -> tuple[Picture, bytes]:
    upload, address = call.uploads.get("source"), call.get("url")
    if upload is not None:
        body = upload.body
    elif address:
        try:
            body = images.fetch(call.world, address, limit_bytes=IMAGE_BYTES_MAX).body
        except images.NotFetched as problem:
            raise _no_picture(f"The address could not be read: {problem}.") from problem
    else:
        raise GraphError(324, "(#324) Requires upload file")
    if len(body) > IMAGE_BYTES_MAX:
        raise GraphError(
            100, "(#100) Photo is too large", subcode=1366046, detail="Photos should be smaller than 10 MB."
        )
    try:
        return images.measure(body), body
    except images.NotAPicture as problem:
        raise _no_picture("Photos are JPEG, PNG, GIF, BMP or TIFF.") from problem


def _no_picture(detail: str) -> GraphError:
    return GraphError(324, "(#324) Missing or invalid image file", subcode=2069019, detail=detail)
