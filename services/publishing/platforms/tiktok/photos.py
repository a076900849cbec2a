"""
TikTok photos: one to 35, fetched by TikTok from our media host. Facts: Content Posting API v2, Photo Post.

The one call cannot be taken back. After a lost answer only a public post with the same words can be recognised.
"""

from dataclasses import replace
from datetime import datetime

from services.approvals import SealedContent
from services.kit.errors import Rejected
from services.publishing.errors import Accepted
from services.publishing.platforms.tiktok import status
from services.publishing.platforms.tiktok.choices import (
    PHOTO_SETTINGS,
    TITLE,
    photo_info,
    utf16_length,
)
from services.publishing.platforms.tiktok.specs import CREATOR
from services.publishing.platforms.tiktok.wire import TikTok, ask_first, call, publish_id_in
from services.publishing.publisher import Door, Order, Receipt, Remote, Sighting


class Photos(TikTok):
    """Publishes one or more photos as one post."""

    spec = replace(
        CREATOR,
        format="photos",
        format_label="Photos",
        text_max=4_000,
        media_types=("image/jpeg", "image/webp"),
        media_max=35,
        bytes_max=20 * 1024 * 1024,
        pulls=True,
        prepares=False,
        proves_absence=False,
        settings=PHOTO_SETTINGS,
    )

    def publish(self, order: Order, remote: Remote, door: Door) -> Receipt:
        """:raises Accepted: where all went well: TikTok fetches and processes the photos now"""
        title = order.content.settings.get("title", "")
        if utf16_length(title) > TITLE.text_max:
            raise Rejected(f"TikTok takes {TITLE.text_max} characters of title; this has {utf16_length(title)}.")
        ask_first(order, door)
        body = {
            "media_type": "PHOTO",
            "post_mode": "DIRECT_POST",
            "post_info": photo_info(order.content),
            "source_info": {
                "source": "PULL_FROM_URL",
                "photo_cover_index": 0,
                "photo_images": list(order.media_urls),
            },
        }
        begun = publish_id_in(call(door, "post/publish/content/init/", body, writes=True))
        raise Accepted("TikTok is fetching the photos.", {"publish_id": begun})

    def find(self, content: SealedContent, remote: Remote, since: datetime, door: Door) -> Sighting:
        words = content.text if content.text.strip() else content.settings.get("title", "")
        return status.look(content, remote, since, door, words)
