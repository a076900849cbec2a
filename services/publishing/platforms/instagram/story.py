"""
Instagram, a story: one picture or video for 24 hours, without words. Facts: Content Publishing (stories), Graph v26.0.

A story carries nothing of ours that the platform shows in its list, so its id is found by kind and time; that it went
out at all is proven by its container.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from services.approvals import SealedContent
from services.publishing.platforms.instagram.specs import ACCOUNT
from services.publishing.platforms.instagram.wire import OneContainer, create
from services.publishing.publisher import Door, Order, Remote, Sighting


class Story(OneContainer):
    """Publishes one picture or video as a story."""

    shown_in = "stories"
    spec = replace(
        ACCOUNT,
        text_max=0,
        hashtags_max=None,
        mentions_max=None,
        media_types=("image/jpeg", "video/mp4", "video/quicktime"),
        ratio_min=0.1,
        ratio_max=10.0,
        width_min=1,
        source="Instagram Platform, Content Publishing, Stories",
        format="story",
        look="story",
        format_label="Story",
        bytes_max=100 * 1024 * 1024,
        seconds_min=3,
        seconds_max=60,
        fold=0,
        fold_lines=0,
    )

    def prepare(self, order: Order, door: Door) -> Remote:
        field = "video_url" if _is_video(order.content) else "image_url"
        return {"container": create(door, {"media_type": "STORIES", field: order.media_urls[0]})}

    def find(self, content: SealedContent, remote: Remote, since: datetime, door: Door) -> Sighting:
        """Those since the intent first: a person's own story of a minute before must not be taken for ours."""
        found = super().find(content, remote, since, door)
        seen = sorted(found.seen, key=lambda one: (one.at is None or one.at < since, one.at))
        return Sighting(tuple(seen), found.is_live, found.is_absent, found.remote)

    def is_listed(self, content: SealedContent) -> bool:
        """Not for long: after 24 h a story that went out is in no list, so its absence proves nothing."""
        return False

    def could_be(self, row: dict[str, Any], content: SealedContent) -> bool:
        return row.get("media_type") == ("VIDEO" if _is_video(content) else "IMAGE")


def _is_video(content: SealedContent) -> bool:
    return content.media[0].content_type.startswith("video/")
