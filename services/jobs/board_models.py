"""Background work as people see it."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from services.jobs.models import Run


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True)


class Queued(_Row):
    """Jobs of one name that have not started: those whose time has come, and those planned for later."""

    name: str
    waiting: int
    waiting_since: datetime | None
    planned: int
    next_at: datetime | None


class Lateness(_Row):
    """How long after their time runs started, in seconds; None where nothing was due at a time."""

    runs: int
    median_seconds: float | None
    p95_seconds: float | None


class JobLine(_Row):
    """One task, or one kind of what people and schedules start: its latest runs, newest first, and what is queued."""

    name: str
    runs: tuple[Run, ...]
    queued: Queued


class Board(_Row):
    """
    All background work of one organisation.

    `failed` are the runs of the last 24 hours that no later run of the same work has followed; `lateness` is of the
    same 24 hours.
    """

    lines: tuple[JobLine, ...]
    running: tuple[Run, ...]
    failed: tuple[Run, ...]
    lateness: Lateness
    waiting: int
    waiting_since: datetime | None
    planned: int
    next_at: datetime | None
