"""What people do to runs: start them again, one or many, spread over time; cancel what waits, ask what runs to stop."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from services.identity import Act
from services.jobs.desk import desk
from services.jobs.models import Run, RunStatus
from services.jobs.runs import queries, unstarted, unstarted_queries
from services.jobs.runs.errors import NothingToRetry, NothingToStop, RunNotFound, SpreadTooWide
from services.jobs.runs.models import Place, RetryPlan, RunFilter, StopPlan
from services.jobs.starts import service as starts
from services.jobs.starts.errors import StartNotFound, StartNotOver, StartOver
from services.kit.app import App
from services.kit.db import Scope, Tx

AT_ONCE = 1_000
LOOKED_AT_MOST = 20_000  # runs, to find those that can start again
SPREAD_MOST_MINUTES = 24 * 60
BAD = (RunStatus.FAILED, RunStatus.LOST, RunStatus.ABORTED, RunStatus.QUARANTINED)
_STARTS = "jobs.run_start"


def retry(app: App, scope: Scope, run_id: int, *, is_installation: bool = False) -> None:
    """
    Queue the work of a run that ended badly once more; one in quarantine is released by it.

    :raises RunNotFound, NothingToRetry, RoleTooLow:
    """
    with desk(app, scope, Act.SCHEDULE, is_installation=is_installation) as at:
        found = _found(at.tx, run_id)
        if found.status not in BAD or not _retry(at.tx, found, None):
            raise NothingToRetry()
        at.audit("retried", "run", str(found.id), task=found.task)


def plan_retry(tx: Tx, wanted: RunFilter, run_ids: list[int] | None = None) -> RetryPlan:
    """
    What starting again all that match (or these) would do; the newest 1,000 that can. Changes nothing.

    Of all that match it looks at the newest 20,000.
    """
    ready: list[Run] = []
    left_out = Counter[str]()
    is_cut = False
    for run, reason in _judged(tx, wanted, run_ids):
        is_cut = not reason and len(ready) == AT_ONCE
        if is_cut:
            break
        if reason:
            left_out[reason] += 1
        else:
            ready.append(run)
    return RetryPlan(
        runs=tuple(run.id for run in ready),
        by_task=dict(Counter(run.kind or run.task for run in ready)),
        left_out=dict(left_out),
        is_cut=is_cut or sum(left_out.values()) + len(ready) >= LOOKED_AT_MOST,
        newest_at=max((run.started_at for run in ready), default=None),
        oldest_at=min((run.started_at for run in ready), default=None),
    )


def _judged(tx: Tx, wanted: RunFilter, run_ids: list[int] | None) -> Iterator[tuple[Run, str]]:
    """Each run with the reason why it cannot start again; empty where it can."""
    for found in _some_at_a_time(tx, wanted) if run_ids is None else [queries.some(tx, run_ids)]:
        why = queries.cannot_retry(tx, [run.job_id for run in found])
        for run in found:
            reason = "went well or goes on" if run.status not in BAD else "was started again" if run.retried_at else ""
            yield run, reason or why.get(run.job_id) or ""


def _some_at_a_time(tx: Tx, wanted: RunFilter) -> Iterator[list[Run]]:
    place: Place | None = None
    for _ in range(LOOKED_AT_MOST // AT_ONCE):
        found = queries.older(tx, wanted, place, AT_ONCE)
        yield found
        if len(found) < AT_ONCE:
            return
        place = Place(started_at=found[-1].started_at, id=found[-1].id)


def retry_many(
    app: App, scope: Scope, run_ids: tuple[int, ...], over_minutes: int = 0, *, is_installation: bool = False
) -> int:
    """
    Start these again, evenly spread over so many minutes; returns how many. What cannot be started is passed over.

    :raises RoleTooLow, SpreadTooWide:
    """
    if not 0 <= over_minutes <= SPREAD_MOST_MINUTES:
        raise SpreadTooWide()
    chosen = run_ids[:AT_ONCE]
    apart = timedelta(minutes=over_minutes) / max(1, len(chosen) - 1)
    count = 0
    with desk(app, scope, Act.SCHEDULE, is_installation=is_installation) as at:
        for number, run in enumerate(queries.some(at.tx, list(chosen))):
            start_at = at.tx.now + number * apart if over_minutes and number else None
            count += run.status in BAD and not run.retried_at and _retry(at.tx, run, start_at)
        if count:
            at.audit("retried", "runs", f"{count} runs", minutes=over_minutes)
    return count


def plan_stop(tx: Tx, wanted: RunFilter) -> StopPlan:
    """What cancelling all that wait and match would do; the next 1,000 to start. Changes nothing."""
    taken = unstarted.waiting_jobs(tx, wanted, AT_ONCE)
    return StopPlan(jobs=tuple(job.job_id for job in taken), total=unstarted.count_waiting(tx, wanted))


def stop(app: App, scope: Scope, job_ids: list[int], *, is_installation: bool = False) -> tuple[int, int]:
    """
    Cancel jobs that wait and ask those that run to stop; how many of each. What has ended is passed over.

    :raises RoleTooLow, NothingToStop: none of them was under way
    """
    chosen = job_ids[:AT_ONCE]
    with desk(app, scope, Act.SCHEDULE, is_installation=is_installation) as at:
        for job in unstarted_queries.waiting(at.tx, RunFilter(name=_STARTS), AT_ONCE, chosen):
            _cancel_start(at.tx, str(job.start_id or ""))
        done = Counter(queries.stop(at.tx, job_id) for job_id in chosen)
        cancelled, told = done["cancelled"], done["asked"]
        if not cancelled and not told:
            raise NothingToStop()
        at.audit("stopped", "jobs", f"{cancelled + told} jobs", cancelled=cancelled, asked=told)
    return cancelled, told


def stop_run(app: App, scope: Scope, run_id: int, *, is_installation: bool = False) -> None:
    """
    Ask one run to stop. A plain job that does not ask whether it shall stop runs to its end.

    :raises RunNotFound, NothingToStop, RoleTooLow:
    """
    with desk(app, scope, Act.SCHEDULE, is_installation=is_installation) as at:
        found = _found(at.tx, run_id)
        if found.task == _STARTS and found.subject_id and found.status is RunStatus.RUNNING:
            if not _cancel_start(at.tx, found.subject_id):
                raise NothingToStop()
            if is_installation:
                at.audit("cancelled", "job", found.subject_id)
            return
    stop(app, scope, [found.job_id], is_installation=is_installation)


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
