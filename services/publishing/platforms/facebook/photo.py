"""
Facebook Page, one photo: a single call, visible at once.

The platform gives no proof of absence: after a lost answer the Page's own list can show that the photo is there, but
not that it never will be. Facts: Pages API, Photos, Graph v26.0.
"""

from datetime import date, datetime

from services.approvals import SealedContent
from services.publishing.platforms.facebook.wire import OnPage, call, look, made_id
from services.publishing.publisher import Door, Order, PlatformSpec, Receipt, Remote, Sighting


class Facebook(OnPage):
    """Publishes single photos to Pages."""

    spec = PlatformSpec(
        platform="facebook",
        label="Facebook",
        text_max=63_206,
        hashtags_max=None,
        mentions_max=None,
        alt_text_max=1_000,
        media_types=("image/jpeg", "image/png"),
        media_min=1,
        media_max=1,
        ratio_min=1 / 3,
        ratio_max=3.0,
        width_min=320,
        pulls=True,
        prepares=False,
        proves_absence=False,
        source="Pages API, Photos",
        checked_on=date(2026, 11, 21),
        format="photo",
        format_label="Photo",
        fold=110,
        fold_lines=5,
        bytes_max=10 * 1024 * 1024,
    )

    def publish(self, order: Order, remote: Remote, door: Door) -> Receipt:
        form = {"url": order.media_urls[0], "caption": order.content.text, "published": "true"}
        if order.content.media[0].alt_text:
            form["alt_text_custom"] = order.content.media[0].alt_text
        return Receipt(made_id(call(door, "POST", f"{door.account}/photos", form=form), "post_id", "id"))

    def find(self, content: SealedContent, remote: Remote, since: datetime, door: Door) -> Sighting:
        return look(content, since, door)
