"""
Instagram, a reel: one video in one container. Facts: Content Publishing (reels), Graph v26.0.

The cover is a moment of the video itself: a cover picture from another address would not be under the seal.
"""

from dataclasses import replace

from services.kit.errors import Rejected
from services.publishing.platforms.instagram.specs import ACCOUNT
from services.publishing.platforms.instagram.wire import OneContainer, create
from services.publishing.publisher import Door, Order, Remote, Setting

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
        format_label="Reel",
        bytes_max=300 * 1024 * 1024,
        seconds_min=3,
        seconds_max=_SECONDS_MOST,
        settings=(
            Setting("share_to_feed", "Also in the feed", (("yes", "Yes"), ("no", "Reels tab only")), default="yes"),
            Setting(
                "cover_second",
                "Cover picture at second",
                text_max=7,
                help="The moment of the video that is shown as its cover, for example 2.5. Empty: the first picture.",
            ),
        ),
    )

    def prepare(self, order: Order, door: Door) -> Remote:
        chosen = order.content.settings
        form = {
            "media_type": "REELS",
            "video_url": order.media_urls[0],
            "caption": order.content.text,
            "share_to_feed": "false" if chosen.get("share_to_feed") == "no" else "true",
        }
        if chosen.get("cover_second"):
            form["thumb_offset"] = str(_offset(chosen["cover_second"]))
        return {"container": create(door, form)}


def _offset(text: str) -> int:
    """Milliseconds. :raises Rejected: no number of seconds inside the longest reel"""
    whole, _, part = text.strip().replace(",", ".").partition(".")
    digits = f"{whole or '0'}{(part + '000')[:3]}"
    if not (digits.isascii() and digits.isdecimal()) or int(digits) >= _SECONDS_MOST * 1_000:
        raise Rejected(f"The cover's second must be a number below {_SECONDS_MOST}, such as 2.5.")
    return int(digits)
