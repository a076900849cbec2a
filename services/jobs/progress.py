"""How far a job has come: written beside its run, at most once a second, outside the job's own transactions."""

from datetime import timedelta
from typing import Protocol

from services.kit.clock import Clock
from services.kit.db import Database

_NOT_OFTENER_THAN = timedelta(seconds=1)


class Progress(Protocol):
    """A task that takes `progress: Progress` is given one by the worker."""

    def step(self, done: int, total: int | None = None, note: str = "") -> None:
        """`done` of `total` things (None: nobody knows how many), and in a few words what is being done."""
        ...


class RunProgress:
    """Writes to the row of one run, as the worker's own login."""

    def __init__(self, database: Database, clock: Clock, job_id: int, attempt: int) -> None:
        self._database, self._clock = database, clock
        self._job_id, self._attempt = job_id, attempt
        self._written_at = clock.now() - _NOT_OFTENER_THAN

    def step(self, done: int, total: int | None = None, note: str = "") -> None:
        now = self._clock.now()
        if now - self._written_at < _NOT_OFTENER_THAN and done != total:
            return
        self._written_at = now
        with self._database.pool.connection() as connection:
            connection.execute(
                "update app.job_runs set progress_done = %(done)s, progress_total = %(total)s, note = %(note)s "
                "where job_id = %(job)s and attempt = %(attempt)s and status = 'running'",
                {"done": done, "total": total, "note": note[:200], "job": self._job_id, "attempt": self._attempt},
            )
