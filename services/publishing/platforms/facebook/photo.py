"""
Facebook Page, one photo: a single call, visible at once.

The platform gives no proof of absence: after a lost answer the Page's own list can show that the photo is there, but
not that it never will be. Facts: Pages API, Photos, Graph v26.0.
"""

from dataclasses import replace
from datetime import datetime

from services.approvals import SealedContent
from services.publishing.platforms.facebook.specs import PAGE
from services.publishing.platforms.facebook.wire import OnPage, call, look, made_id
from services.publishing.publisher import Door, Order, Receipt, Remote, Sighting


class Facebook(OnPage):
    """Publishes single photos to Pages."""

    spec = replace(
        PAGE,
        media_types=("image/jpeg", "image/png"),
        pulls=True,
        prepares=False,
        source="Pages API, Photos",
        format="photo",
        format_label="Photo",
        bytes_max=10 * 1024 * 1024,
    )

    def publish(self, order: Order, remote: Remote, door: Door) -> Receipt:
        form = {"url": order.media_urls[0], "caption": order.content.text, "published": "true"}
        if order.content.media[0].alt_text:
            form["alt_text_custom"] = order.content.media[0].alt_text
        return Receipt(made_id(call(door, "POST", f"{door.account}/photos", form=form), "post_id", "id"))

    def find(self, content: SealedContent, remote: Remote, since: datetime, door: Door) -> Sighting:
        return look(content, since, door)
