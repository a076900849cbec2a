"""What every Instagram format shares: containers, the call that publishes one, and the lists that show the result."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from services.approvals import SealedContent
from services.kit.errors import OutcomeUnknown, Rejected
from services.kit.graph import fault_of, graph_call
from services.publishing.errors import NotProcessed
from services.publishing.publisher import Door, Order, Receipt, Remote, Sighting

_CLOCKS_APART = timedelta(seconds=60)
# Container errors after which the same media may pass in a new container (error code table of the platform).
_NEW_CONTAINER = {2207001, 2207003, 2207032, 2207052, 2207053, 2207076, 2207077}
_NOT_FETCHED = (9004, 2207052)  # listed as permanent, but seen to pass at the next try
_CONTAINER_GONE = {(-2, 2207020), (-1, 2207032)}  # answers to media_publish: expired, failed; certainly not published
_UNPUBLISHED = ("FINISHED", "IN_PROGRESS")
_DIGITS_MOST = 12


class OneContainer:
    """Polls, publishes and finds a post that is one container. A format adds its spec and its `prepare`."""

    shown_in: ClassVar[str] = "media"

    def poll(self, remote: Remote, door: Door) -> bool:
        """PUBLISHED counts as ready: publishing then answers that it went out, and the look finds it."""
        return is_ready(remote["container"], door)

    def publish(self, order: Order, remote: Remote, door: Door) -> Receipt:
        return publish_container(remote["container"], door)

    def find(self, content: SealedContent, remote: Remote, since: datetime, door: Door) -> Sighting:
        """The container's state is the proof; the list of media gives the post's id."""
        state = call(door, "GET", remote["container"], params={"fields": "status_code"}).get("status_code")
        found = [receipt(row) for row in rows(door, self.shown_in) if self.could_be(row, content)]
        seen = tuple(reversed([one for one in found if one.at and one.at >= since - _CLOCKS_APART]))
        if state == "PUBLISHED":
            return Sighting(seen, is_live=True)
        if state in _UNPUBLISHED:
            return Sighting(seen, is_absent=True, remote=remote)
        return Sighting(seen, is_absent=state in ("ERROR", "EXPIRED"))

    def could_be(self, row: dict[str, Any], content: SealedContent) -> bool:
        """Is this listed post one with our words?"""
        return bool(row.get("caption", "") == content.text)

    def recent(self, door: Door) -> list[Receipt]:
        return [receipt(row) for row in rows(door, self.shown_in)]

    def permalink(self, remote_id: str, door: Door) -> str | None:
        link = call(door, "GET", remote_id, params={"fields": "permalink"}).get("permalink")
        return link if isinstance(link, str) and link else None


def create(door: Door, form: dict[str, str]) -> str:
    """
    One container; nothing is visible. Returns its id.

    :raises NotProcessed: the platform could not fetch our file this time
    """
    try:
        answer = call(door, "POST", f"{door.account}/media", form=form)
    except Rejected as error:
        fault = fault_of(error)
        if fault is not None and fault.pair == _NOT_FETCHED:
            raise NotProcessed(error.detail, try_again=True) from error
        raise
    return made_id(answer)


def is_ready(container: str, door: Door) -> bool:
    """May it be published, or put into a carousel? :raises NotProcessed: never, and whether a new one may be"""
    answer = call(door, "GET", container, params={"fields": "status_code,status"})
    code = answer.get("status_code")
    if code == "EXPIRED":
        raise NotProcessed("The prepared post was older than 24 hours.", try_again=True)
    if code == "ERROR":
        told = str(answer.get("status", ""))[:200]
        raise NotProcessed(f"Instagram: {told}", try_again=_subcode(told) in _NEW_CONTAINER)
    return code in ("FINISHED", "PUBLISHED")


def publish_container(container: str, door: Door) -> Receipt:
    """`media_publish`. :raises NotProcessed: the container can never be published and certainly was not"""
    try:
        answer = call(door, "POST", f"{door.account}/media_publish", form={"creation_id": container})
    except (Rejected, OutcomeUnknown) as error:
        fault = fault_of(error)
        if fault is not None and fault.pair in _CONTAINER_GONE:
            raise NotProcessed(error.detail, try_again=True) from error
        raise
    return Receipt(made_id(answer))


def call(door: Door, method: str, path: str, **sent: Any) -> dict[str, Any]:
    """One call as the account."""
    return graph_call(
        door.http,
        method,
        f"{door.api_url}/{path}",
        token=door.secret,
        writes=method != "GET",
        now=door.now,
        **sent,
    )


def rows(door: Door, edge: str) -> list[dict[str, Any]]:
    """The account's latest posts with an id and a time, newest first; rows without are no use to anybody."""
    fields = "id,caption,timestamp,permalink,media_type"
    listed = call(door, "GET", f"{door.account}/{edge}", params={"fields": fields, "limit": "25"}).get("data")
    return [row for row in dicts(listed) if _is_id(row.get("id")) and instant(row.get("timestamp")) is not None]


def receipt(row: dict[str, Any]) -> Receipt:
    link = row.get("permalink")
    return Receipt(str(row["id"]), instant(row.get("timestamp")), link if isinstance(link, str) else None)


def made_id(answer: dict[str, Any]) -> str:
    """:raises OutcomeUnknown: an answer to a write without the id of what was made"""
    made = answer.get("id")
    if not _is_id(made):
        raise OutcomeUnknown("Instagram answered without an id.")
    return str(made)


def _is_id(made: object) -> bool:
    return bool(made) and isinstance(made, str | int) and not isinstance(made, bool)


def instant(text: object) -> datetime | None:
    """`2026-11-21T10:00:00+0000`; None for anything else."""
    try:
        return datetime.strptime(str(text), "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        return None


def dicts(listed: object) -> list[dict[str, Any]]:
    """The objects of a JSON list; empty for anything else."""
    return [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []


def _subcode(status: str) -> int:
    """From `Error: Media upload has failed with error code N`; the platform gives it nowhere else."""
    last = status.rsplit(" ", 1)[-1].rstrip(".")
    return int(last) if last.isascii() and last.isdecimal() and len(last) <= _DIGITS_MOST else 0
