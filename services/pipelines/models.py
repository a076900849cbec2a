"""How stages are doing."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.pipelines.stage import Targets


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True)


class StageState(StrEnum):
    """`LATE`: something waits, or nothing has succeeded, for longer than promised. `FAILING`: the last one failed."""

    FRESH = "fresh"
    LATE = "late"
    FAILING = "failing"
    NEVER = "never"


class Measured(_Row):
    """
    What happened at a stage; `brand_id` None is the whole organisation.

    `came`, `went_on` and `rejected` count things, `succeeded` and `failed` runs, all in the window; those of the last
    day begin with `day_`. `last` says of up to ten runs, the newest first, whether they succeeded.
    """

    brand_id: UUID | None = None
    came: int = 0
    went_on: int = 0
    rejected: int = 0
    waiting: int = 0
    waits_since: datetime | None = None
    succeeded: int = 0
    failed: int = 0
    day_succeeded: int = 0
    day_failed: int = 0
    p95_seconds: float | None = None
    last_ended_at: datetime | None = None
    last_success_at: datetime | None = None
    last: tuple[bool, ...] = ()


class Budget(_Row):
    """
    What is left of the failures that the promise allows in the window.

    `left_ratio` 1.0 is all of it, 0.0 none, below that the promise is broken. `burn` 1.0 is the pace of the last day
    that would use exactly all of it over a window.
    """

    allowed: float
    left_ratio: float
    burn: float


class Standing(_Row):
    """A stage of a brand or of the organisation, judged."""

    stage: str
    measured: Measured
    state: StageState
    targets: Targets
    success_ratio: float | None
    budget: Budget | None


class Lapse(_Row):
    """Something that should have happened and did not; one per subject and cause."""

    subject: str
    cause: str
    title: str
    said: str
    since: datetime


class Alert(_Row):
    id: UUID
    subject: str
    cause: str
    title: str
    said: str
    since: datetime
    raised_at: datetime
    resolved_at: datetime | None


class OwnTargets(Targets):
    """What an organisation has promised itself, as it is stored."""

    stage: str
    updated_at: datetime
