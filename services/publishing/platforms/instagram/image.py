"""
Instagram, one picture: container, poll, publish. Nothing is visible before `media_publish`.

The container is the guard against doubles: the platform publishes one at most once, so a try whose answer was lost is
repeated with the same container, never with a new one, unless the platform says that the old one can never go live.
Facts: Instagram Platform, Content Publishing and IG Container, Graph v26.0.
"""

from datetime import date

from services.publishing.platforms.instagram.wire import OneContainer, create
from services.publishing.publisher import Door, Order, PlatformSpec, Remote


class Instagram(OneContainer):
    """Publishes single pictures to professional accounts."""

    spec = PlatformSpec(
        platform="instagram",
        label="Instagram",
        text_max=2_200,
        hashtags_max=30,
        mentions_max=20,
        alt_text_max=1_000,
        media_types=("image/jpeg",),
        media_min=1,
        media_max=1,
        ratio_min=4 / 5,
        ratio_max=1.91,
        width_min=320,
        pulls=True,
        prepares=True,
        proves_absence=True,
        source="Instagram Platform, Content Publishing",
        checked_on=date(2026, 11, 21),
        fold=125,
        fold_lines=3,
        bytes_max=8 * 1024 * 1024,
    )

    def prepare(self, order: Order, door: Door) -> Remote:
        form = {"image_url": order.media_urls[0], "caption": order.content.text}
        if order.content.media[0].alt_text:
            form["alt_text"] = order.content.media[0].alt_text
        return {"container": create(door, form)}
