"""The sweep: what is due starts, once per due instant, however many workers sweep."""

import logging
from itertools import groupby
from typing import Literal

import psycopg

from services.events import ScheduleStopped
from services.jobs.kinds.kind import Overlap
from services.jobs.schedules import queries
from services.jobs.schedules.judging import judge, moved_on, wish_of
from services.jobs.schedules.models import Schedule
from services.jobs.schedules.together import fire_together
from services.jobs.starts import queries as starts
from services.jobs.starts import running, service
from services.jobs.starts.models import StartState
from services.kit import log
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.kit.errors import AppError

AT_ONCE = 100
QUEUED_MOST = 10  # of one schedule; more would never be caught up with
_log = logging.getLogger("loopdesk.jobs")


def fire_due(app: App) -> int:
    """
    Start everything whose time has come; returns how many schedules were looked at.

    A schedule whose kind, or whose parameters, only newer code knows is left to a worker of that version.
    """
    count = 0
    while True:
        with app.admin_tx() as tx:
            due = queries.claim_due(tx, running.versions(), AT_ONCE)
            due.sort(key=lambda one: (one.org_id is not None, str(one.org_id), str(one.id)))
            for org_id, group in groupby(due, key=lambda one: one.org_id):
                if org_id is not None:
                    tx.act_as(Scope(org_id))
                for schedule in fire_together(tx, list(group)):
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
    queries.move_on(tx, schedule.id, *moved_on(schedule, verdict.due_at))
    outcome: str = verdict.outcome
    if outcome != "too_late" and not make_way(tx, schedule):
        outcome = "overlap"
    if not queries.add_fire(tx, schedule, verdict.due_at, outcome, verdict.missed):
        return  # this instant has fired before
    if outcome in ("started", "caught_up"):
        start_id = service.start(tx, schedule.kind, schedule.parameters, **wish_of(schedule, verdict.due_at))
        queries.name_start(tx, schedule.id, verdict.due_at, start_id)


def settle(tx: Tx, found: Schedule, why: Literal["changed", "paused"]) -> None:
    """
    Before a schedule is changed or paused: what was due by then, and has not fired, is not lost in silence.

    A change comes after it: it starts as it stood. What a pause holds back, what was still to be spread, and what can
    no longer start are told among its fires.
    """
    if found.paused_at or found.next_due_at is None or found.next_fire_at is None or found.next_due_at > tx.now:
        return
    verdict = judge(found, tx.now)
    if why == "paused" or found.next_fire_at > tx.now or not _starts(tx, found):
        queries.add_fire(tx, found, verdict.due_at, why, verdict.missed)
    spread, _ = moved_on(found, verdict.due_at)
    if spread is not None and spread <= tx.now:  # a late one was judged, and the latest was still to be spread
        queries.add_fire(tx, found, spread, why, 0)


def _starts(tx: Tx, schedule: Schedule) -> bool:
    try:
        with tx.connection.transaction():
            _fire(tx, schedule)
    except AppError as error:
        _log.warning("schedule %s could not start before it was changed: %s", schedule.id, error.sentence)
        return False
    return True


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
