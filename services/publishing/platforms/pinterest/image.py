"""
Pinterest, one picture: a single call with the picture's own bytes.

Sent as base64 rather than by address: the sealed bytes themselves arrive, whether or not Pinterest can reach our files.
Facts: OpenAPI 5.23.0, `POST /pins`; limits of files from publishing vendors' guides, 2025-26.
"""

import base64
from datetime import date

from services.publishing.platforms.pinterest.wire import ALT_TEXT_MAX, BOARD, DESCRIPTION_MAX, TITLE, Pins, make_pin
from services.publishing.publisher import Door, Order, PlatformSpec, Receipt, Remote


class PinterestImage(Pins):
    """Publishes picture pins."""

    spec = PlatformSpec(
        platform="pinterest",
        label="Pinterest",
        text_max=DESCRIPTION_MAX,
        hashtags_max=None,
        mentions_max=None,
        alt_text_max=ALT_TEXT_MAX,
        media_types=("image/jpeg", "image/png"),
        media_min=1,
        media_max=1,
        ratio_min=0.1,  # no limit is told; 2:3 is recommended
        ratio_max=10.0,
        width_min=0,
        prepares=False,
        proves_absence=False,
        source="Pinterest OpenAPI 5.23.0, POST /pins",
        checked_on=date(2026, 11, 21),
        format="image",
        format_label="Picture pin",
        bytes_max=20 * 1024 * 1024,
        links_apart=True,
        settings=(BOARD, TITLE),
    )

    def prepare(self, order: Order, door: Door) -> Remote:
        return {}

    def poll(self, remote: Remote, door: Door) -> bool:
        return True

    def publish(self, order: Order, remote: Remote, door: Door) -> Receipt:
        with order.open_media(0) as file:
            data = base64.b64encode(file.read()).decode()
        source = {"source_type": "image_base64", "content_type": order.content.media[0].content_type, "data": data}
        return make_pin(order.content, source, door)
