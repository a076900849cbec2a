"""A schedule: which kind of job, when, and what happens when it is late or still runs."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.jobs.kinds.kind import Overlap


class Misfire(StrEnum):
    """What becomes of a time that passed while nobody worked; told once its grace is over."""

    SKIP = "skip"
    RUN_ONCE = "run_once"

    @property
    def words(self) -> str:
        return "Leave it out" if self is Misfire.SKIP else "Run once as soon as possible"


class Cadence(BaseModel):
    """
    When. `once`: `at` is a wall time in `zone`, without an offset. `interval`: every `seconds` of elapsed time.

    `cron`: five fields, read in `zone`. `anchor` is the first instant of an interval, set when it is saved.
    """

    model_config = ConfigDict(frozen=True)

    type: Literal["once", "interval", "cron"]
    zone: str = "UTC"
    at: datetime | None = None
    seconds: int | None = None
    cron: str | None = None
    anchor: datetime | None = None


def once(at: datetime, zone: str) -> Cadence:
    """At a wall time of a zone."""
    return Cadence(type="once", at=at, zone=zone)


def interval(seconds: int, zone: str = "UTC") -> Cadence:
    """Every so many seconds of elapsed time: 24 hours cross a change of clocks to another wall time."""
    return Cadence(type="interval", seconds=seconds, zone=zone)


def cron(expression: str, zone: str) -> Cadence:
    """At the wall times of a cron expression."""
    return Cadence(type="cron", cron=" ".join(expression.split()), zone=zone)


class Draft(BaseModel):
    """
    What a person enters. Lengths in seconds.

    `grace_seconds`: how late a time may be and still count as on time. `jitter_seconds`: starts are spread over so long
    after each time. `is_installation`: works for all organisations, and needs the right to see the system.
    """

    model_config = ConfigDict(frozen=True)

    name: str = Field(max_length=120)
    kind: str
    cadence: Cadence
    parameters: dict[str, Any] = {}
    brand_id: UUID | None = None
    is_installation: bool = False
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    jitter_seconds: int = 0
    misfire: Misfire = Misfire.SKIP
    grace_seconds: int = 300
    overlap: Overlap | None = None
    then_kind: str | None = None
    then_parameters: dict[str, Any] = {}
    note: str = ""
    owner_id: UUID | None = None


class Schedule(BaseModel):
    """A stored schedule. `next_fire_at` is `next_due_at` with its jitter; both None once nothing is due any more."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    org_id: UUID | None
    brand_id: UUID | None
    told_org_id: UUID | None
    name: str
    kind: str
    parameters: dict[str, Any]
    payload_version: int
    cadence: Cadence
    starts_at: datetime | None
    ends_at: datetime | None
    jitter_seconds: int
    misfire: Misfire
    grace_seconds: int
    overlap: Overlap
    then_kind: str | None
    then_parameters: dict[str, Any]
    note: str
    owner_id: UUID | None
    problem: str
    next_due_at: datetime | None
    next_fire_at: datetime | None
    paused_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime

    @property
    def state(self) -> Literal["active", "paused", "ended"]:
        if self.paused_at is not None:
            return "paused"
        return "active" if self.next_due_at is not None else "ended"


class Fire(BaseModel):
    """
    What became of a due instant.

    `outcome`: started; caught_up (late, by the misfire rule); too_late (left out by it); overlap (left out, it still
    ran); lost; changed or paused (left out: that came before its start). `missed` counts the earlier instants that it
    stands for.
    """

    model_config = ConfigDict(frozen=True)

    schedule_id: UUID
    due_at: datetime
    fired_at: datetime
    outcome: Literal["started", "caught_up", "too_late", "overlap", "lost", "changed", "paused"]
    missed: int
    start_id: UUID | None
    version: int
