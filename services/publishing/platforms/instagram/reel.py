"""
Instagram, a reel: one video in one container. Facts: Content Publishing (reels), Graph v26.0.

The cover is a moment of the video, `thumb_offset`, or a picture, `cover_url`, which then wins.
"""

from dataclasses import replace

from services.kit.errors import Rejected
from services.publishing.covers import moment_ms
from services.publishing.platforms.instagram.specs import ACCOUNT
from services.publishing.platforms.instagram.wire import OneContainer, create
from services.publishing.publisher import COVER_SECOND, Cover, Door, Order, Remote, Setting

_SECONDS_MOST = 900


class Reel(OneContainer):
    """Publishes a video as a reel, in the feed too unless a person says otherwise."""

    spec = replace(
        ACCOUNT,
        media_types=("video/mp4", "video/quicktime"),
        ratio_min=0.01,
        ratio_max=10.0,
        width_min=1,
        source="Instagram Platform, Content Publishing, Reels",
        format="reel",
        look="reel",
        format_label="Reel",
        bytes_max=300 * 1024 * 1024,
        seconds_min=3,
        seconds_max=_SECONDS_MOST,
        settings=(
            Setting("share_to_feed", "Also in the feed", (("yes", "Yes"), ("no", "Reels tab only")), default="yes"),
            Setting(COVER_SECOND, "Cover: second of the clip", text_max=7, help="Empty: the first picture."),
        ),
        cover=Cover(media_types=("image/jpeg",), bytes_max=8 * 1024 * 1024),
    )

    def prepare(self, order: Order, door: Door) -> Remote:
        chosen = order.content.settings
        form = {
            "media_type": "REELS",
            "video_url": order.media_urls[0],
            "caption": order.content.text,
            "share_to_feed": "false" if chosen.get("share_to_feed") == "no" else "true",
        }
        if order.cover_url:
            form["cover_url"] = order.cover_url
        elif chosen.get(COVER_SECOND):
            form["thumb_offset"] = str(_offset(chosen[COVER_SECOND]))
        return {"container": create(door, form)}


def _offset(text: str) -> int:
    """Milliseconds. :raises Rejected: no number of seconds inside the longest reel"""
    at = moment_ms(text)
    if at is None or at >= _SECONDS_MOST * 1_000:
        raise Rejected(f"The cover's second must be a number below {_SECONDS_MOST}, such as 2.5.")
    return at
