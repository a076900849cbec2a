"""Many schedules of one organisation due at one instant: a few statements for all, instead of nine for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg

from services.events import JobStarted
from services.jobs.schedules import queries
from services.jobs.schedules.judging import Verdict, judge, moved_on, wish_of
from services.jobs.schedules.models import Schedule
from services.jobs.starts import many
from services.jobs.starts.service import is_installation, row_of
from services.kit.db import Tx
from services.kit.errors import AppError


@dataclass(frozen=True)
class _Planned:
    schedule: Schedule
    verdict: Verdict
    row: dict[str, Any] | None  # of the start; None where the verdict leaves it out


def fire_together(tx: Tx, due: Sequence[Schedule]) -> list[Schedule]:
    """
    Fire what is plain: nothing of it still runs, nothing is wrong with it. Returns those that want a look each.

    All or nothing: where one of them cannot be written, none is, and all are returned.
    """
    try:
        with tx.connection.transaction():
            plain = _plain(tx, due)
            begun = _fire(tx, plain)
    except (AppError, psycopg.IntegrityError, psycopg.DataError):
        return list(due)
    for start_id in begun:
        tx.emit(JobStarted(start_id))
    done = {one.schedule.id for one in plain}
    return [one for one in due if one.id not in done]


def _plain(tx: Tx, due: Sequence[Schedule]) -> list[_Planned]:
    many.one_at_a_time(tx, [one.id for one in due])
    busy = many.busy(tx, [one.id for one in due])
    brands = many.known_brands(tx, [one.brand_id for one in due if one.brand_id])
    found = []
    for schedule in due:
        if schedule.id not in busy and (schedule.brand_id is None or schedule.brand_id in brands):
            planned = _planned(tx, schedule)
            found += [planned] if planned else []
    return found


def _planned(tx: Tx, schedule: Schedule) -> _Planned | None:
    """None where something is wrong with it."""
    try:
        verdict = judge(schedule, tx.now)
        if verdict.outcome == "too_late":
            return _Planned(schedule, verdict, None)
        row = row_of(tx, schedule.kind, schedule.parameters, **wish_of(schedule, verdict.due_at))
    except AppError:
        return None
    return _Planned(schedule, verdict, row)


def _fire(tx: Tx, plain: Sequence[_Planned]) -> list[UUID]:
    """The starts that were made: of an instant that has fired before there is none."""
    queries.move_all_on(tx, [(one.schedule.id, *moved_on(one.schedule, one.verdict.due_at)) for one in plain])
    new = queries.add_fires(
        tx,
        None if is_installation(tx) else tx.org_id,
        [
            (one.schedule.id, one.verdict.due_at, one.verdict.outcome, one.verdict.missed, one.schedule.version)
            for one in plain
        ],
    )
    rows = [one.row for one in plain if one.row is not None and one.schedule.id in new]
    many.insert(tx, rows)
    queries.name_starts(tx, [(row["schedule"], row["due"], row["id"]) for row in rows])
    return [row["id"] for row in rows]
