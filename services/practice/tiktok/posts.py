"""
Publications under way, by publish_id: begun, received, processed, public.

Nothing runs in the background: how far one is follows from the clock. A publication that will not fail is in the
record of accepted posts from the moment it can no longer be stopped.
"""

from typing import Any

from services.practice import accepted, clips, things
from services.practice.seeds import ACCOUNTS, Account
from services.practice.tiktok.access import TikTokError, count_call, invalid, ok, own_account, sent_object
from services.practice.tiktok.creator import FLAGS, PUBLIC, SECONDS_MAX
from services.practice.wire.calls import Call
from services.practice.world import World

SECONDS_MIN, SIDE_MIN, SIDE_MAX = 3, 360, 4_096
_CODECS = {"h264", "hevc", "vp8", "vp9"}
_FORMATS = {"mp4", "mov", "webm"}


def begin(call: Call, account: Account, prefix: str, state: dict[str, Any]) -> str:
    """Keep a new publication; returns its publish_id."""
    publish_id = f"{prefix}.{7_300_000_000_000_000_000 + call.world.store.next_number('tiktok')}"
    things.put(call.world, "tiktok", "publish", publish_id, account.id, state)
    return publish_id


def details(post: dict[str, Any]) -> dict[str, str]:
    """What the creator chose, for the post's page and the record."""
    flags = {name: "yes" if post.get(name) else "no" for name in FLAGS if name in post}
    cover = post.get("video_cover_timestamp_ms")
    moment = {} if cover is None else {"video_cover_timestamp_ms": str(cover)}
    return {"privacy_level": str(post["privacy_level"]), **flags, **moment}


def judge(body: bytes) -> tuple[str, clips.Clip | None]:
    """Why TikTok would not process this video, empty where it would; with its measures where it can be read."""
    try:
        clip = clips.measure(body)
    except clips.NotAClip:
        return "file_format_check_failed", None
    if clip.format not in _FORMATS or clip.codec not in _CODECS:
        return "file_format_check_failed", clip
    if not SECONDS_MIN <= round(clip.seconds, 1) <= SECONDS_MAX:
        return "duration_check_failed", clip
    if not 22.9 <= clip.frames_per_second <= 60.1:
        return "frame_rate_check_failed", clip
    if not SIDE_MIN <= min(clip.width, clip.height) <= max(clip.width, clip.height) <= SIDE_MAX:
        return "picture_size_check_failed", clip
    return "", clip


def settle(call: Call, publish_id: str, failure: str, media: tuple[str, ...]) -> None:
    """All is received: from here on it is published, or fails, after its time of processing."""
    failing, slow = call.fault("fail_processing"), call.fault("slow_processing")
    if failing:
        failure = failing.body if isinstance(failing.body, str) else "internal"
    done_at = call.now + (slow.seconds if slow else call.world.setting("processing_seconds"))
    state = things.change(call.world, "tiktok", "publish", publish_id, done_at=done_at, failure=failure)
    if failure:
        return
    number = publish_id.rpartition(".")[2]
    handle = ACCOUNTS["tiktok"][state["account"]].handle
    accepted.add(
        call.world,
        accepted.Post(
            id=number,
            platform="tiktok",
            account=state["account"],
            caption=state["text"],
            image_sha256=media[0],
            created_at=done_at,
            format=state["format"],
            media=media,
            details=state["details"] | ({"title": state["title"]} if state.get("title") else {}),
            path=f"/tiktok/@{handle}/video/{number}",
        ),
    )


def fetch_status(call: Call) -> dict[str, Any]:
    """`status/fetch/`. :raises TikTokError: invalid_publish_id, token_not_authorized_for_specified_publish_id"""
    account = own_account(call)
    count_call(call, "status")
    publish_id = sent_object(call).get("publish_id")
    if not isinstance(publish_id, str) or not publish_id:
        raise invalid("publish_id is required")
    state = things.get(call.world, "tiktok", "publish", publish_id)
    if state is None:
        raise TikTokError("invalid_publish_id", "The publish_id does not exist.")
    if state["account"] != account.id:
        message = "The access_token is not authorized for this publish_id."
        raise TikTokError("token_not_authorized_for_specified_publish_id", message)
    return ok(_told(call.world, state, call.now))


def is_public(world: World, post: accepted.Post, now: float) -> bool:
    """Has everybody been able to see it by now?"""
    is_shown = now >= post.created_at + world.setting("tiktok_moderation_seconds")
    return post.details.get("privacy_level") == PUBLIC and is_shown


def _told(world: World, state: dict[str, Any], now: float) -> dict[str, Any]:
    is_pulled, size = state["source"] == "PULL_FROM_URL", state.get("size", 0)
    done_at = state.get("done_at")
    if done_at is None or now < done_at:
        if is_pulled:
            return {"status": "PROCESSING_DOWNLOAD", "downloaded_bytes": size}
        return {"status": "PROCESSING_UPLOAD", "uploaded_bytes": size if done_at else state["received"]}
    if state["failure"]:
        return {"status": "FAILED", "fail_reason": state["failure"]}
    if state["format"] == "draft":
        return {"status": "SEND_TO_USER_INBOX"}
    number = state["id"].rpartition(".")[2]
    post = accepted.find(world, number)
    ids = [int(number)] if post is not None and is_public(world, post, now) else []
    return {"status": "PUBLISH_COMPLETE", "publicaly_available_post_id": ids}
