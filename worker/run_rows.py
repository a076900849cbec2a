"""Starts and ends of runs, collected for a moment and written together: a short job costs one row of one statement."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
import psycopg_pool
from psycopg.types.json import Json

from services.jobs import RunNote
from services.kit import meters

SOON_SECONDS, BUSY_SECONDS = 0.02, 0.2  # until the first row after a rest is written; between writes while much runs
AT_ONCE, KEPT_MOST = 500, 10_000
_AGAIN_SECONDS, _END_SECONDS = 1.0, 5.0
# an older or newer schema than this code's counts as away: it passes while a release is under way
_AWAY = (psycopg.Error, psycopg_pool.PoolTimeout, psycopg_pool.PoolClosed, OSError)
_log = logging.getLogger("loopdesk.history")

# The database's clock is the only one: this process tells how long ago something was. A row that is no longer
# `running` was given up by the rescue, and stays so.
_WRITE = """
insert into app.job_runs as r (org_id, job_id, task, attempt, subject_id, status, due_at, started_at, finished_at,
  error, worker, trace_id, inputs, kind, brand_id, origin, origin_id, started_by, outcome, api_calls, cost_micros,
  cost_currency)
select org, job, task, attempt, subject, status,
  coalesce(due, case when is_new then (select max(e.at) from queue.procrastinate_events e where e.job_id = job
    and e.type in ('deferred', 'deferred_for_retry', 'retried')
    and e.at <= clock_timestamp() - make_interval(secs => began)) end),
  clock_timestamp() - make_interval(secs => began), clock_timestamp() - make_interval(secs => ended),
  error, worker, trace, inputs, kind, brand, origin, origin_id, started_by, outcome, coalesce(calls, 0),
  coalesce(micros, 0), currency
from rows from (json_to_recordset(%(notes)s) as (org uuid, job bigint, task text, attempt int, subject text,
  status text, due timestamptz, began float8, ended float8, error text, worker text, trace text, inputs jsonb,
  is_new boolean, kind text, brand uuid, origin text, origin_id text, started_by uuid, outcome jsonb, calls bigint,
  micros bigint, currency text)) with ordinality order by ordinality
on conflict (job_id, attempt) do update set status = excluded.status, due_at = coalesce(r.due_at, excluded.due_at),
  started_at = least(r.started_at, excluded.started_at), finished_at = excluded.finished_at, error = excluded.error,
  worker = excluded.worker, trace_id = excluded.trace_id, inputs = coalesce(excluded.inputs, r.inputs),
  kind = excluded.kind, brand_id = excluded.brand_id, origin = excluded.origin, origin_id = excluded.origin_id,
  started_by = excluded.started_by, outcome = excluded.outcome, api_calls = excluded.api_calls,
  cost_micros = excluded.cost_micros, cost_currency = excluded.cost_currency
  where r.status = 'running'
returning job_id, attempt, task, extract(epoch from started_at - due_at)::float8
"""


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
        self._is_closing = False

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
        self._is_closing = False
        writing = asyncio.create_task(self._keep_writing(pool), name="run rows")
        try:
            yield
        finally:
            # Asked, not cancelled: a statement that ends in the same moment would swallow the cancelling.
            self._is_closing = True
            self._came.set()
            await asyncio.wait({writing}, timeout=_END_SECONDS)
            writing.cancel()

    async def _keep_writing(self, pool: psycopg_pool.AsyncConnectionPool) -> None:
        is_open, ended = True, 0.0
        while is_open:
            await self._came.wait()
            self._came.clear()
            is_open = not self._is_closing
            rest = max(SOON_SECONDS, BUSY_SECONDS - (time.monotonic() - ended))
            await asyncio.sleep(rest if is_open else 0)
            try:
                await self._write_all(pool)
                ended = time.monotonic()
            except _AWAY as error:
                _log.warning("%d runs wait to be written: %s: %s", len(self._waiting), type(error).__name__, error)
                await asyncio.sleep(_AGAIN_SECONDS if is_open else 0)
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
                written = await connection.execute(_WRITE, {"notes": Json(told)})
                _count_lateness(notes, await written.fetchall())
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


def _count_lateness(notes: list[RunNote], written: list[tuple[int, int, str, float | None]]) -> None:
    """How late runs began, by the database's clock: each once, at its first writing."""
    first = {(note.job, note.attempt) for note in notes if not note.is_written}
    for job, attempt, task, late in written:
        if late is not None and (job, attempt) in first:
            meters.late_seconds.labels(task).observe(max(0.0, late))
