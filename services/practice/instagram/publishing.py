"""`media_publish`: the call that cannot be taken back, and the quota it counts against."""

import base64
import hashlib
from typing import Any

from services.practice import accepted, things
from services.practice.accepted import Post
from services.practice.instagram.access import owned_account
from services.practice.instagram.containers import KIND, Container, find_container
from services.practice.wire.calls import Call
from services.practice.wire.errors import GraphError, bad_parameter
from services.practice.wire.fields import pick
from services.practice.world import DAY_SECONDS


def publish(call: Call, account_id: str) -> dict[str, Any]:
    """
    `POST /{ig-user-id}/media_publish`: one container becomes one post, once.

    :raises GraphError: 24/2207006 unknown or already published, 100 an item of a carousel, -2/2207020 expired,
        9007/2207027 not ready, -1/2207032 processing failed, 9/2207042 quota
    """
    account = owned_account(call, account_id, "instagram_business_basic", "instagram_business_content_publish")
    creation_id = call.need("creation_id")
    is_spent = call.fault("quota") is not None  # asked outside the act: a refusal undoes what is counted within
    with call.world.store.act():
        container = find_container(call, creation_id)
        if container is None or container.account != account.id:
            raise _gone()
        if container.content.format == "item":
            raise bad_parameter("Param creation_id must not be an item of a carousel")
        _check_ready(container, call.now)
        made = accepted.posts_since(call.world, account.id, call.now - DAY_SECONDS)
        if is_spent or made >= call.world.setting("quota_total"):
            raise GraphError(
                9,
                "Application request limit reached",
                subcode=2207042,
                status=403,
                detail="You have reached the maximum number of posts that can be published by Content Publishing API.",
            )
        return {"id": _accept(call, container)}


def publishing_limit(call: Call, account_id: str) -> dict[str, Any]:
    """`GET /{ig-user-id}/content_publishing_limit`."""
    account = owned_account(call, account_id, "instagram_business_basic", "instagram_business_content_publish")
    total = int(call.world.setting("quota_total"))
    node = {
        "quota_usage": accepted.posts_since(call.world, account.id, call.now - DAY_SECONDS),
        "config": {"quota_total": total, "quota_duration": int(DAY_SECONDS)},
    }
    return {"data": [pick(node, call.get("fields"), kind="ContentPublishingLimit", default="quota_usage")]}


def _check_ready(container: Container, now: float) -> None:
    status = container.status_code(now)
    if status == "PUBLISHED":
        raise _gone()
    if status == "EXPIRED":
        raise GraphError(-2, "The container has expired", subcode=2207020)
    if status == "IN_PROGRESS":
        raise GraphError(9007, "Media ID is not available", subcode=2207027, detail="The media is not ready yet.")
    if status == "ERROR":
        raise GraphError(-1, "Create media failed", subcode=2207032, detail="Create the media again.")


def _gone() -> GraphError:
    return GraphError(24, "The requested resource does not exist", subcode=2207006)


def _accept(call: Call, container: Container) -> str:
    media_id = f"1805{call.world.store.next_number('media'):013d}"
    content = container.content
    digest = hashlib.sha256(f"media/{media_id}".encode()).digest()
    accepted.add(
        call.world,
        Post(
            id=media_id,
            platform="instagram",
            account=container.account,
            container_id=container.id,
            shortcode=base64.urlsafe_b64encode(digest[:8]).decode().rstrip("="),
            caption=content.caption,
            alt_text=content.alt_text,
            image_sha256=content.media[0],
            created_at=call.world.now(),
            format=content.format,
            media=content.media,
            details=dict(content.details),
        ),
    )
    things.change(call.world, "instagram", KIND, container.id, media_id=media_id)
    return media_id
