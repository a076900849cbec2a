"""Background work as people see it: what runs, what ran, how the queue is."""

from collections.abc import Sequence
from datetime import timedelta

from services.jobs import queries
from services.jobs.models import Beat, Health, Run, RunStatus
from services.jobs.runs import queries as run_queries
from services.jobs.runs.errors import RunNotFound
from services.kit.db import Tx

ALIVE_SECONDS = 20  # a worker beats every five


def running(tx: Tx) -> list[Run]:
    """What runs at this moment, the latest first."""
    return queries.runs(tx, [], [RunStatus.RUNNING.value], None, 100)


def recent(
    tx: Tx, *, tasks: Sequence[str] = (), statuses: Sequence[RunStatus] = (), before: int | None = None, limit: int = 50
) -> list[Run]:
    """Runs, the latest first. `before`: the id of the last one already shown."""
    return queries.runs(tx, tasks, [status.value for status in statuses], before, limit)


def run(tx: Tx, run_id: int) -> Run:
    """:raises RunNotFound: not in this organisation"""
    found = run_queries.one(tx, run_id)
    if found is None:
        raise RunNotFound()
    return found


def health(tx: Tx) -> Health:
    """The queue over all organisations; `tx` is `app.admin_tx()`."""
    return queries.health(tx, tx.now - timedelta(seconds=ALIVE_SECONDS))


def workers(tx: Tx) -> list[Beat]:
    """Every process that works; `tx` is `app.admin_tx()`."""
    return queries.beats(tx, tx.now - timedelta(seconds=ALIVE_SECONDS))


def live_workers(tx: Tx) -> int:
    """How many processes work; `tx` is `app.admin_tx()`."""
    return len(workers(tx))
