"""
Facebook Page, words and a link: a single call, visible at once. Facts: Pages API, Posts, Graph v26.0.

The link travels in a field of its own and brings the linked page's preview. Like a photo, its absence has no proof.
"""

from dataclasses import replace
from datetime import datetime

from services.approvals import SealedContent
from services.kit.errors import Rejected
from services.publishing.platforms.facebook.specs import PAGE
from services.publishing.platforms.facebook.wire import OnPage, Row, among, call, dicts, look, made_id, rows
from services.publishing.publisher import Door, Order, Receipt, Remote, Sighting


class Text(OnPage):
    """Publishes words, a link, or both."""

    spec = replace(
        PAGE,
        media_min=0,
        media_max=0,
        prepares=False,
        source="Pages API, Posts",
        format="text",
        format_label="Text or link",
        links_apart=True,
    )

    def publish(self, order: Order, remote: Remote, door: Door) -> Receipt:
        """:raises Rejected: neither words nor a link"""
        words = {"message": order.content.text, "link": order.content.link}
        form = {name: value for name, value in words.items() if value}
        if not form:
            raise Rejected("A post without a picture needs words or a link.")
        return Receipt(made_id(call(door, "POST", f"{door.account}/feed", form={**form, "published": "true"}), "id"))

    def find(self, content: SealedContent, remote: Remote, since: datetime, door: Door) -> Sighting:
        """By its words; a bare link by its address, which carries a mark of ours."""
        if content.text or not content.link:
            return look(content, since, door)
        listed = rows(door, "attachments{unshimmed_url}")
        return among(listed, lambda row: content.link in _addresses(row), since)


def _addresses(row: Row) -> list[object]:
    attached = row.get("attachments")
    return [one.get("unshimmed_url") for one in dicts(attached.get("data"))] if isinstance(attached, dict) else []
