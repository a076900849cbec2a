"""Runs as a list shows them: which, in what order, and where a page begins."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Shown(StrEnum):
    """What people filter by; some are a state of the row, some a way to look at it."""

    WAITING = "waiting"
    RUNNING = "running"
    RETRYING = "retrying"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CRASHED = "crashed"
    LATE = "late"
    CANCELLED = "cancelled"
    LOST = "lost"  # wished or due, and never ran
    QUARANTINED = "quarantined"
    TROUBLE = "trouble"
    DEAD = "dead"  # ended badly, and nobody and nothing tries again


class RunFilter(BaseModel):
    """
    `name` is a task or a kind; `text` words of an error or note, `#123`, a trace id, or an id it worked on.

    `schedule_id`: what this schedule set off, by itself or by "Run now". `is_installation`: what belongs to no
    organisation; reading that takes `runs_tx(..., is_installation=True)`.
    """

    model_config = ConfigDict(frozen=True)

    shown: Shown | None = None
    name: str = ""
    brand_id: UUID | None = None
    origin: str = ""
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""
    schedule_id: UUID | None = None
    is_installation: bool = False

    @property
    def is_empty(self) -> bool:
        return self == RunFilter()


class Place(BaseModel):
    """Where a page begins: the key of a run. As text it stands in an address."""

    model_config = ConfigDict(frozen=True)

    started_at: datetime
    id: int

    def __str__(self) -> str:
        return f"{(self.started_at - _EPOCH) // timedelta(microseconds=1)}-{self.id}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """What stands in an address; None where it is no place."""
        micros, _, number = text.partition("-")
        if not all(part.isascii() and part.isdigit() and len(part) < 19 for part in (micros, number)):
            return None
        return cls(started_at=_EPOCH + timedelta(microseconds=min(int(micros), 10**16)), id=int(number))


class WaitingJob(BaseModel):
    """
    A job that has not started; `scheduled_at` where it is planned for later or for another try.

    From `start_id` on: of what a person, a schedule or another job started. `held` says why it waits for a newer
    version of Loopdesk.
    """

    model_config = ConfigDict(frozen=True)

    job_id: int
    task: str
    scheduled_at: datetime | None
    queued_at: datetime | None
    attempts: int
    args: dict[str, Any]
    start_id: UUID | None = None
    kind: str | None = None
    brand_id: UUID | None = None
    origin: str | None = None
    origin_id: str | None = None
    started_by: UUID | None = None
    held: str = ""


class LostStart(BaseModel):
    """Something wished that never became a run."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    kind: str
    brand_id: UUID | None
    origin: str
    origin_id: str
    started_by: UUID | None
    due_at: datetime | None
    created_at: datetime
    error: str


class LogLine(BaseModel):
    model_config = ConfigDict(frozen=True)

    number: int
    at: datetime
    level: str
    text: str


class RetryPlan(BaseModel):
    """
    What starting again would do: runs by what they are, and how many are left out by reason.

    `is_cut`: more match than are taken at a time; those taken started from `oldest_at` to `newest_at`.
    """

    model_config = ConfigDict(frozen=True)

    runs: tuple[int, ...]
    by_task: dict[str, int]
    left_out: dict[str, int]
    is_cut: bool = False
    newest_at: datetime | None = None
    oldest_at: datetime | None = None


class StopPlan(BaseModel):
    """What cancelling all that wait would do: the jobs taken, and how many match in all."""

    model_config = ConfigDict(frozen=True)

    jobs: tuple[int, ...]
    total: int
