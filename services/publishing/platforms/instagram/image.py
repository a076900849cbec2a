"""
Instagram, one picture: container, poll, publish. Nothing is visible before `media_publish`.

The container is the guard against doubles: the platform publishes one at most once, so a try whose answer was lost is
repeated with the same container, never with a new one, unless the platform says that the old one can never go live.
Facts: Instagram Platform, Content Publishing and IG Container, Graph v26.0.
"""

from dataclasses import replace

from services.publishing.platforms.instagram.specs import ACCOUNT
from services.publishing.platforms.instagram.wire import OneContainer, create
from services.publishing.publisher import Door, Order, Remote


class Instagram(OneContainer):
    """Publishes single pictures to professional accounts."""

    spec = replace(
        ACCOUNT,
        media_types=("image/jpeg",),
        bytes_max=8 * 1024 * 1024,
    )

    def prepare(self, order: Order, door: Door) -> Remote:
        form = {"image_url": order.media_urls[0], "caption": order.content.text}
        if order.content.media[0].alt_text:
            form["alt_text"] = order.content.media[0].alt_text
        return {"container": create(door, form)}
