"""Background work of the active organisation: what waits, runs and failed, and starting failed work again."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from services.jobs import board_queries, service
from services.jobs.board_models import Board, JobLine, Queued
from services.jobs.models import Run, RunStatus
from services.jobs.runs import acts
from services.jobs.runs.errors import NothingToRetry
from services.kit.app import App
from services.kit.db import Scope, Tx

MARKS = 10
LATE_AFTER_SECONDS = 30.0
ENDED_BADLY = (RunStatus.FAILED, RunStatus.LOST, RunStatus.QUARANTINED)
_FAILED_WITHIN = timedelta(hours=24)


def board(tx: Tx) -> Board:
    """What the Jobs screen shows; tasks and kinds that neither ran nor wait are left out."""
    since = tx.now - _FAILED_WITHIN
    by_name: dict[str, list[Run]] = {}
    for one in board_queries.latest_of_each(tx, MARKS):
        by_name.setdefault(one.name, []).append(one)
    queued = {line.name: line for line in board_queries.queued(tx)}
    lines = [
        JobLine(name=name, runs=tuple(by_name.get(name, ())), queued=queued.get(name) or _none(name))
        for name in sorted({*by_name, *queued})
    ]
    return Board(
        lines=tuple(lines),
        running=tuple(service.running(tx)),
        failed=tuple(board_queries.still_failed(tx, since)),
        lateness=board_queries.lateness(tx, since),
        waiting=sum(line.waiting for line in queued.values()),
        waiting_since=_first(line.waiting_since for line in queued.values()),
        planned=sum(line.planned for line in queued.values()),
        next_at=_first(line.next_at for line in queued.values()),
    )


def retry_failed(app: App, scope: Scope, name: str | None = None) -> int:
    """
    Queue everything again that failed in the last 24 hours, or what failed of one task or kind; returns how many.

    :raises RoleTooLow: the person may only look
    """
    with app.tx(scope) as tx:
        failed = board_queries.still_failed(tx, tx.now - _FAILED_WITHIN)
    count = 0
    for one in failed:
        if name not in (None, one.name):
            continue
        try:
            acts.retry(app, scope, one.id)
        except NothingToRetry:
            continue  # somebody was faster: it waits already
        count += 1
    return count


def _none(name: str) -> Queued:
    return Queued(name=name, waiting=0, waiting_since=None, planned=0, next_at=None)


def _first(instants: Iterable[datetime | None]) -> datetime | None:
    return min((one for one in instants if one is not None), default=None)
