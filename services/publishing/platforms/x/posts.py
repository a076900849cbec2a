"""
X, one post: words alone, with pictures, or with a video.

`POST /2/tweets` is the one call that cannot be taken back, and X has no key against doubles. After a lost answer the
account's own timeline can show that the post is there, never that it is not: absence is for a person to say. X refuses
a second post with the same words, which is a last net and no proof: it also refuses what somebody else wrote there.
Facts: X API v2, manage posts, media, user timelines; OpenAPI 2.167.
"""

from datetime import datetime
from typing import ClassVar

from services.approvals import SealedContent
from services.publishing.platforms.x.known import is_ours, replied_to
from services.publishing.platforms.x.uploads import (
    demand_alive,
    is_processed,
    media_ids,
    upload_images,
    upload_video,
)
from services.publishing.platforms.x.wire import (
    CLOCKS_APART,
    IMAGES,
    RECENT_MOST,
    address,
    body_of,
    create,
    made_at,
    receipt,
    spec,
    timeline,
)
from services.publishing.publisher import Door, Order, PlatformSpec, Receipt, Remote, Sighting


class _Post:
    """What the three kinds do alike; media that `prepare` uploaded stand in `remote`."""

    spec: ClassVar[PlatformSpec]

    def prepare(self, order: Order, door: Door) -> Remote:
        """Nothing: the one call carries everything."""
        return {}

    def poll(self, remote: Remote, door: Door) -> bool:
        demand_alive(remote, door)
        return True

    def publish(self, order: Order, remote: Remote, door: Door) -> Receipt:
        post_id = create(door, body_of(order.content, order.content.text, media_ids(order.content, remote)))
        return Receipt(post_id, permalink=address(door, post_id))

    def find(self, content: SealedContent, remote: Remote, since: datetime, door: Door) -> Sighting:
        """Posts since the intent with our media, or with our words where we sent no media."""
        rows = timeline(door, since=since)
        ours = [row for row in rows if not replied_to(row) and is_ours(row, content.text, remote)]
        recent = [row for row in ours if (at := made_at(row)) and at >= since - CLOCKS_APART]
        return Sighting(tuple(receipt(door, row) for row in reversed(recent)), is_live=bool(recent))

    def recent(self, door: Door) -> list[Receipt]:
        return [receipt(door, row) for row in timeline(door, most=RECENT_MOST)]

    def permalink(self, remote_id: str, door: Door) -> str | None:
        return address(door, remote_id)


class Text(_Post):
    """Words alone."""

    spec = spec("text", "Text", prepares=False)


class Images(_Post):
    """One to four pictures."""

    spec = spec("images", "Pictures", media_types=IMAGES, media_min=1, media_max=4, bytes_max=5_000_000)

    def prepare(self, order: Order, door: Door) -> Remote:
        return upload_images(order, door)


class Video(_Post):
    """One video, uploaded in segments and processed before the post. X takes no alt text with it."""

    spec = spec(
        "video",
        "Video",
        media_types=("video/mp4", "video/quicktime"),
        media_min=1,
        media_max=1,
        ratio_min=1 / 3,
        ratio_max=3.0,
        width_min=32,
        bytes_max=512_000_000,
        seconds_min=0.5,
        seconds_max=140.0,
    )

    def prepare(self, order: Order, door: Door) -> Remote:
        return upload_video(order, door)

    def poll(self, remote: Remote, door: Door) -> bool:
        demand_alive(remote, door)
        return is_processed(remote, door)
