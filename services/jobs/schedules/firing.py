"""The sweep: what is due starts, once per due instant, however many workers sweep."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import psycopg

from services.events import ScheduleStopped
from services.jobs.kinds.kind import Overlap
from services.jobs.schedules import queries, rules
from services.jobs.schedules.models import Misfire, Schedule
from services.jobs.starts import queries as starts
from services.jobs.starts import running, service
from services.jobs.starts.models import Origin, StartState, Then
from services.kit import log
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.kit.errors import AppError

AT_ONCE = 50
QUEUED_MOST = 10  # of one schedule; more would never be caught up with
_log = logging.getLogger("loopdesk.jobs")


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


def fire_due(app: App) -> int:
    """
    Start everything whose time has come; returns how many schedules were looked at.

    A schedule whose kind, or whose parameters, only newer code knows is left to a worker of that version.
    """
    count = 0
    while True:
        with app.admin_tx() as tx:
            due = queries.claim_due(tx, running.versions(), AT_ONCE)
            for schedule in sorted(due, key=lambda one: (one.org_id is not None, str(one.org_id))):
                if schedule.org_id is not None:
                    tx.act_as(Scope(schedule.org_id))
                _fire_safely(tx, schedule)
        count += len(due)
        if len(due) < AT_ONCE:
            return count


def _fire_safely(tx: Tx, schedule: Schedule) -> None:
    """One schedule that cannot start is stopped with the reason on it; the others go on."""
    try:
        with tx.connection.transaction():
            _fire(tx, schedule)
    except AppError as error:
        _log.warning("schedule %s cannot start: %s", schedule.id, error.sentence)
        _stop(tx, schedule, error.sentence)
    except (psycopg.IntegrityError, psycopg.DataError) as error:
        log.report(error, schedule=str(schedule.id))
        _stop(tx, schedule, "It could not be started, for a reason that stands in the log.")


def _stop(tx: Tx, schedule: Schedule, problem: str) -> None:
    queries.stop(tx, schedule.id, problem)
    tx.emit(ScheduleStopped(schedule.id))


def _fire(tx: Tx, schedule: Schedule) -> None:
    verdict = judge(schedule, tx.now)
    upcoming = rules.next_due(schedule.cadence, verdict.due_at, starts_at=schedule.starts_at, ends_at=schedule.ends_at)
    jitter = rules.jitter(schedule.id, upcoming, schedule.jitter_seconds) if upcoming else timedelta(0)
    queries.move_on(tx, schedule.id, upcoming, upcoming + jitter if upcoming else None)
    outcome: str = verdict.outcome
    if outcome != "too_late" and not make_way(tx, schedule):
        outcome = "overlap"
    if not queries.add_fire(tx, schedule, verdict.due_at, outcome, verdict.missed):
        return  # this instant has fired before
    if outcome in ("started", "caught_up"):
        start_id = service.start(
            tx,
            schedule.kind,
            schedule.parameters,
            brand_id=schedule.brand_id,
            origin=Origin.SCHEDULE,
            origin_id=str(schedule.id),
            schedule_id=schedule.id,
            due_at=verdict.due_at,
            then=then_of(schedule),
            told_org_id=schedule.told_org_id,
        )
        queries.name_start(tx, schedule.id, verdict.due_at, start_id)


def make_way(tx: Tx, schedule: Schedule) -> bool:
    """Apply the overlap rule; False where the new start is left out."""
    starts.one_at_a_time(tx, schedule.id)
    still_open = starts.open_of(tx, schedule.id)
    if not still_open:
        return True
    if schedule.overlap is Overlap.SKIP:
        return False
    if schedule.overlap is Overlap.QUEUE:
        return sum(one.state is StartState.WAITING for one in still_open) < QUEUED_MOST
    for one in reversed(still_open):
        service.stop(tx, one)
    return True


def then_of(schedule: Schedule) -> Then | None:
    """What follows when it has succeeded."""
    if schedule.then_kind is None:
        return None
    return Then(kind=schedule.then_kind, parameters=schedule.then_parameters)
