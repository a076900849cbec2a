"""Starts and ends of runs, collected for a moment and written together: a short job costs one row of one statement."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
import psycopg_pool
from psycopg.types.json import Json

EVERY_SECONDS = 0.02
AT_ONCE, KEPT_MOST = 500, 10_000
_AGAIN_SECONDS = 1.0
_AWAY = (psycopg.OperationalError, psycopg.InterfaceError, psycopg_pool.PoolTimeout, psycopg_pool.PoolClosed, OSError)
_log = logging.getLogger("loopdesk.history")

# The database's clock is the only one: this process tells how long ago something was. A row that is no longer
# `running` was given up by the rescue, and stays so.
_WRITE = """
insert into app.job_runs as r (org_id, job_id, task, attempt, subject_id, status, due_at, started_at, finished_at,
  error, worker, trace_id, inputs)
select org, job, task, attempt, subject, status,
  coalesce(due, case when is_new then (select max(e.at) from queue.procrastinate_events e where e.job_id = job
    and e.type in ('deferred', 'deferred_for_retry', 'retried')
    and e.at <= clock_timestamp() - make_interval(secs => began)) end),
  clock_timestamp() - make_interval(secs => began), clock_timestamp() - make_interval(secs => ended),
  error, worker, trace, inputs
from rows from (json_to_recordset(%(notes)s) as (org uuid, job bigint, task text, attempt int, subject text,
  status text, due timestamptz, began float8, ended float8, error text, worker text, trace text, inputs jsonb,
  is_new boolean)) with ordinality order by ordinality
on conflict (job_id, attempt) do update set status = excluded.status, due_at = coalesce(r.due_at, excluded.due_at),
  started_at = least(r.started_at, excluded.started_at), finished_at = excluded.finished_at, error = excluded.error,
  worker = excluded.worker, trace_id = excluded.trace_id, inputs = coalesce(r.inputs, excluded.inputs)
  where r.status = 'running'
"""


@dataclass(eq=False)
class RunNote:
    """One run as this process knows it; `began` and `ended` are seconds of its monotonic clock."""

    job: int
    attempt: int
    org: str | None
    task: str
    subject: str | None
    due: str | None
    worker: str
    inputs: dict[str, Any]
    trace: str | None = None
    began: float = field(default_factory=time.monotonic)
    ended: float | None = None
    status: str = "running"
    error: str | None = None
    is_written: bool = False

    def told(self, now: float) -> dict[str, Any]:
        """As the statement takes it: ages in seconds instead of instants."""
        return {
            "org": self.org,
            "job": self.job,
            "task": self.task,
            "attempt": self.attempt,
            "subject": self.subject,
            "status": self.status,
            "due": self.due,
            "began": now - self.began,
            "ended": None if self.ended is None else now - self.ended,
            "error": self.error,
            "worker": self.worker,
            "trace": self.trace,
            "inputs": None if self.is_written else self.inputs,
            "is_new": not self.is_written,
        }


class RunRows:
    """
    What waits to be written, in the order of its starts, for the life of the process.

    While the database is away it keeps the newest 10,000; what it drops, or what dies with the process, `jobs.rescue`
    makes whole from the queue's own state.
    """

    def __init__(self) -> None:
        self._waiting: dict[tuple[int, int], RunNote] = {}
        self._came = asyncio.Event()
        self._dropped = 0

    def add(self, note: RunNote) -> None:
        """This run began or ended; one that does both within the moment is written once."""
        self._waiting[note.job, note.attempt] = note
        if len(self._waiting) > KEPT_MOST:
            del self._waiting[next(iter(self._waiting))]
            self._dropped += 1
        self._came.set()

    @asynccontextmanager
    async def written(self, pool: psycopg_pool.AsyncConnectionPool) -> AsyncIterator[None]:
        """Inside, rows are written all the time; what cannot be written at the end is kept for the next database."""
        writing = asyncio.create_task(self._keep_writing(pool), name="run rows")
        try:
            yield
        finally:
            writing.cancel()
            await asyncio.wait({writing})
            try:
                await self._write_all(pool)
            except _AWAY as error:
                _log.warning("%d runs were not written, the database is away: %s", len(self._waiting), error)

    async def _keep_writing(self, pool: psycopg_pool.AsyncConnectionPool) -> None:
        while True:
            await self._came.wait()
            self._came.clear()
            await asyncio.sleep(EVERY_SECONDS)
            try:
                await self._write_all(pool)
            except _AWAY as error:
                _log.warning("%d runs wait to be written, the database is away: %s", len(self._waiting), error)
                await asyncio.sleep(_AGAIN_SECONDS)
                self._came.set()

    async def _write_all(self, pool: psycopg_pool.AsyncConnectionPool) -> None:
        if self._dropped:
            _log.error("%d runs were not written: too many waited for the database", self._dropped)
            self._dropped = 0
        while self._waiting:
            taken = [self._waiting.pop(key) for key in list(self._waiting)[:AT_ONCE]]
            try:
                await self._write(pool, taken)
            except BaseException:
                self._put_back(taken)
                raise

    async def _write(self, pool: psycopg_pool.AsyncConnectionPool, notes: list[RunNote]) -> None:
        now = time.monotonic()
        told = [note.told(now) for note in notes]
        try:
            async with pool.connection() as connection:
                await connection.execute(_WRITE, {"notes": Json(told)})
        except (psycopg.DataError, psycopg.IntegrityError) as error:
            if len(notes) == 1:
                _log.warning("a run of %s is not written: %s", notes[0].task, error)
                return
            for note in notes:
                await self._write(pool, [note])
        for note in notes:
            note.is_written = True

    def _put_back(self, notes: list[RunNote]) -> None:
        """Before everything that came meanwhile; an end that came is the same note."""
        kept = {(note.job, note.attempt): note for note in notes}
        self._waiting = kept | self._waiting
