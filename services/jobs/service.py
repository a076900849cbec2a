"""Background work as people see it: what runs, what ran, how the queue is, and one more try."""

from collections.abc import Sequence
from datetime import timedelta

from services.jobs import queries
from services.jobs.models import Beat, Health, Run, RunStatus
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.kit.errors import Conflict, NotAllowed, NotFound

ALIVE_SECONDS = 20  # a worker beats every five


class RunNotFound(NotFound):
    """This run is not here, or not yours to see."""


class NothingToRetry(Conflict):
    """It is running, waiting for another try already, or too long ago."""


class RetryNotAllowed(NotAllowed):
    """Your role does not allow this."""


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
    found = queries.one(tx, run_id)
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


def retry(app: App, scope: Scope, run_id: int) -> None:
    """
    Queue the work of a failed or lost run once more.

    :raises RunNotFound: not in this organisation
    :raises RetryNotAllowed: the person may only look
    :raises NothingToRetry: it did not fail, or a copy of it waits already
    """
    with app.tx(scope) as tx:
        found = run(tx, run_id)
        if not queries.may_retry(tx, run_id):
            raise RetryNotAllowed()
    if found.status not in (RunStatus.FAILED, RunStatus.LOST, RunStatus.ABORTED):
        raise NothingToRetry()
    with app.admin_tx() as tx:
        if not queries.defer_copy(tx, found.job_id):
            raise NothingToRetry()
