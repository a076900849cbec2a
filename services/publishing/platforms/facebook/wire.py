"""What every Facebook Page format shares: calls, the Page's own list, and finding a post in it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from services.approvals import SealedContent
from services.kit.errors import OutcomeUnknown
from services.kit.graph import graph_call
from services.publishing.publisher import Door, Order, Receipt, Remote, Sighting

_CLOCKS_APART = timedelta(seconds=60)
_FIELDS = "id,message,created_time,permalink_url"
_SITE = "https://www.facebook.com"

Row = dict[str, Any]


class OnPage:
    """Lists a Page's posts. A format adds its spec and its calls; one of a single call has nothing to prepare."""

    def prepare(self, order: Order, door: Door) -> Remote:
        """Nothing: the one call carries everything."""
        return {}

    def poll(self, remote: Remote, door: Door) -> bool:
        """Always: what was handed over needs no time."""
        return True

    def recent(self, door: Door) -> list[Receipt]:
        return [receipt(row) for row in rows(door)]

    def permalink(self, remote_id: str, door: Door) -> str | None:
        return link_of(call(door, "GET", remote_id, params={"fields": "permalink_url"}))


def look(content: SealedContent, since: datetime, door: Door) -> Sighting:
    """Posts of the last minutes with exactly our words; without words there is nothing to recognise ours by."""
    return among(rows(door), lambda row: row.get("message") == content.text, since) if content.text else Sighting()


def among(listed: list[Row], is_ours: Callable[[Row], bool], since: datetime) -> Sighting:
    """What of a list could be ours, since the intent. Its absence proves nothing."""
    found = [receipt(row) for row in listed if is_ours(row)]
    recent = [one for one in found if one.at and one.at >= since - _CLOCKS_APART]
    return Sighting(tuple(reversed(recent)), is_live=bool(recent))


def rows(door: Door, *more: str) -> list[Row]:
    """The Page's latest posts with an id and a time, newest first. `more`: fields beside the usual ones."""
    asked = {"fields": ",".join((_FIELDS, *more)), "limit": "25"}
    listed = dicts(call(door, "GET", f"{door.account}/published_posts", params=asked).get("data"))
    return [row for row in listed if _is_id(row.get("id")) and instant(row.get("created_time")) is not None]


def receipt(row: Row) -> Receipt:
    return Receipt(str(row["id"]), instant(row.get("created_time")), link_of(row))


def call(door: Door, method: str, path: str, **sent: Any) -> dict[str, Any]:
    """One call as the Page."""
    return graph_call(
        door.http,
        method,
        f"{door.api_url}/{path}",
        token=door.secret,
        writes=method != "GET",
        now=door.now,
        **sent,
    )


def made_id(answer: dict[str, Any], *names: str) -> str:
    """
    The first of these ids that was given.

    :raises OutcomeUnknown: an answer to a write without the id of what was made
    """
    for name in names:
        if _is_id(answer.get(name)):
            return str(answer[name])
    raise OutcomeUnknown("Facebook answered without an id.")


def _is_id(made: object) -> bool:
    return bool(made) and isinstance(made, str | int) and not isinstance(made, bool)


def link_of(row: Row) -> str | None:
    """Videos are told with a path only."""
    link = row.get("permalink_url")
    if not isinstance(link, str) or not link:
        return None
    return f"{_SITE}{link}" if link.startswith("/") else link


def instant(text: object) -> datetime | None:
    """`2026-11-21T10:00:00+0000`; None for anything else."""
    try:
        return datetime.strptime(str(text), "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        return None


def dicts(listed: object) -> list[Row]:
    """The objects of a JSON list; empty for anything else."""
    return [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
