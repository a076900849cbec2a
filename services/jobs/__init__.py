"""Background work: runs, progress, the queue's health. Knows jobs by name only."""

from services.jobs.board import ENDED_BADLY, LATE_AFTER_SECONDS, MARKS, board, retry_failed
from services.jobs.board_models import Board, Lateness, Queued, TaskLine
from services.jobs.installation import Installation, installation, project_version, running_versions
from services.jobs.models import Beat, Health, Run, RunStatus
from services.jobs.progress import Progress, RunProgress
from services.jobs.service import (
    NothingToRetry,
    RetryNotAllowed,
    RunNotFound,
    health,
    live_workers,
    recent,
    retry,
    run,
    running,
    workers,
)
from services.jobs.sweeps import beat, end_beat, purge, rescue
from services.jobs.words import task_words

__all__ = [
    "ENDED_BADLY",
    "LATE_AFTER_SECONDS",
    "MARKS",
    "Beat",
    "Board",
    "Health",
    "Installation",
    "Lateness",
    "NothingToRetry",
    "Progress",
    "Queued",
    "RetryNotAllowed",
    "Run",
    "RunNotFound",
    "RunProgress",
    "RunStatus",
    "TaskLine",
    "beat",
    "board",
    "end_beat",
    "health",
    "installation",
    "running_versions",
    "live_workers",
    "project_version",
    "purge",
    "recent",
    "rescue",
    "retry",
    "retry_failed",
    "run",
    "running",
    "task_words",
    "workers",
]
