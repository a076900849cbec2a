"""A request for a decision, and the decision."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class RequestState(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"  # by who asked
    REPLACED = "replaced"  # by a request for a later version


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True)


class Request(_Row):
    """Somebody asks for a decision on one version."""

    id: UUID
    draft_id: UUID
    brand_id: UUID
    version_id: UUID
    note: str
    wanted_at: datetime | None
    state: RequestState
    asked_by: UUID | None
    asked_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    reason: str


class QueueItem(Request):
    """A request as the queue shows it."""

    name: str
    version_number: int
    version_by: UUID | None
    asked_by_name: str
    decided_by_name: str
    thumb_key: str | None


class Approval(_Row):
    """One version approved for one channel, with the seal over everything that reaches the platform."""

    id: UUID
    request_id: UUID
    version_id: UUID
    channel_id: UUID
    seal: str
    approved_by: UUID | None
    approved_at: datetime
    withdrawn_at: datetime | None
