"""What the list of runs holds for a filter: runs, what waits, or what never ran; as lines and as CSV."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pages.parts import run_place
from pages.parts.run_rows import lost_line, names_of, run_line, said, started_by, waiting_line
from pages.parts.run_words import STATUS
from pages.parts.runs import Job
from services import jobs
from services.jobs import RunFilter, Shown
from services.kit.app import App
from services.kit.db import Scope

_CSV_MOST = 20_000
CSV_HEADER = ("run", "task", "kind", "state", "attempt", "due at", "started at", "finished at", "late seconds",
              "took seconds", "done", "of", "api calls", "cost", "currency", "set off by", "started by", "works on",
              "trace", "result", "note", "error")  # fmt: skip
_WAITING_HEADER = ("job", "task", "kind", "planned at", "queued at", "tries so far", "set off by", "started by",
                   "given", "held")  # fmt: skip
_LOST_HEADER = ("start", "kind", "due at", "wished at", "set off by", "started by", "reason")
Row = tuple[object, ...]


@dataclass(frozen=True)
class Listed:
    """
    `page` where the lines are runs; `total` of what waits, also of what is not drawn.

    `opens`: what in the address opens a line, by the line's id.
    """

    lines: Sequence[Job]
    page: jobs.RunPage | None = None
    total: int = 0
    opens: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def listed(
    app: App, scope: Scope, wanted: RunFilter, zone: str, last: Mapping[str, Sequence[jobs.Run]], *, may_act: bool
) -> Listed:
    """
    Read what the filter leaves.

    :param last: the latest runs by task or kind, newest first
    """
    own = wanted.is_installation
    if wanted.shown is Shown.WAITING:
        with jobs.runs_tx(app, scope, is_installation=own) as tx:
            found, total, now = jobs.waiting_jobs(tx, wanted), jobs.count_waiting(tx, wanted), tx.now
        names = names_of(app, scope, found, is_installation=own)
        lines = [waiting_line(job, zone, now, names, may_act=may_act) for job in found]
        opens = {str(job.job_id): ("start", str(job.start_id)) for job in found if job.start_id}
        return Listed(lines, total=total, opens=opens)
    if wanted.shown is Shown.LOST:
        with jobs.runs_tx(app, scope, is_installation=own) as tx:
            lost, now = jobs.lost_starts(tx, wanted), tx.now
        names = names_of(app, scope, lost, is_installation=own)
        lines = [lost_line(one, zone, now, names, may_act=may_act) for one in lost]
        return Listed(lines, opens={f"start-{one.id}": ("start", str(one.id)) for one in lost})
    with jobs.runs_tx(app, scope, is_installation=own) as tx:
        page, now = jobs.list_runs(tx, wanted, **run_place.asked_places()), tx.now
    names = names_of(app, scope, page.runs, is_installation=own)
    dots: Mapping[str, Sequence[jobs.Run]] = {} if own else last
    lines = [run_line(run, zone, now, dots.get(run.name, ()), names) for run in page.runs]
    return Listed(lines, page, opens={str(run.id): ("run", str(run.id)) for run in page.runs})


def csv_header(wanted: RunFilter) -> Sequence[str]:
    return {Shown.WAITING: _WAITING_HEADER, Shown.LOST: _LOST_HEADER}.get(wanted.shown or Shown.RUNNING, CSV_HEADER)


def csv_rows(app: App, scope: Scope, wanted: RunFilter) -> Iterator[Row]:
    """All that the filter leaves, also what stands on further pages."""
    own = wanted.is_installation
    names = names_of(app, scope, None, is_installation=own)
    if wanted.shown is Shown.WAITING:
        with jobs.runs_tx(app, scope, is_installation=own) as tx:
            yield from (_waiting_row(job, names) for job in jobs.waiting_jobs(tx, wanted, _CSV_MOST))
    elif wanted.shown is Shown.LOST:
        with jobs.runs_tx(app, scope, is_installation=own) as tx:
            yield from (_lost_row(one, names) for one in jobs.lost_starts(tx, wanted, _CSV_MOST))
    else:
        yield from (csv_row(run, names) for run in jobs.export_runs(app, scope, wanted))


def csv_row(run: jobs.Run, names: Mapping[str, str]) -> Row:
    """In the order of `CSV_HEADER`; `names` as `started_by` takes them."""
    return (
        run.id, run.task, run.kind, STATUS[run.status][0].lower(), run.attempt, run.due_at, run.started_at,
        run.finished_at, run.late_seconds, run.took_seconds, run.progress_done, run.progress_total, run.api_calls,
        run.cost_micros / 1_000_000, run.cost_currency, run.origin, started_by(run, names), run.subject_id,
        run.trace_id, said(run), run.note, run.error,
    )  # fmt: skip


def _waiting_row(job: jobs.WaitingJob, names: Mapping[str, str]) -> Row:
    given = ", ".join(f"{name} {value}" for name, value in job.args.items())
    return (job.job_id, job.task, job.kind, job.scheduled_at, job.queued_at, job.attempts, job.origin,
            started_by(job, names), given, job.held)  # fmt: skip


def _lost_row(one: jobs.LostStart, names: Mapping[str, str]) -> Row:
    return (one.id, one.kind, one.due_at, one.created_at, one.origin, started_by(one, names), one.error)
