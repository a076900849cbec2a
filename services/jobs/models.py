"""The nouns of background work."""

from datetime import datetime
from enum import StrEnum
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
    """One run of one job. Lengths in seconds; `late_seconds` is None where nothing was due at a time."""

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

    @property
    def late_seconds(self) -> float | None:
        return (self.started_at - self.due_at).total_seconds() if self.due_at else None

    @property
    def took_seconds(self) -> float | None:
        return (self.finished_at - self.started_at).total_seconds() if self.finished_at else None


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
