"""Asking for a decision, and taking the question back."""

from datetime import datetime
from uuid import UUID

from services import identity
from services.approvals import queries
from services.approvals.errors import AlreadyDecided, OwnWork, RequestNotFound, VersionNotFound
from services.approvals.models import QueueItem, Request, RequestState
from services.events import ReviewRequested
from services.kit.db import Tx

NOTE_MAX = 500
_DECIDED = [RequestState.APPROVED.value, RequestState.REJECTED.value]


def ask(tx: Tx, version_id: UUID, *, note: str = "", wanted_at: datetime | None = None) -> UUID:
    """
    Ask for a decision on a version; returns the request's id.

    A request for an earlier version of the same draft is replaced; asking twice for one version is one request.

    :raises VersionNotFound: no such version in this organisation, or its ad is archived
    """
    identity.demand(tx, identity.Act.MAKE)
    draft_id = queries.lock_draft_of(tx, version_id)
    if draft_id is None:
        raise VersionNotFound()
    waiting = queries.waiting_for_version(tx, version_id)
    if waiting:
        return waiting
    queries.replace_waiting(tx, draft_id)
    request_id = tx.new_id()
    queries.insert_request(tx, request_id, draft_id, version_id, note.strip()[:NOTE_MAX], wanted_at)
    identity.audit(tx, "asked for approval", "draft", draft_id, version=version_id)
    tx.emit(ReviewRequested(request_id))
    return request_id


def withdraw_request(tx: Tx, request_id: UUID) -> None:
    """
    Take a waiting question back; only who asked may.

    :raises AlreadyDecided: it does not wait any more
    """
    identity.demand(tx, identity.Act.MAKE)
    request = held(tx, request_id)
    if request.asked_by != tx.user_id:
        raise OwnWork("Only the person who asked may withdraw the question.")
    if not queries.decide(tx, request_id, RequestState.WITHDRAWN, ""):
        raise AlreadyDecided()
    identity.audit(tx, "withdrew request", "draft", request.draft_id)


def held(tx: Tx, request_id: UUID) -> Request:
    """Read a request and hold its row. :raises RequestNotFound: no such request in this organisation"""
    request = queries.lock_request(tx, request_id)
    if request is None:
        raise RequestNotFound()
    return request


def request_of(tx: Tx, draft_id: UUID) -> Request | None:
    """The latest request about a draft, whatever became of it."""
    return queries.newest_of(tx, draft_id)


def waiting_queue(tx: Tx, limit: int = 200) -> list[QueueItem]:
    """Everything that waits for a decision: what goes out first, then the oldest."""
    return queries.queue(tx, [RequestState.WAITING.value], limit)


def items(tx: Tx, request_ids: list[UUID]) -> list[QueueItem]:
    """These waiting requests as the queue shows them, in the queue's order; what does not wait is left out."""
    return queries.queue(tx, [RequestState.WAITING.value], len(request_ids), request_ids)


def reschedule(tx: Tx, request_id: UUID, wanted_at: datetime | None) -> datetime | None:
    """
    Want a waiting request at another time; returns the time before, for the way back.

    :raises AlreadyDecided: it does not wait any more
    """
    identity.demand(tx, identity.Act.SCHEDULE)
    request = held(tx, request_id)
    if request.state is not RequestState.WAITING:
        raise AlreadyDecided()
    queries.change_wanted(tx, request_id, wanted_at)
    identity.audit(tx, "moved request", "draft", request.draft_id, wanted_at=wanted_at or "no time")
    return request.wanted_at


def wanted_times(tx: Tx, brand_id: UUID, without: list[UUID]) -> set[datetime]:
    """The times to come that waiting requests of a brand ask for, but for these requests."""
    return queries.wanted_times(tx, brand_id, without)


def decided_queue(tx: Tx, limit: int = 100) -> list[QueueItem]:
    """The latest decisions first."""
    return queries.queue(tx, _DECIDED, limit)


def queue_item(tx: Tx, request_id: UUID) -> QueueItem:
    """One request as the queue shows it, in whatever state. :raises RequestNotFound: no such request here"""
    found = queries.queue(tx, [state.value for state in RequestState], 1, [request_id])
    if not found:
        raise RequestNotFound()
    return found[0]


def count_waiting(tx: Tx) -> int:
    return queries.count_waiting(tx)


def count_decided(tx: Tx, user_id: UUID, since: datetime) -> int:
    """How many decisions of this person stand since an instant."""
    return queries.count_decided(tx, user_id, since)
