"""
Facebook Page, several photos in one post: each is uploaded unpublished, then one feed post is made of them.

Only the feed call is visible. After a lost answer the Page's list shows ours by the photos in it, with or without
words; that it never will be there has no proof. Facts: Pages API, Photos and Posts, Graph v26.0.
"""

import json
from dataclasses import replace
from datetime import datetime, timedelta

from services.approvals import SealedContent
from services.publishing.errors import NotProcessed
from services.publishing.platforms.facebook.specs import PAGE
from services.publishing.platforms.facebook.wire import OnPage, Row, among, call, dicts, made_id, rows
from services.publishing.publisher import Door, Order, Receipt, Remote, Sighting

_KEPT = timedelta(hours=23)  # unpublished photos are removed "after about 24 hours" (not confirmed)


class Photos(OnPage):
    """Publishes two to ten photos as one post."""

    spec = replace(
        PAGE,
        media_types=("image/jpeg", "image/png"),
        media_min=2,
        media_max=10,  # ours: the platform publishes no limit
        pulls=True,
        source="Pages API, Photos and Posts",
        format="photos",
        format_label="Several photos",
        bytes_max=10 * 1024 * 1024,
    )

    def prepare(self, order: Order, door: Door) -> Remote:
        made = []
        for item, url in zip(order.content.media, order.media_urls, strict=True):
            form = {"url": url, "published": "false"}
            if item.alt_text:
                form["alt_text_custom"] = item.alt_text
            made.append(made_id(call(door, "POST", f"{door.account}/photos", form=form), "id"))
        return {"photos": ",".join(made), "made_at": door.now.isoformat()}

    def poll(self, remote: Remote, door: Door) -> bool:
        """:raises NotProcessed: uploaded too long ago to be still there"""
        if door.now - datetime.fromisoformat(remote["made_at"]) > _KEPT:
            raise NotProcessed("The uploaded photos were older than 23 hours.", try_again=True)
        return True

    def publish(self, order: Order, remote: Remote, door: Door) -> Receipt:
        attached = [{"media_fbid": photo} for photo in remote["photos"].split(",")]
        form = {"attached_media": json.dumps(attached), "published": "true"}
        if order.content.text:
            form["message"] = order.content.text
        return Receipt(made_id(call(door, "POST", f"{door.account}/feed", form=form), "id"))

    def find(self, content: SealedContent, remote: Remote, since: datetime, door: Door) -> Sighting:
        """By the photos that only this post can hold, or by its words."""
        photos = set(remote["photos"].split(","))
        listed = rows(door, "attachments{subattachments{target{id}},target{id}}")
        return among(
            listed, lambda row: bool(photos & _photos(row)) or row.get("message") == (content.text or photos), since
        )


def _photos(row: Row) -> set[str]:
    """The ids of the photos in a listed post."""
    found: set[str] = set()
    for attached in _under(row, "attachments"):
        for one in (attached, *_under(attached, "subattachments")):
            target = one.get("target")
            if isinstance(target, dict) and isinstance(target.get("id"), str):
                found.add(target["id"])
    return found


def _under(row: Row, name: str) -> list[Row]:
    edge = row.get(name)
    return dicts(edge.get("data")) if isinstance(edge, dict) else []
