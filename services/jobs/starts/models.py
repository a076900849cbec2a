"""One wish to run a kind of job."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.jobs.kinds.kind import Given, Outcome


class StartState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    RETRYING = "retrying"  # another system was away; the queue tries again
    SUCCEEDED = "succeeded"
    FAILED = "failed"  # the code said no
    CRASHED = "crashed"  # the process died
    CANCELLED = "cancelled"
    LOST = "lost"  # its job is gone and never ran

    @property
    def is_over(self) -> bool:
        return self not in (StartState.WAITING, StartState.RUNNING, StartState.RETRYING)


class Origin(StrEnum):
    """Who or what wished it; `origin_id` names the schedule, or the start before."""

    PERSON = "person"
    SCHEDULE = "schedule"
    CHAIN = "chain"
    RETRY = "retry"


class Then(BaseModel):
    """What is started when this has succeeded."""

    model_config = ConfigDict(frozen=True)

    kind: str
    parameters: dict[str, Any] = {}


class Start(BaseModel):
    """`org_id` None is the installation's; `held` says why a waiting one waits for a newer version of Loopdesk."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    org_id: UUID | None
    brand_id: UUID | None
    told_org_id: UUID | None
    kind: str
    parameters: dict[str, Any]
    payload_version: int
    origin: Origin
    origin_id: str
    started_by: UUID | None
    schedule_id: UUID | None
    due_at: datetime | None
    then_kind: str | None
    then_parameters: dict[str, Any]
    given: Given | None
    state: StartState
    attempts: int
    held: str
    cancel_asked_at: datetime | None
    created_at: datetime
    queued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    error: str
    outcome: Outcome | None
