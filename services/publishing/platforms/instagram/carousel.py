"""
Instagram, several pictures and videos in one post: a container for each, then one around them.

The children are prepared; the parent, which carries the words, is made when they are ready. It is kept before it is
published, so a lost answer is looked up by the parent's own state. Without a parent nothing was ever published.
Facts: Content Publishing (carousels), Graph v26.0. A video in a carousel: no limits of its own are published, so those
of the stories, the strictest, hold.
"""

from dataclasses import replace
from datetime import datetime

from services.approvals import SealedContent, SealedMedia
from services.kit.errors import Unavailable
from services.publishing.platforms.instagram.specs import ACCOUNT
from services.publishing.platforms.instagram.wire import OneContainer, create, is_ready, publish_container
from services.publishing.publisher import Door, Order, Receipt, Remote, Sighting


class Carousel(OneContainer):
    """Publishes two to ten pictures and videos as one post."""

    spec = replace(
        ACCOUNT,
        media_types=("image/jpeg", "video/mp4", "video/quicktime"),
        media_min=2,
        media_max=10,
        source="Instagram Platform, Content Publishing, Carousels",
        format="carousel",
        format_label="Carousel",
        bytes_max=100 * 1024 * 1024,
        seconds_min=3,
        seconds_max=60,
    )

    def prepare(self, order: Order, door: Door) -> Remote:
        made = [
            create(door, _child(item, url)) for item, url in zip(order.content.media, order.media_urls, strict=True)
        ]
        return {"children": ",".join(made)}

    def poll(self, remote: Remote, door: Door) -> bool:
        if "container" in remote:
            return super().poll(remote, door)
        return all(is_ready(child, door) for child in remote["children"].split(","))

    def publish(self, order: Order, remote: Remote, door: Door) -> Receipt:
        """:raises Unavailable: the parent is not ready yet; it is kept for the next try"""
        container = remote.get("container")
        if container is None:
            form = {"media_type": "CAROUSEL", "children": remote["children"], "caption": order.content.text}
            container = create(door, form)
            door.keep({**remote, "container": container})
            if not is_ready(container, door):
                raise Unavailable("Instagram is still putting the carousel together.")
        return publish_container(container, door)

    def find(self, content: SealedContent, remote: Remote, since: datetime, door: Door) -> Sighting:
        """A parent whose id was never kept was never published either."""
        if "container" not in remote:
            return Sighting(is_absent=True, remote=remote)
        return super().find(content, remote, since, door)


def _child(item: SealedMedia, url: str) -> dict[str, str]:
    """A video without its media type would be asked for a picture's address."""
    if item.content_type.startswith("video/"):
        return {"is_carousel_item": "true", "media_type": "VIDEO", "video_url": url}
    form = {"is_carousel_item": "true", "image_url": url}
    return {**form, "alt_text": item.alt_text} if item.alt_text else form
