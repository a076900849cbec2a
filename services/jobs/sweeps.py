"""What the clockwork does for the queue itself."""

from datetime import timedelta

from services.jobs import queries
from services.jobs.runs import rescue_queries
from services.jobs.schedules import queries as schedules
from services.jobs.starts import queries as starts
from services.kit.app import App

_KEEP_JOBS, _KEEP_RUNS = timedelta(days=3), timedelta(days=60)
_AT_ONCE = 5_000
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
    """Forget finished jobs after three days, their runs, starts and fires after sixty; returns how many jobs."""
    with app.admin_tx() as tx:
        gone = queries.purge_jobs(tx, tx.now - _KEEP_JOBS, _AT_ONCE)
        rescue_queries.forget_long_running(tx, tx.now - _NEVER_WRITTEN)
        queries.purge_runs(tx, tx.now - _KEEP_RUNS, _AT_ONCE)
        starts.purge(tx, tx.now - _KEEP_RUNS, _AT_ONCE)
        schedules.purge_fires(tx, tx.now - _KEEP_RUNS, _AT_ONCE)
    return gone
