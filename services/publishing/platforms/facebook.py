"""
Facebook Page, one photo: a single call, visible at once.

The platform gives no proof of absence: after a lost answer the Page's own list can show that the photo is there, but
not that it never will be. Facts: Pages API, Photos, Graph v26.0.
"""

from datetime import date, datetime, timedelta
from typing import Any

from services.approvals import SealedContent
from services.kit.errors import OutcomeUnknown
from services.kit.graph import graph_call
from services.publishing.publisher import Door, Order, PlatformSpec, Receipt, Remote, Sighting

_CLOCKS_APART = timedelta(seconds=60)


class Facebook:
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
        prepares=False,
        proves_absence=False,
        source="Pages API, Photos",
        checked_on=date(2026, 11, 21),
    )

    def prepare(self, order: Order, door: Door) -> Remote:
        """Nothing: the one call carries everything."""
        return {}

    def poll(self, remote: Remote, door: Door) -> bool:
        """Always: nothing was handed over."""
        return True

    def publish(self, order: Order, remote: Remote, door: Door) -> Receipt:
        form = {"url": order.media_urls[0], "caption": order.content.text, "published": "true"}
        if order.content.media[0].alt_text:
            form["alt_text_custom"] = order.content.media[0].alt_text
        answer = _call(door, "POST", f"{door.account}/photos", form=form)
        made = answer.get("post_id") or answer.get("id")
        if not made:
            raise OutcomeUnknown("Facebook answered without an id.")
        return Receipt(str(made))

    def find(self, content: SealedContent, remote: Remote, since: datetime, door: Door) -> Sighting:
        """Posts of the last minutes with exactly our words; without words there is nothing to recognise ours by."""
        if not content.text:
            return Sighting()
        found = [_receipt(row) for row in _rows(door) if row.get("message") == content.text]
        recent = [one for one in found if one.at and one.at >= since - _CLOCKS_APART]
        return Sighting(tuple(reversed(recent)), is_live=bool(recent))

    def recent(self, door: Door) -> list[Receipt]:
        return [_receipt(row) for row in _rows(door)]

    def permalink(self, remote_id: str, door: Door) -> str | None:
        answer = _call(door, "GET", remote_id, params={"fields": "permalink_url"})
        return str(answer["permalink_url"]) if answer.get("permalink_url") else None


def _rows(door: Door) -> list[dict[str, Any]]:
    fields = {"fields": "id,message,created_time,permalink_url", "limit": "25"}
    rows: list[dict[str, Any]] = _call(door, "GET", f"{door.account}/published_posts", params=fields).get("data", [])
    return rows


def _receipt(row: dict[str, Any]) -> Receipt:
    return Receipt(str(row["id"]), _instant(row["created_time"]), row.get("permalink_url"))


def _call(door: Door, method: str, path: str, **sent: Any) -> dict[str, Any]:
    return graph_call(
        door.http,
        method,
        f"{door.graph_url}/{path}",
        token=door.secret,
        writes=method != "GET",
        now=door.now,
        **sent,
    )


def _instant(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")
