"""What people do to runs: start them again, one or many, spread over time; cancel what waits, ask what runs to stop."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from services import identity
from services.jobs.models import Run, RunStatus
from services.jobs.runs import queries
from services.jobs.runs.models import RetryPlan, RunFilter
from services.jobs.starts import service as starts
from services.jobs.starts.errors import StartNotFound, StartNotOver, StartOver
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.kit.errors import Conflict, Invalid, NotFound

AT_ONCE = 1_000
SPREAD_MOST_MINUTES = 24 * 60
BAD = (RunStatus.FAILED, RunStatus.LOST, RunStatus.ABORTED, RunStatus.QUARANTINED)
_STARTS = "jobs.run_start"


class RunNotFound(NotFound):
    """This run is not here, or not yours to see."""


class NothingToRetry(Conflict):
    """It is running, was started again already, or ended too long ago."""


class NothingToStop(Conflict):
    """It has ended already."""


class SpreadTooWide(Invalid):
    """Spread them over a day at most."""


def retry(app: App, scope: Scope, run_id: int) -> None:
    """
    Queue the work of a run that ended badly once more; one in quarantine is released by it.

    :raises RunNotFound, NothingToRetry, RoleTooLow:
    """
    with app.tx(scope) as tx:
        found = _found(tx, run_id)
        identity.demand(tx, identity.Act.SCHEDULE)
        if found.status not in BAD or not _retry(tx, found, None):
            raise NothingToRetry()
        identity.audit(tx, "retried", "run", str(found.id), task=found.task)


def plan_retry(tx: Tx, wanted: RunFilter, run_ids: list[int] | None = None) -> RetryPlan:
    """What starting again all that match (or these) would do; at most 1,000 at a time, the newest. Changes nothing."""
    found = queries.older(tx, wanted, None, AT_ONCE + 1) if run_ids is None else _these(tx, run_ids)
    is_cut, found = len(found) > AT_ONCE, found[:AT_ONCE]
    why = queries.cannot_retry(tx, [run.job_id for run in found])
    ready, left_out = [], Counter[str]()
    for run in found:
        reason = "went well or goes on" if run.status not in BAD else "was started again" if run.retried_at else ""
        reason = reason or (why.get(run.job_id) or "")
        if reason:
            left_out[reason] += 1
        else:
            ready.append(run)
    by_task = Counter(run.kind or run.task for run in ready)
    return RetryPlan(runs=tuple(run.id for run in ready), by_task=dict(by_task), left_out=dict(left_out), is_cut=is_cut)


def retry_many(app: App, scope: Scope, run_ids: tuple[int, ...], over_minutes: int = 0) -> int:
    """
    Start these again, evenly spread over so many minutes; returns how many. What cannot be started is passed over.

    :raises RoleTooLow, SpreadTooWide:
    """
    if not 0 <= over_minutes <= SPREAD_MOST_MINUTES:
        raise SpreadTooWide()
    chosen = run_ids[:AT_ONCE]
    apart = timedelta(minutes=over_minutes) / max(1, len(chosen) - 1)
    count = 0
    with app.tx(scope) as tx:
        identity.demand(tx, identity.Act.SCHEDULE)
        for number, run in enumerate(_these(tx, list(chosen))):
            start_at = tx.now + number * apart if over_minutes and number else None
            count += run.status in BAD and not run.retried_at and _retry(tx, run, start_at)
        if count:
            identity.audit(tx, "retried", "runs", f"{count} runs", minutes=over_minutes)
    return count


def stop(app: App, scope: Scope, job_ids: list[int]) -> tuple[int, int]:
    """
    Cancel jobs that wait and ask those that run to stop; how many of each. What has ended is passed over.

    :raises RoleTooLow, NothingToStop: none of them was under way
    """
    with app.tx(scope) as tx:
        identity.demand(tx, identity.Act.SCHEDULE)
        wishes = {job.job_id: job for job in queries.waiting(tx, AT_ONCE) if job.task == _STARTS}
        for job_id in wishes.keys() & set(job_ids):
            _cancel_start(tx, str(wishes[job_id].args.get("start_id", "")))
        done = Counter(queries.stop(tx, job_id) for job_id in job_ids[:AT_ONCE])
        cancelled, told = done["cancelled"], done["asked"]
        if not cancelled and not told:
            raise NothingToStop()
        identity.audit(tx, "stopped", "jobs", f"{cancelled + told} jobs", cancelled=cancelled, asked=told)
    return cancelled, told


def stop_run(app: App, scope: Scope, run_id: int) -> None:
    """
    Ask one run to stop. A plain job that does not ask whether it shall stop runs to its end.

    :raises RunNotFound, NothingToStop, RoleTooLow:
    """
    with app.tx(scope) as tx:
        found = _found(tx, run_id)
        if found.task == _STARTS and found.subject_id and found.status is RunStatus.RUNNING:
            if not _cancel_start(tx, found.subject_id):
                raise NothingToStop()
            return
    stop(app, scope, [found.job_id])


def _cancel_start(tx: Tx, start_id: str) -> bool:
    """What a person or schedule started is cancelled where it was wished; its job then does nothing."""
    try:
        starts.cancel(tx, UUID(start_id))
    except (StartNotFound, StartOver, ValueError):
        return False
    return True


def _found(tx: Tx, run_id: int) -> Run:
    found = queries.one(tx, run_id)
    if found is None:
        raise RunNotFound()
    return found


def _these(tx: Tx, run_ids: list[int]) -> list[Run]:
    return [run for run_id in run_ids if (run := queries.one(tx, run_id)) is not None]


def _retry(tx: Tx, run: Run, start_at: datetime | None) -> bool:
    if not queries.hold_unretried(tx, run.id):
        return False
    if run.task == _STARTS and run.subject_id and run.status is RunStatus.ABORTED:
        try:
            starts.again(tx, UUID(run.subject_id))
        except (StartNotFound, StartNotOver):
            return False
    elif queries.retry(tx, run.job_id, start_at) is None:
        return False
    queries.mark_retried(tx, run.id)
    return True
