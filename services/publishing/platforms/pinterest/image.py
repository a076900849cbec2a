"""
Pinterest, one picture: a single call with the picture's own bytes.

Sent as base64 rather than by address: the sealed bytes themselves arrive, whether or not Pinterest can reach our files.
Facts: OpenAPI 5.23.0, `POST /pins`; limits of files from publishing vendors' guides, 2025-26.
"""

import base64
from dataclasses import replace

from services.publishing.platforms.pinterest.specs import PIN
from services.publishing.platforms.pinterest.wire import Pins, make_pin
from services.publishing.publisher import Door, Order, Receipt, Remote


class PinterestImage(Pins):
    """Publishes picture pins."""

    spec = replace(
        PIN,
        media_types=("image/jpeg", "image/png"),
        format="image",
        format_label="Picture pin",
        bytes_max=20 * 1024 * 1024,
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
