"""The nouns of background work."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class RunStatus(StrEnum):
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"  # the code said no
    RETRYING = "retrying"
    LOST = "lost"  # the process died
    ABORTED = "aborted"
    QUARANTINED = "quarantined"  # it ended five workers in a row and is put aside


class Run(BaseModel):
    """
    One run of one job. Lengths in seconds; `late_seconds` is None where nothing was due at a time.

    `kind`, `brand_id`, `origin` and `started_by` are known of what people and schedules start; `outcome` is what it
    says at its end; `cost_micros` are millionths of `cost_currency`.
    """

    model_config = ConfigDict(frozen=True)

    id: int
    org_id: UUID | None
    job_id: int
    task: str
    attempt: int
    subject_id: str | None
    status: RunStatus
    due_at: datetime | None
    started_at: datetime
    finished_at: datetime | None
    progress_done: int | None
    progress_total: int | None
    note: str
    error: str | None
    kind: str | None = None
    brand_id: UUID | None = None
    origin: str | None = None
    origin_id: str | None = None
    started_by: UUID | None = None
    trace_id: str | None = None
    inputs: dict[str, Any] | None = None
    outcome: dict[str, Any] | None = None
    api_calls: int = 0
    cost_micros: int = 0
    cost_currency: str | None = None
    retried_at: datetime | None = None

    @property
    def name(self) -> str:
        """What it is listed and filtered by: its kind, where somebody started one, else its task."""
        return self.kind or self.task

    @property
    def late_seconds(self) -> float | None:
        return (self.started_at - self.due_at).total_seconds() if self.due_at else None

    @property
    def took_seconds(self) -> float | None:
        return (self.finished_at - self.started_at).total_seconds() if self.finished_at else None

    def left_seconds(self, now: datetime) -> float | None:
        """How much longer it will run at the pace so far; None where nobody can know."""
        if self.status is not RunStatus.RUNNING or not self.progress_done or not self.progress_total:
            return None
        gone = (now - self.started_at).total_seconds()
        return max(0.0, gone * (self.progress_total - self.progress_done) / self.progress_done)


class Health(BaseModel):
    """The queue at a glance; `oldest_waiting_seconds` is None on an empty queue."""

    model_config = ConfigDict(frozen=True)

    waiting: int
    running: int
    oldest_waiting_seconds: float | None
    workers: int


class Beat(BaseModel):
    """A worker's sign of life."""

    model_config = ConfigDict(frozen=True)

    worker: str
    host: str
    pid: int
    version: str
    started_at: datetime
    seen_at: datetime
