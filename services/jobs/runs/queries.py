"""Runs of the active organisation or the installation, a page at a time by key; what a run said."""

from typing import Any, LiteralString

from services.jobs.kinds.registry import KINDS
from services.jobs.models import Run
from services.jobs.runs.models import LogLine, Place, RunFilter, Shown
from services.jobs.runs.words import asked
from services.jobs.starts.service import is_installation
from services.kit.db import Tx

# The organisation is named once more because a policy's list of organisations keeps an index from giving its order.
# Conditions that were not asked for fold away: screens' statements are planned for their values.
_MINE: LiteralString = "from app.job_runs r where r.org_id = (select (app.my_org_ids())[1]) "
_OWN: LiteralString = "from app.job_runs r where r.org_id is null "
_WHERE: LiteralString = """
and (%(status)s::text is null or r.status = %(status)s)
and (not %(trouble)s or r.status in ('failed', 'retrying', 'lost', 'aborted', 'quarantined'))
and (not %(dead)s or (r.status in ('failed', 'retrying', 'lost', 'aborted', 'quarantined')
  and r.status in ('failed', 'lost', 'quarantined') and r.retried_at is null
  and not exists (select 1 from app.job_runs f where f.job_id = r.job_id and f.attempt > r.attempt)))
and (not %(late)s or r.started_at - r.due_at > interval '30 seconds')
and (%(task)s::text is null or r.task = %(task)s) and (%(kind)s::text is null or r.kind = %(kind)s)
and (%(brand)s::uuid is null or r.brand_id = %(brand)s) and (%(origin)s::text is null or r.origin = %(origin)s)
and (%(schedule)s::text is null or r.origin_id = %(schedule)s)
and (%(since)s::timestamptz is null or r.started_at >= %(since)s)
and (%(until)s::timestamptz is null or r.started_at < %(until)s)
and (%(said)s::bigint[] is null or r.id = any (%(said)s))
and (%(exact)s::text is null or r.subject_id = %(exact)s or r.trace_id = %(exact)s)
and (%(number)s::bigint is null or r.id = %(number)s or r.job_id = %(number)s)
"""
_COLUMNS: LiteralString = """
select r.id, r.org_id, r.job_id, r.task, r.attempt, r.subject_id, r.status, r.due_at, r.started_at, r.finished_at,
r.progress_done, r.progress_total, r.note, r.error, r.kind, r.brand_id, r.origin, r.origin_id, r.started_by,
r.trace_id, r.inputs, r.outcome, r.api_calls, r.cost_micros, r.cost_currency, r.retried_at
"""
_BY_ID: LiteralString = "from app.job_runs r where r.id = any (%(runs)s)"
_STATUS = {
    Shown.RUNNING: "running",
    Shown.RETRYING: "retrying",
    Shown.SUCCEEDED: "succeeded",
    Shown.FAILED: "failed",
    Shown.CRASHED: "lost",
    Shown.CANCELLED: "aborted",
    Shown.QUARANTINED: "quarantined",
}


def older(tx: Tx, wanted: RunFilter, place: Place | None, limit: int) -> list[Run]:
    """The newest first, from below `place` on."""
    return tx.all(
        _COLUMNS + _whose(tx) + _WHERE + "and (%(at)s::timestamptz is null or (r.started_at, r.id) < (%(at)s, %(id)s)) "
        "order by r.started_at desc, r.id desc limit %(limit)s",
        {**_terms(tx, wanted, place, limit), **_key(place), "limit": limit},
        Run,
    )


def newer(tx: Tx, wanted: RunFilter, place: Place, limit: int) -> list[Run]:
    """Those just above `place`, the newest first."""
    found = tx.all(
        _COLUMNS + _whose(tx) + _WHERE + "and (r.started_at, r.id) > (%(at)s, %(id)s) "
        "order by r.started_at, r.id limit %(limit)s",
        {**_terms(tx, wanted, place, limit), **_key(place), "limit": limit},
        Run,
    )
    return found[::-1]


def one(tx: Tx, run_id: int) -> Run | None:
    return next(iter(some(tx, [run_id])), None)


def some(tx: Tx, run_ids: list[int]) -> list[Run]:
    """In the order they are asked for."""
    found = {run.id: run for run in tx.all(_COLUMNS + _BY_ID, {"runs": run_ids}, Run)}
    return [found[run_id] for run_id in run_ids if run_id in found]


def attempts(tx: Tx, job_id: int) -> list[Run]:
    """All runs of one job, the first first."""
    return tx.all(
        _COLUMNS + "from app.job_runs r where r.job_id = %(job)s order by r.attempt limit 50", {"job": job_id}, Run
    )


def lines(tx: Tx, run_id: int, limit: int) -> list[LogLine]:
    """The last of them, the oldest first."""
    return tx.all(
        "select number, at, level, text from (select l.number, l.at, l.level, l.text from app.run_log_lines l "
        "where l.run_id = %(run)s order by l.number desc limit %(limit)s) t order by number",
        {"run": run_id, "limit": limit},
        LogLine,
    )


def cannot_retry(tx: Tx, job_ids: list[int]) -> dict[int, str | None]:
    """By job, why it cannot be started again; None where it can."""
    if is_installation(tx):
        sql: LiteralString = "select j, app.own_cannot_retry(j) from unnest(%(jobs)s::bigint[]) j"
    else:
        sql = "select j, app.cannot_retry(j) from unnest(%(jobs)s::bigint[]) j"
    return dict(tx.tuples(sql, {"jobs": job_ids}))


def retry(tx: Tx, job_id: int, start_at: Any) -> int | None:
    """The new job's id; None where it cannot be started again."""
    own: LiteralString = "select app.own_retry_job(%(job)s, %(at)s)"
    sql = own if is_installation(tx) else "select app.retry_job(%(job)s, %(at)s)"
    made: int | None = tx.value(sql, {"job": job_id, "at": start_at})
    return made


def hold_unretried(tx: Tx, run_id: int) -> bool:
    """Hold its row until the transaction ends; False where somebody has started it again already."""
    sql = "select 1 from app.job_runs where id = %(run)s and retried_at is null for update"
    return tx.value(sql, {"run": run_id}) is not None


def mark_retried(tx: Tx, run_id: int) -> None:
    tx.run("update app.job_runs set retried_at = %(now)s where id = %(run)s", {"now": tx.now, "run": run_id})


def stop(tx: Tx, job_id: int) -> str | None:
    """ "cancelled", "asked", or None where it has ended."""
    sql = "select app.own_stop_job(%(job)s)" if is_installation(tx) else "select app.stop_job(%(job)s)"
    found: str | None = tx.value(sql, {"job": job_id})
    return found


def _saying(tx: Tx, words: str, place: Place | None, most: int) -> list[int]:
    """The newest runs below the place that say these words; more than a page where other filters leave some out."""
    own: LiteralString = """
    select array(select r.id from app.job_runs r where r.org_id is null and (r.error is not null or r.note <> '')
      and to_tsvector('simple', coalesce(r.error, '') || ' ' || r.note) @@ to_tsquery('simple', %(words)s)
      and (%(at)s::timestamptz is null or (r.started_at, r.id) < (%(at)s, %(id)s))
      order by r.started_at desc, r.id desc limit %(most)s)
    """
    mine: LiteralString = (
        "select array(select app.runs_saying(to_tsquery('simple', %(words)s), %(at)s, %(id)s, %(most)s))"
    )
    found: list[int] = tx.value(own if is_installation(tx) else mine, {"words": words, **_key(place), "most": most})
    return found


def _whose(tx: Tx) -> LiteralString:
    return _OWN if is_installation(tx) else _MINE


def _key(place: Place | None) -> dict[str, Any]:
    return {"at": place.started_at if place else None, "id": place.id if place else None}


def _terms(tx: Tx, wanted: RunFilter, place: Place | None, limit: int) -> dict[str, Any]:
    words, exact, number = asked(wanted.text)
    is_kind = wanted.name in KINDS
    return {
        "status": _STATUS.get(wanted.shown) if wanted.shown else None,
        "trouble": wanted.shown is Shown.TROUBLE,
        "dead": wanted.shown is Shown.DEAD,
        "late": wanted.shown is Shown.LATE,
        "task": wanted.name if wanted.name and not is_kind else None,
        "kind": wanted.name if is_kind else None,
        "brand": wanted.brand_id,
        "origin": wanted.origin or None,
        "schedule": str(wanted.schedule_id) if wanted.schedule_id else None,
        "since": wanted.since,
        "until": wanted.until,
        "said": None
        if words is None
        else _saying(tx, words, place, limit if wanted == RunFilter(text=wanted.text) else 10 * limit),
        "exact": exact,
        "number": number,
    }
