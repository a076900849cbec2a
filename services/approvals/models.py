"""A request for a decision, the rule it is decided by, and the decision."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class RequestState(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"  # by who asked
    REPLACED = "replaced"  # by a request for a later version


class Mode(StrEnum):
    """How a brand decides what may go out."""

    NONE = "none"  # the author confirms, nobody else is asked
    OPTIONAL = "optional"  # the author asks somebody, or confirms
    REQUIRED = "required"  # somebody else decides
    LEVELS = "levels"  # several levels, one after the other


class Need(StrEnum):
    """Whose yes completes a level."""

    ANY = "any"
    ALL = "all"


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True)


class Level(_Row):
    """Who decides at one level; one of them or all of them."""

    need: Need = Need.ANY
    people: tuple[UUID, ...] = ()


class Policy(_Row):
    """A brand's rule. `levels` in their order; empty but for `Mode.LEVELS`."""

    mode: Mode = Mode.REQUIRED
    levels: tuple[Level, ...] = ()


class SignOff(_Row):
    """One person's standing yes at one level, counted from 1."""

    level: int
    user_id: UUID
    at: datetime


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


class Waiting(NamedTuple):
    """A waiting request as far as it takes to say for whom it waits. A plain tuple: thousands are read at once."""

    id: UUID
    brand_id: UUID
    asked_by: UUID | None
    version_by: UUID | None
    wanted_at: datetime | None
    asked_at: datetime
    mode: Mode = Mode.REQUIRED
    levels: tuple[Level, ...] = ()
    signed: tuple[SignOff, ...] = ()


class QueueItem(Request):
    """A request as the queue shows it."""

    name: str
    version_number: int
    version_by: UUID | None
    asked_by_name: str
    decided_by_name: str
    thumb_key: str | None
    mode: Mode = Mode.REQUIRED
    levels: tuple[Level, ...] = ()
    signed: tuple[SignOff, ...] = ()


class Approval(_Row):
    """
    One version approved for one channel, with the seal over everything that reaches the platform.

    `mode` is the brand's rule of that moment; `by_author` is true where nobody but its author looked.
    """

    id: UUID
    request_id: UUID
    version_id: UUID
    channel_id: UUID
    seal: str
    approved_by: UUID | None
    approved_at: datetime
    withdrawn_at: datetime | None
    mode: Mode = Mode.REQUIRED
    by_author: bool = False


class Comment(_Row):
    """What a member said about a draft; `mentions` are told."""

    id: UUID
    draft_id: UUID
    version_number: int | None
    body: str
    mentions: tuple[UUID, ...]
    written_by: UUID | None
    written_by_name: str
    written_at: datetime
