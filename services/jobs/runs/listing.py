"""The list of runs, a page at a time, and everything about one."""

from collections.abc import Callable, Iterator
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services import identity
from services.jobs.desk import runs_tx
from services.jobs.models import Run
from services.jobs.runs import queries
from services.jobs.runs.errors import RunNotFound
from services.jobs.runs.models import LogLine, Place, RunFilter
from services.kit.app import App
from services.kit.db import Scope, Tx

PAGE = 50
_STARTS = "jobs.run_start"
_CSV_MOST, _CSV_AT_ONCE = 50_000, 5_000


class RunPage(BaseModel):
    """`older` and `newer` are where the pages beside this one begin; None where there is none."""

    model_config = ConfigDict(frozen=True)

    runs: tuple[Run, ...]
    older: Place | None
    newer: Place | None


def list_runs(tx: Tx, wanted: RunFilter, *, below: Place | None = None, above: Place | None = None) -> RunPage:
    """Fifty runs, the newest first: the first page, those below a place, or those just above one."""
    if above is not None and not wanted.text:  # words are searched downwards only: back leads to the first page
        found = queries.newer(tx, wanted, above, PAGE + 1)
        has_newer, found = len(found) > PAGE, found[-PAGE:]
        if len(found) == PAGE:
            return RunPage(runs=tuple(found), older=_place(found[-1]), newer=_place(found[0]) if has_newer else None)
    found = queries.older(tx, wanted, below if above is None else None, PAGE + 1)
    has_older, found = len(found) > PAGE, found[:PAGE]
    newer = _place(found[0]) if found and below is not None and above is None else None
    return RunPage(runs=tuple(found), older=_place(found[-1]) if has_older else None, newer=newer)


def export_runs(app: App, scope: Scope, wanted: RunFilter) -> Iterator[Run]:
    """All that match, at most 50,000, the newest first; each few thousand in a transaction of their own."""
    place: Place | None = None
    for _ in range(_CSV_MOST // _CSV_AT_ONCE):
        with runs_tx(app, scope, is_installation=wanted.is_installation) as tx:
            found = queries.older(tx, wanted, place, _CSV_AT_ONCE)
        yield from found
        if len(found) < _CSV_AT_ONCE:
            return
        place = _place(found[-1])


def find_run(app: App, scope: Scope, run_id: int) -> Run:
    """
    A run of the organisation or, for those who may see the system, of the installation (its `org_id` is empty).

    :raises RunNotFound: neither
    """
    found = _either(app, scope, lambda tx: queries.one(tx, run_id))
    if found is None:
        raise RunNotFound()
    return found


def run_of_start(app: App, scope: Scope, start_id: UUID) -> Run | None:
    """The latest run of a start, as `find_run` sees it."""
    return _either(app, scope, lambda tx: newest_of(tx, str(start_id)))


def _either(app: App, scope: Scope, read: Callable[[Tx], Run | None]) -> Run | None:
    with app.tx(scope) as tx:
        if found := read(tx):
            return found
    try:
        with runs_tx(app, scope, is_installation=True) as tx:
            return read(tx)
    except identity.RoleTooLow:
        return None


def run_lines(tx: Tx, run_id: int, limit: int = 200) -> list[LogLine]:
    """The last lines a run has logged, the oldest of them first."""
    return queries.lines(tx, run_id, limit)


def run_attempts(tx: Tx, run: Run) -> list[Run]:
    """All runs of the same job, the first first."""
    return queries.attempts(tx, run.job_id)


def newest_of(tx: Tx, start_id: str) -> Run | None:
    """The latest run of a start itself; jobs that tell people of it work on it too."""
    found = queries.older(tx, RunFilter(text=start_id, name=_STARTS), None, 1)
    return found[0] if found else None


def _place(run: Run) -> Place:
    return Place(started_at=run.started_at, id=run.id)
