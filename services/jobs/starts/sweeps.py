"""Starts whose job is gone, and those that waited for this version."""

from collections.abc import Iterable
from datetime import timedelta

from services.events import JobStarted
from services.jobs.runs import rescue_queries
from services.jobs.starts import queries, running
from services.jobs.starts.models import Start, StartState
from services.kit.app import App
from services.kit.db import Scope, Tx

_AT_ONCE = 100
_SINCE = timedelta(seconds=60)  # a job and its row are written together; what has none after a minute has lost it
_UNREAD_FOR = timedelta(seconds=15)
_ENDS = {
    StartState.WAITING: (StartState.LOST, "Its job is gone from the queue and never ran."),
    StartState.RUNNING: (StartState.CRASHED, "Its worker ended without a word, and it was given up."),
}


def find_lost(app: App, unread_for: timedelta = _UNREAD_FOR) -> int:
    """
    End what has no job in the queue any more and tell about it; returns how many.

    First every job, of starts and of others, that an older worker ended without having begun it waits again: that one
    did not know it. Its run would be written by now, had there been one.
    """
    with app.admin_tx() as tx:
        rescue_queries.put_back_unread(tx, unread_for)
        seen = queries.vanished(tx, tx.now - _SINCE, _AT_ONCE)
        for start in _in_order(seen):
            queries.one_at_a_time(tx, start.schedule_id)  # before its row, as whoever runs, cancels or replaces it
        gone = queries.vanished(tx, tx.now - _SINCE, _AT_ONCE, [start.id for start in seen]) if seen else []
        for start in _in_scope(tx, gone):
            state, why = _ENDS.get(start.state, (StartState.FAILED, start.error))
            running.finish(tx, start, None, state, error=why)
    return len(gone)


def release_held(app: App) -> int:
    """Queue what an older worker left for a version like this one; returns how many."""
    with app.admin_tx() as tx:
        known = queries.held(tx, running.versions(), _AT_ONCE)
        for start in _in_scope(tx, known):
            queries.requeued(tx, start.id)
            tx.emit(JobStarted(start.id))
    return len(known)


def _in_scope(tx: Tx, starts: Iterable[Start]) -> Iterable[Start]:
    """One after the other, each in the scope of its organisation; the installation's first, as we came."""
    for start in _in_order(starts):
        if start.org_id is not None:
            tx.act_as(Scope(start.org_id))
        yield start


def _in_order(starts: Iterable[Start]) -> list[Start]:
    """As the sweep that fires takes their schedules: two that lock the same in different orders wait for each other."""
    return sorted(starts, key=lambda one: (one.org_id is not None, str(one.org_id), str(one.schedule_id)))
