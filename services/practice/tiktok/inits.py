"""Beginning a publication: direct video, inbox draft, photos. Facts: Direct Post, Upload Video, Photo Post."""

import secrets
from typing import Any

from services.practice import clips, images, things
from services.practice.screens.consent import may_return_to
from services.practice.seeds import Account
from services.practice.tiktok import posts
from services.practice.tiktok.access import TikTokError, count_call, invalid, ok, own_account, sent_object
from services.practice.tiktok.creator import check_day, check_post, words
from services.practice.wire.calls import Call
from services.practice.world import DAY_SECONDS

CAPTION_MAX, TITLE_MAX, DESCRIPTION_MAX, PHOTOS_MAX = 2_200, 90, 4_000, 35
VIDEO_BYTES_MAX, PHOTO_BYTES_MAX, PHOTO_SIDE_MAX = 4 * 1024**3, 20 * 1024**2, 1_080
# "5 MB" and "64 MB" are read strictly: the larger and the smaller of the two usual meanings.
PART_MIN, PART_MAX, PARTS_MAX = 5 * 1024**2, 64_000_000, 1_000
_FETCH_MAX = 256 * 1024**2


def video(call: Call) -> dict[str, Any]:
    """`video/init/`: a direct post. :raises TikTokError: as its checks"""
    account = own_account(call, "video.publish")
    sent = _counted(call)
    post = check_post(call, account, sent.get("post_info"))
    text = words(post, "title", CAPTION_MAX)
    check_day(call, account)
    kept = {"text": text, "details": posts.details(post)}
    source = _source(sent)
    if source.get("source") == "PULL_FROM_URL":
        return ok(_pull_video(call, account, source, kept | {"format": "video_url"}))
    return ok(_upload(call, account, "v_pub_file~v2-1", source, kept | {"format": "video"}))


def draft(call: Call) -> dict[str, Any]:
    """`inbox/video/init/`: a draft, by upload only here. :raises TikTokError: spam_risk_too_many_pending_share"""
    account = own_account(call, "video.upload")
    sent = _counted(call)
    waiting = [
        one
        for one in things.all_of(call.world, "tiktok", "publish", account.id)
        if one["format"] == "draft" and one["created_at"] > call.now - DAY_SECONDS and one.get("failure") == ""
    ]
    if call.fault("quota") or len(waiting) >= call.world.setting("tiktok_drafts_total"):
        message = "There may be at most 5 pending shares within any 24-hour period."
        raise TikTokError("spam_risk_too_many_pending_share", message, status=403)
    kept = {"format": "draft", "text": "", "details": {"privacy_level": "DRAFT"}}
    return ok(_upload(call, account, "v_inbox_file~v2", _source(sent), kept))


def photos(call: Call) -> dict[str, Any]:
    """`content/init/`: one to 35 photos, fetched at once. :raises TikTokError: as its checks"""
    account = own_account(call, "video.publish")
    sent = _counted(call)
    if sent.get("media_type") != "PHOTO" or sent.get("post_mode") != "DIRECT_POST":
        raise invalid("Only media_type PHOTO with post_mode DIRECT_POST is practised here")
    post = check_post(call, account, sent.get("post_info"))
    title, text = words(post, "title", TITLE_MAX), words(post, "description", DESCRIPTION_MAX)
    source = _source(sent)
    addresses, cover = source.get("photo_images"), source.get("photo_cover_index")
    if source.get("source") != "PULL_FROM_URL" or not isinstance(addresses, list):
        raise invalid("photos must come as PULL_FROM_URL with photo_images")
    if not 1 <= len(addresses) <= PHOTOS_MAX or not isinstance(cover, int) or not 0 <= cover < len(addresses):
        raise invalid(f"photo_images must hold 1 to {PHOTOS_MAX} addresses, and photo_cover_index one of them")
    for address in addresses:
        _check_owned(call, address)
    check_day(call, account)
    kept = {"format": "photos", "title": title, "text": text, "details": posts.details(post)}
    publish_id = posts.begin(call, account, "p_pub_url~v2", kept | {"source": "PULL_FROM_URL"})
    failure = ""
    media: list[str] = []
    for address in addresses:
        failure = failure or _take_photo(call, address, media)
    posts.settle(call, publish_id, failure, tuple(media))
    return ok({"publish_id": publish_id})


def _counted(call: Call) -> dict[str, Any]:
    count_call(call, "init")
    return sent_object(call)


def _source(sent: dict[str, Any]) -> dict[str, Any]:
    source = sent.get("source_info")
    if not isinstance(source, dict) or source.get("source") not in ("FILE_UPLOAD", "PULL_FROM_URL"):
        raise invalid("source_info.source must be FILE_UPLOAD or PULL_FROM_URL")
    return source


def _upload(call: Call, account: Account, prefix: str, source: dict[str, Any], kept: dict[str, Any]) -> dict[str, Any]:
    if source["source"] != "FILE_UPLOAD":
        raise invalid("source_info.source must be FILE_UPLOAD here")
    size, part, count = (source.get(name) for name in ("video_size", "chunk_size", "total_chunk_count"))
    if not all(isinstance(value, int) and not isinstance(value, bool) and value > 0 for value in (size, part, count)):
        raise invalid("video_size, chunk_size and total_chunk_count must be positive integers")
    assert isinstance(size, int) and isinstance(part, int) and isinstance(count, int)
    if size > VIDEO_BYTES_MAX:
        raise invalid("The video is larger than 4 GB")
    if count > PARTS_MAX or count != size // part:
        raise invalid("The total chunk count is invalid")
    if part > PART_MAX or (part < PART_MIN and part != size) or (count == 1 and part != size):
        raise invalid("The chunk size is invalid")
    upload_id = secrets.token_hex(12)
    state = {"source": "FILE_UPLOAD", "size": size, "part": part, "count": count, "received": 0, "upload": upload_id}
    publish_id = posts.begin(call, account, prefix, kept | state)
    things.put(call.world, "tiktok", "upload", upload_id, account.id, {"publish_id": publish_id})
    return {"publish_id": publish_id, "upload_url": f"{call.base}/tiktok/upload/video/?upload_id={upload_id}"}


def _pull_video(call: Call, account: Account, source: dict[str, Any], kept: dict[str, Any]) -> dict[str, Any]:
    address = source.get("video_url")
    _check_owned(call, address)
    publish_id = posts.begin(call, account, "v_pub_url~v2-1", kept | {"source": "PULL_FROM_URL"})
    try:
        body = images.fetch(call.world, str(address), limit_bytes=_FETCH_MAX).body
    except images.NotFetched:
        posts.settle(call, publish_id, "video_pull_failed", ())
        return {"publish_id": publish_id}
    failure, clip = posts.judge(body)
    media = (clips.keep(call.world, clip, body),) if clip and not failure else ()
    posts.settle(call, publish_id, failure, media)
    return {"publish_id": publish_id}


def _take_photo(call: Call, address: str, media: list[str]) -> str:
    """Fetch one photo and keep it; returns why not, empty where all is well."""
    try:
        body = images.fetch(call.world, address, limit_bytes=PHOTO_BYTES_MAX).body
        picture = images.measure(body, also=("WEBP",))
    except images.NotFetched:
        return "photo_pull_failed"
    except images.NotAPicture:
        return "file_format_check_failed"
    if picture.format not in ("JPEG", "WEBP"):
        return "file_format_check_failed"
    if len(body) > PHOTO_BYTES_MAX or min(picture.width, picture.height) > PHOTO_SIDE_MAX:
        return "picture_size_check_failed"
    media.append(images.keep(call.world, picture, body))
    return ""


def _check_owned(call: Call, address: Any) -> None:
    """Only what lies under the app's registered addresses is verified. :raises TikTokError: url_ownership_unverified"""
    is_ours = isinstance(address, str) and may_return_to(address, call.world.redirect_prefixes)
    if not is_ours or not call.world.setting("tiktok_media_verified"):
        message = "Please review our URL ownership verification rules: this URL is not under a verified property."
        raise TikTokError("url_ownership_unverified", message, status=403)
