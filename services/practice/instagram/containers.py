"""Containers: what is to be posted, taken and judged at creation, then processed for a while. Facts: IG User media."""

import re
from dataclasses import asdict, dataclass
from typing import Any

from services.practice import things
from services.practice.instagram import carousels, files
from services.practice.instagram.access import owned_account
from services.practice.wire.calls import Call
from services.practice.wire.errors import GraphError, bad_parameter
from services.practice.wire.fields import pick
from services.practice.world import DAY_SECONDS

CAPTION_MAX, HASHTAGS_MAX, MENTIONS_MAX, ALT_TEXT_MAX = 2_200, 30, 20, 1_000
KIND = "container"
_STATUS = {
    "IN_PROGRESS": "In Progress: Media is still being processed.",
    "FINISHED": "Finished: Media has been uploaded and it is ready to be published.",
    "PUBLISHED": "Published: Media has been already published.",
    "EXPIRED": "Expired: The container was not published within 24 hours.",
}


@dataclass(frozen=True)
class Content:
    """What a container holds. `format` is image, reel, story, carousel, or item for a child of one."""

    format: str
    media: tuple[str, ...]
    caption: str = ""
    alt_text: str = ""
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Container:
    """A container as stored. `failure` is the subcode with which processing failed."""

    id: str
    account: str
    content: Content
    created_at: float
    ready_at: float
    failure: int | None
    media_id: str | None

    def status_code(self, now: float) -> str:
        """PUBLISHED, EXPIRED after 24 hours, IN_PROGRESS, then FINISHED or ERROR."""
        if self.media_id is not None:
            return "PUBLISHED"
        if now - self.created_at >= DAY_SECONDS:
            return "EXPIRED"
        if now < self.ready_at:
            return "IN_PROGRESS"
        return "ERROR" if self.failure is not None else "FINISHED"


def create_container(call: Call, account_id: str) -> dict[str, Any]:
    """`POST /{ig-user-id}/media`. :raises GraphError: as the platform's error codes"""
    account = owned_account(call, account_id, "instagram_business_basic", "instagram_business_content_publish")
    _check_words(call)
    _check_rate(call, account.id)
    content = _content(call, account.id)
    failing, slow = call.fault("fail_processing"), call.fault("slow_processing")
    seconds = slow.seconds if slow else call.world.setting("processing_seconds")
    with call.world.store.act():
        container_id = f"1799{call.world.store.next_number('container'):013d}"
        state = {
            "content": asdict(content),
            "ready_at": call.world.now() + seconds,
            "failure": failing.subcode if failing else None,
            "media_id": None,
        }
        things.put(call.world, "instagram", KIND, container_id, account.id, state)
    return {"id": container_id}


def find_container(call: Call, container_id: str) -> Container | None:
    """Read one container."""
    state = things.get(call.world, "instagram", KIND, container_id)
    if state is None:
        return None
    held = state.pop("content")
    details = tuple((name, value) for name, value in held["details"])
    return Container(content=Content(**{**held, "media": tuple(held["media"]), "details": details}), **state)


def read_container(call: Call, container: Container) -> dict[str, Any]:
    """`GET /{container-id}?fields=status_code,status`."""
    code = container.status_code(call.now)
    failed = f"Error: Media upload has failed with error code {container.failure}"
    node = {
        "id": container.id,
        "status_code": code,
        "status": _STATUS.get(code, failed),
        "copyright_check_status": None,
    }
    return pick(node, call.get("fields"), kind="IGContainer")


def _content(call: Call, account: str) -> Content:
    """By media type. Words and alt texts go with what has them, and nowhere else."""
    caption, alt_text, is_item = call.get("caption"), call.get("alt_text"), flag(call, "is_carousel_item", "false")
    match call.get("media_type", "IMAGE"):
        case "IMAGE":
            sha256 = files.take_picture(call, call.need("image_url"), files.FEED)
            return Content("item" if is_item else "image", (sha256,), "" if is_item else caption, alt_text)
        case "VIDEO" if is_item:
            return Content("item", (files.take_clip(call, call.need("video_url"), files.FEED_CLIP)[0],))
        case "REELS" if not is_item:
            return _reel(call, caption)
        case "STORIES" if not is_item:
            return Content("story", (_story_file(call),))
        case "CAROUSEL" if not is_item:
            children = [_child(call, account, child) for child in carousels.children(call)]
            first = children[0].content.alt_text
            return Content("carousel", tuple(child.content.media[0] for child in children), caption, first)
    raise GraphError(100, "The media type is not supported here", subcode=2207023)


def _reel(call: Call, caption: str) -> Content:
    sha256, seconds = files.take_clip(call, call.need("video_url"), files.REEL)
    offset = call.get("thumb_offset", "0")
    if not offset.isdecimal() or int(offset) > seconds * 1_000:
        raise GraphError(1, "The thumbnail offset is outside of the video", subcode=2207057)
    cover = files.take_picture(call, call.get("cover_url"), files.COVER) if call.get("cover_url") else ""
    in_feed = "true" if flag(call, "share_to_feed", "true") else "false"
    told = (("cover", cover),) if cover else (("thumb_offset", offset),)
    return Content("reel", (sha256,), caption, details=(("share_to_feed", in_feed), *told))


def _story_file(call: Call) -> str:
    if call.get("video_url"):
        return files.take_clip(call, call.get("video_url"), files.STORY)[0]
    return files.take_picture(call, call.need("image_url"), files.STORY)


def _child(call: Call, account: str, child_id: str) -> Container:
    child = find_container(call, child_id)
    if child is None or child.account != account or child.content.format != "item":
        raise bad_parameter(f"Param children must name carousel items of this account, which {child_id} is not")
    carousels.check_child(child.status_code(call.now))
    return child


def flag(call: Call, name: str, default: str) -> bool:
    """A boolean parameter. :raises GraphError: 100 for anything else"""
    text = call.get(name, default).lower()
    if text not in ("true", "false", "1", "0"):
        raise bad_parameter(f"Param {name} must be a boolean")
    return text in ("true", "1")


def _check_words(call: Call) -> None:
    caption = call.get("caption")
    hashtags, mentions = re.findall(r"(?<!\w)#\w+", caption), re.findall(r"(?<![\w.])@[\w.]+", caption)
    if len(caption) > CAPTION_MAX or len(hashtags) > HASHTAGS_MAX or len(mentions) > MENTIONS_MAX:
        raise GraphError(
            36004,
            "The caption is too long",
            subcode=2207010,
            detail=f"At most {CAPTION_MAX} characters, {HASHTAGS_MAX} hashtags and {MENTIONS_MAX} @ tags are allowed.",
        )
    if len(call.get("alt_text")) > ALT_TEXT_MAX:
        raise bad_parameter(f"Param alt_text must be at most {ALT_TEXT_MAX} characters long")


def _check_rate(call: Call, account: str) -> None:
    row = call.world.store.one(
        "select count(*) as made from things where platform = 'instagram' and kind = :kind and account = :account"
        " and created_at > :since",
        kind=KIND,
        account=account,
        since=call.now - DAY_SECONDS,
    )
    if row is not None and row["made"] >= call.world.setting("containers_total"):
        raise GraphError(4, "(#4) Application request limit reached", status=403, is_transient=True)
