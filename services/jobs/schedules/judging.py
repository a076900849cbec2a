"""What happens to a schedule whose time has come: values in, values out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from services.jobs.schedules import rules
from services.jobs.schedules.models import Misfire, Schedule
from services.jobs.starts.models import Origin, Then


@dataclass(frozen=True)
class Verdict:
    """What happens at `due_at`, the latest instant that has come; `missed` earlier ones it stands for."""

    due_at: datetime
    outcome: Literal["started", "caught_up", "too_late"]
    missed: int


def judge(schedule: Schedule, now: datetime) -> Verdict:
    """
    One start at most, however long nobody worked: the latest instant counts, earlier ones are missed.

    It is on time within the grace after its own start time; later the misfire rule says.
    """
    first = schedule.next_due_at or now
    latest = rules.last_due(schedule.cadence, first, now, ends_at=schedule.ends_at)
    if latest > first and latest + rules.jitter(schedule.id, latest, schedule.jitter_seconds) > now:
        # jitter is shorter than any gap, so the one before has come
        latest = rules.last_due(schedule.cadence, first, latest - timedelta(microseconds=1), ends_at=schedule.ends_at)
    late = now - (latest + rules.jitter(schedule.id, latest, schedule.jitter_seconds))
    missed = rules.missed(schedule.cadence, first, latest)
    if late <= timedelta(seconds=schedule.grace_seconds):
        return Verdict(latest, "started", missed)
    return Verdict(latest, "caught_up" if schedule.misfire is Misfire.RUN_ONCE else "too_late", missed)


def moved_on(schedule: Schedule, after: datetime) -> tuple[datetime | None, datetime | None]:
    """The due instant that comes after another, and its start; None where there is none."""
    due = rules.next_due(schedule.cadence, after, starts_at=schedule.starts_at, ends_at=schedule.ends_at)
    return due, due + rules.jitter(schedule.id, due, schedule.jitter_seconds) if due else None


def wish_of(schedule: Schedule, due_at: datetime) -> dict[str, Any]:
    """What `start` and `row_of` are told beside the kind and its parameters, at a due instant."""
    return {
        "brand_id": schedule.brand_id,
        "origin": Origin.SCHEDULE,
        "origin_id": str(schedule.id),
        "schedule_id": schedule.id,
        "due_at": due_at,
        "then": then_of(schedule),
        "told_org_id": schedule.told_org_id,
    }


def then_of(schedule: Schedule) -> Then | None:
    """What follows when it has succeeded."""
    if schedule.then_kind is None:
        return None
    return Then(kind=schedule.then_kind, parameters=schedule.then_parameters)
