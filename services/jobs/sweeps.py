"""What the clockwork does for the queue itself."""

from datetime import timedelta

from services.jobs import queries
from services.jobs.runs import rescue_queries
from services.jobs.schedules import begun
from services.jobs.schedules import queries as schedules
from services.jobs.starts import queries as starts
from services.kit.app import App

_KEEP_JOBS, _KEEP_RUNS = timedelta(days=3), timedelta(days=60)
_AT_ONCE = 5_000
_ROUNDS_MOST = 100
_NEVER_WRITTEN = timedelta(hours=1)


def beat(app: App, worker: str, host: str, pid: int, version: str) -> None:
    """Give a sign of life."""
    with app.admin_tx() as tx:
        queries.beat(tx, worker, host, pid, version)


def end_beat(app: App, worker: str) -> None:
    """This worker ends in order; beats of workers that did not are forgotten after a day."""
    with app.admin_tx() as tx:
        queries.forget_beats(tx, worker, tx.now - timedelta(days=1))


def purge(app: App) -> int:
    """
    Forget finished jobs after three days, their runs, starts and fires after sixty; returns how many jobs.

    Some thousands at a time and each time in a transaction of its own, until nothing old is left.
    """
    gone = 0
    with app.admin_tx() as tx:
        rescue_queries.forget_long_running(tx, tx.now - _NEVER_WRITTEN)
        begun.purge(tx, tx.now - _KEEP_RUNS)
    for _ in range(_ROUNDS_MOST):
        with app.admin_tx() as tx:
            jobs = queries.purge_jobs(tx, tx.now - _KEEP_JOBS, _AT_ONCE)
            old = tx.now - _KEEP_RUNS
            others = [purge(tx, old, _AT_ONCE) for purge in (queries.purge_runs, starts.purge, schedules.purge_fires)]
        gone += jobs
        if max(jobs, *others) < _AT_ONCE:
            break
    return gone
