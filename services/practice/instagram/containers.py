"""Containers: the picture is fetched and judged at creation, then processed for a while. Facts: Content Publishing."""

import re
import sqlite3
from dataclasses import dataclass
from typing import Any

from services.practice import images
from services.practice.images import Picture
from services.practice.instagram.access import owned_account
from services.practice.wire.calls import Call
from services.practice.wire.errors import GraphError, bad_parameter
from services.practice.wire.fields import pick
from services.practice.world import DAY_SECONDS

CAPTION_MAX, HASHTAGS_MAX, MENTIONS_MAX, ALT_TEXT_MAX = 2_200, 30, 20, 1_000
IMAGE_BYTES_MAX, WIDTH_MIN, RATIO_MIN, RATIO_MAX = 8 * 1024 * 1024, 320, 4 / 5, 1.91
_RATIO_TOLERANCE = 0.01  # 1200 x 628, the usual wide size, is 1.911
_STATUS = {
    "IN_PROGRESS": "In Progress: Media is still being processed.",
    "FINISHED": "Finished: Media has been uploaded and it is ready to be published.",
    "PUBLISHED": "Published: Media has been already published.",
    "EXPIRED": "Expired: The container was not published within 24 hours.",
}


@dataclass(frozen=True)
class Container:
    """A container as stored. `failure` is the subcode with which processing failed."""

    id: str
    account: str
    caption: str
    alt_text: str
    image_sha256: str
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
    """`POST /{ig-user-id}/media` for a single image. :raises GraphError: as the platform's error codes"""
    account = owned_account(call, account_id, "instagram_business_basic", "instagram_business_content_publish")
    if call.get("media_type", "IMAGE") != "IMAGE" or call.get("video_url"):
        raise GraphError(100, "Only image posts are practised here", subcode=2207023)
    address = call.need("image_url")
    _check_words(call)
    _check_rate(call, account.id)
    picture, body = _fetch_picture(call, address)
    failing, slow = call.fault("fail_processing"), call.fault("slow_processing")
    seconds = slow.seconds if slow else call.world.setting("processing_seconds")
    store = call.world.store
    with store.act():
        container_id = f"1799{store.next_number('container'):013d}"
        sha256 = images.keep(call.world, picture, body)
        now = call.world.now()
        store.run(
            "insert into containers (id, account, caption, alt_text, image_url, image_sha256, created_at, ready_at,"
            " failure) values (:id, :account, :caption, :alt_text, :url, :sha256, :now, :ready_at, :failure)",
            id=container_id,
            account=account.id,
            caption=call.get("caption"),
            alt_text=call.get("alt_text"),
            url=address,
            sha256=sha256,
            now=now,
            ready_at=now + seconds,
            failure=failing.subcode if failing else None,
        )
    return {"id": container_id}


def find_container(call: Call, container_id: str) -> Container | None:
    """Read one container."""
    row: sqlite3.Row | None = call.world.store.one(
        "select id, account, caption, alt_text, image_sha256, created_at, ready_at, failure, media_id"
        " from containers where id = :id",
        id=container_id,
    )
    return None if row is None else Container(*row)


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
        "select count(*) as made from containers where account = :account and created_at > :since",
        account=account,
        since=call.now - DAY_SECONDS,
    )
    if row is not None and row["made"] >= call.world.setting("containers_total"):
        raise GraphError(4, "(#4) Application request limit reached", status=403, is_transient=True)


def _fetch_picture(call: Call, address: str) -> tuple[Picture, bytes]:
    try:
        fetched = images.fetch(call.world, address, limit_bytes=IMAGE_BYTES_MAX)
    except images.NotFetched as problem:
        detail = f"The media could not be fetched from this URI: {problem}."
        raise GraphError(
            9004, "Only photo or video can be accepted as media type.", subcode=2207052, detail=detail
        ) from problem
    if len(fetched.body) > IMAGE_BYTES_MAX:
        raise GraphError(36000, "The image is too large", subcode=2207004, detail="The limit is 8 MiB.")
    try:
        picture = images.measure(fetched.body)
    except images.NotAPicture as problem:
        raise _wrong_format("the file is no readable picture") from problem
    if picture.format != "JPEG" or fetched.content_type != "image/jpeg":
        raise _wrong_format(f"the file is {picture.content_type}, sent as {fetched.content_type or 'nothing'}")
    if not RATIO_MIN - _RATIO_TOLERANCE <= picture.ratio <= RATIO_MAX + _RATIO_TOLERANCE or picture.width < WIDTH_MIN:
        detail = f"{picture.width} x {picture.height} is not between 4:5 and 1.91:1 and at least 320 wide."
        raise GraphError(36003, "The aspect ratio is not supported", subcode=2207009, detail=detail)
    return picture, fetched.body


def _wrong_format(reason: str) -> GraphError:
    detail = f"Only JPEG is supported: {reason}."
    return GraphError(36001, "The image format is not supported", subcode=2207005, detail=detail)
