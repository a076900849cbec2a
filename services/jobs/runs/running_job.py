"""What a job is given while it runs: how far it is, what it says, what it costs, and whether it shall stop."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from services.jobs.runs.note import RunNote
from services.kit.clock import Clock
from services.kit.db import Database
from services.kit.errors import AppError
from services.kit.redaction import redact
from services.kit.text import clip

LINES_MOST = 500  # of one run; what comes later is in the process's own log
_NOT_OFTENER_THAN = timedelta(seconds=1)
Level = Literal["info", "warning", "error"]
Money = tuple[int, str]
"""Millionths of a unit, and the currency's three letters."""

# The row is written beside the jobs (worker/run_rows.py), and may not be there yet.
_STEP = """
insert into app.job_runs as r (org_id, job_id, task, attempt, subject_id, status, started_at, worker, inputs, kind,
  brand_id, origin, origin_id, started_by, progress_done, progress_total, note, api_calls,
  cost_micros, cost_currency)
values (%(org)s, %(job)s, %(task)s, %(attempt)s, %(subject)s, 'running', clock_timestamp(), %(worker)s, %(inputs)s,
  %(kind)s, %(brand)s, %(origin)s, %(origin_id)s, %(by)s, %(done)s, %(total)s,
  %(note)s, %(calls)s, %(micros)s, %(currency)s)
on conflict (job_id, attempt) do update set inputs = excluded.inputs, kind = excluded.kind,
  brand_id = excluded.brand_id, origin = excluded.origin, origin_id = excluded.origin_id,
  started_by = excluded.started_by,
  progress_done = coalesce(excluded.progress_done, r.progress_done),
  progress_total = coalesce(excluded.progress_total, r.progress_total),
  note = coalesce(nullif(excluded.note, ''), r.note), api_calls = excluded.api_calls,
  cost_micros = excluded.cost_micros, cost_currency = excluded.cost_currency where r.status = 'running' returning id
"""
_LINE = """
insert into app.run_log_lines (run_id, number, org_id, at, level, text)
values (%(run)s, %(number)s, %(org)s, clock_timestamp(), %(level)s, %(text)s) on conflict do nothing
"""


class TakenOver(AppError):
    """This run was given up for dead, and another goes on with its work."""


class RunProgress:
    """
    The run's own object: `Progress` for tasks, `RunningJob` for kinds. Writes beside the job's own transactions.

    :param asked: whether somebody asked for this job to stop
    """

    def __init__(
        self, database: Database, clock: Clock, note: RunNote, asked: Callable[[], bool] = lambda: False
    ) -> None:
        self._database, self._clock, self._note, self._asked = database, clock, note, asked
        self._written_at = clock.now() - _NOT_OFTENER_THAN
        self._run_id: int | None = None
        self._lines = 0

    @property
    def should_stop(self) -> bool:
        """Somebody asked to cancel: return soon with what there is; the run is then told as cancelled."""
        self._note.heeded_stop = self._note.heeded_stop or self._asked()
        return self._note.heeded_stop

    def heed_stop(self) -> None:
        """The one who works heeds a wish to stop that came another way: the run is told as cancelled."""
        self._note.heeded_stop = True

    def step(self, done: int, total: int | None = None, note: str = "") -> None:
        """
        `done` of `total` things (None: nobody knows how many). Written at most once a second, and at the end.

        :raises TakenOver: its worker was silent for so long that another works on it
        """
        now = self._clock.now()
        if abs(now - self._written_at) < _NOT_OFTENER_THAN and done != total:  # a clock may be put back
            return
        self._written_at = now
        with self._database.pool.connection() as connection:
            self._write(connection, done, total, redact(clip(note, 200)))
        if self._run_id is None:
            raise TakenOver()

    def log(self, text: str, level: Level = "info") -> None:
        """A line of the run's log, without secrets; of one run the first 500 are kept."""
        if self._lines >= LINES_MOST:
            return
        self._lines += 1
        said = redact(clip(text, 1_000)) if self._lines < LINES_MOST else "Further lines are not kept."
        with self._database.pool.connection() as connection:
            if self._run_id is None:
                self._write(connection, None, None, "")
            terms = {"run": self._run_id, "number": self._lines, "org": self._note.org, "level": level, "text": said}
            if self._run_id is not None:
                connection.execute(_LINE, terms)

    def cost(self, api_calls: int = 0, money: Money | None = None) -> None:
        """
        Add to what the run cost. Calls that leave through `app.http` are counted without it, and so is what X bills.

        :raises ValueError: it cost money of another currency already
        """
        self._note.api_calls += api_calls
        if money is not None:
            self._note.spent(*money)

    def known_as(
        self,
        kind: str,
        *,
        origin: str,
        origin_id: str = "",
        brand_id: UUID | None = None,
        started_by: UUID | None = None,
        inputs: dict[str, Any] | None = None,
    ) -> None:
        """Say what the run is for and what set it off."""
        note = self._note
        note.kind, note.origin, note.origin_id = kind, origin, origin_id or None
        note.brand = str(brand_id) if brand_id else None
        note.started_by = str(started_by) if started_by else None
        note.inputs = note.inputs if inputs is None else inputs
        with self._database.pool.connection() as connection:
            self._write(connection, None, None, "")

    def ended(self, outcome: dict[str, Any]) -> None:
        """What it has to say at its end: {"said": …, "links": [{"label": …, "path": …}], "counts": {…}}."""
        self._note.outcome = outcome

    def _write(self, connection: psycopg.Connection[Any], done: int | None, total: int | None, said: str) -> None:
        note = self._note
        found = connection.execute(
            _STEP,
            {
                "org": note.org,
                "job": note.job,
                "task": note.task,
                "attempt": note.attempt,
                "subject": note.subject,
                "worker": note.worker,
                "inputs": Jsonb(note.inputs),
                "kind": note.kind,
                "brand": note.brand,
                "origin": note.origin,
                "origin_id": note.origin_id,
                "by": note.started_by,
                "done": done,
                "total": total,
                "note": said,
                "calls": note.api_calls,
                "micros": note.cost_micros,
                "currency": note.cost_currency,
            },
        ).fetchone()
        self._run_id = found[0] if found else None
