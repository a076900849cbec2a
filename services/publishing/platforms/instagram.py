"""
Instagram, one picture: container, poll, publish. Nothing is visible before `media_publish`.

The container is the guard against doubles: the platform publishes one at most once, so a try whose answer was lost is
repeated with the same container, never with a new one, unless the platform says that the old one can never go live.
Facts: Instagram Platform, Content Publishing and IG Container, Graph v26.0.
"""

from datetime import date, datetime, timedelta
from typing import Any

from services.approvals import SealedContent
from services.kit.errors import OutcomeUnknown, Rejected
from services.kit.graph import fault_of, graph_call
from services.publishing.errors import NotProcessed
from services.publishing.publisher import Door, Order, PlatformSpec, Receipt, Remote, Sighting

_CLOCKS_APART = timedelta(seconds=60)
# Container errors after which the same picture may pass in a new container (error code table of the platform).
_NEW_CONTAINER = {2207001, 2207003, 2207032, 2207053, 2207076, 2207077}
_NOT_FETCHED = (9004, 2207052)  # listed as permanent, but seen to pass at the next try
_CONTAINER_GONE = {(-2, 2207020), (-1, 2207032)}  # answers to media_publish: expired, failed; certainly not published


class Instagram:
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
        prepares=True,
        proves_absence=True,
        source="Instagram Platform, Content Publishing",
        checked_on=date(2026, 11, 21),
    )

    def prepare(self, order: Order, door: Door) -> Remote:
        form = {"image_url": order.media_urls[0], "caption": order.content.text}
        if order.content.media[0].alt_text:
            form["alt_text"] = order.content.media[0].alt_text
        try:
            answer = _call(door, "POST", f"{door.account}/media", form=form)
        except Rejected as error:
            fault = fault_of(error)
            if fault is not None and fault.pair == _NOT_FETCHED:
                raise NotProcessed(error.detail, try_again=True) from error
            raise
        return {"container": _id(answer)}

    def poll(self, remote: Remote, door: Door) -> bool:
        """PUBLISHED counts as ready: publishing then answers that it went out, and the look finds it."""
        answer = _call(door, "GET", remote["container"], params={"fields": "status_code,status"})
        code = answer.get("status_code")
        if code == "EXPIRED":
            raise NotProcessed("The prepared post was older than 24 hours.", try_again=True)
        if code == "ERROR":
            told = str(answer.get("status", ""))
            raise NotProcessed(f"Instagram: {told}", try_again=_subcode(told) in _NEW_CONTAINER)
        return code in ("FINISHED", "PUBLISHED")

    def publish(self, order: Order, remote: Remote, door: Door) -> Receipt:
        form = {"creation_id": remote["container"]}
        try:
            answer = _call(door, "POST", f"{door.account}/media_publish", form=form)
        except (Rejected, OutcomeUnknown) as error:
            fault = fault_of(error)
            if fault is not None and fault.pair in _CONTAINER_GONE:
                raise NotProcessed(error.detail, try_again=True) from error
            raise
        return Receipt(_id(answer))

    def find(self, content: SealedContent, remote: Remote, since: datetime, door: Door) -> Sighting:
        """The container's state is the proof; the list of media gives the post's id."""
        state = _call(door, "GET", remote["container"], params={"fields": "status_code"}).get("status_code")
        seen = _seen(content, since, door)
        if state == "PUBLISHED":
            return Sighting(seen, is_live=True)
        if state in ("FINISHED", "IN_PROGRESS"):
            return Sighting(seen, is_absent=True, remote=remote)
        return Sighting(seen, is_absent=state in ("ERROR", "EXPIRED"))

    def recent(self, door: Door) -> list[Receipt]:
        return [_receipt(row) for row in _rows(door)]

    def permalink(self, remote_id: str, door: Door) -> str | None:
        answer = _call(door, "GET", remote_id, params={"fields": "permalink"})
        return str(answer["permalink"]) if answer.get("permalink") else None


def _rows(door: Door) -> list[dict[str, Any]]:
    fields = {"fields": "id,caption,timestamp,permalink", "limit": "25"}
    rows: list[dict[str, Any]] = _call(door, "GET", f"{door.account}/media", params=fields).get("data", [])
    return rows


def _receipt(row: dict[str, Any]) -> Receipt:
    return Receipt(str(row["id"]), _instant(row["timestamp"]), row.get("permalink"))


def _seen(content: SealedContent, since: datetime, door: Door) -> tuple[Receipt, ...]:
    """Posts of the last minutes with our caption, oldest first."""
    found = [_receipt(row) for row in _rows(door) if row.get("caption", "") == content.text]
    return tuple(reversed([one for one in found if one.at and one.at >= since - _CLOCKS_APART]))


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


def _id(answer: dict[str, Any]) -> str:
    """:raises OutcomeUnknown: an answer to a write without the id of what was made"""
    if not answer.get("id"):
        raise OutcomeUnknown("Instagram answered without an id.")
    return str(answer["id"])


def _instant(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")


def _subcode(status: str) -> int:
    """From `Error: Media upload has failed with error code N`; the platform gives it nowhere else."""
    last = status.rsplit(" ", 1)[-1].rstrip(".")
    return int(last) if last.isdecimal() else 0
