"""What has not started: jobs that wait, and wishes that never became a run."""

from typing import Any, LiteralString

from services.jobs.kinds.registry import KINDS
from services.jobs.runs.models import LostStart, RunFilter, WaitingJob
from services.jobs.starts.service import is_installation
from services.kit.db import Tx

MOST = 20_000  # of one organisation; more never waits but for a fault
_WAITING: LiteralString = """
select w.job_id, w.task, w.scheduled_at, w.queued_at, w.attempts, w.args, s.id as start_id, s.kind, s.brand_id,
  s.origin, s.origin_id, s.started_by, coalesce(s.held, '') as held
"""
_MINE: LiteralString = "from app.my_waiting_jobs(%(most)s) w "
_OWN: LiteralString = "from app.own_waiting_jobs(%(most)s) w "
_WANTED: LiteralString = """
left join app.job_starts s on s.id = case when w.task = 'jobs.run_start' then (w.args ->> 'start_id')::uuid end
where (%(task)s::text is null or w.task = %(task)s) and (%(kind)s::text is null or s.kind = %(kind)s)
and (%(brand)s::uuid is null or s.brand_id = %(brand)s) and (%(origin)s::text is null or s.origin = %(origin)s)
and (%(schedule)s::uuid is null or s.schedule_id = %(schedule)s)
and (%(since)s::timestamptz is null or coalesce(w.scheduled_at, w.queued_at) >= %(since)s)
and (%(until)s::timestamptz is null or coalesce(w.scheduled_at, w.queued_at) < %(until)s)
and (%(ids)s::bigint[] is null or w.job_id = any (%(ids)s))
"""


def waiting(tx: Tx, wanted: RunFilter, limit: int, ids: list[int] | None = None) -> list[WaitingJob]:
    """The next to start first. Words are not asked for."""
    return tx.all(
        _WAITING + _whose(tx) + _WANTED + "order by w.scheduled_at nulls first, w.job_id limit %(limit)s",
        {**_terms(wanted), "ids": ids, "limit": limit},
        WaitingJob,
    )


def count_waiting(tx: Tx, wanted: RunFilter) -> int:
    """As `waiting`, all of them."""
    count: int = tx.value("select count(*) " + _whose(tx) + _WANTED, {**_terms(wanted), "ids": None})
    return count


def lost(tx: Tx, wanted: RunFilter, limit: int) -> list[LostStart]:
    """Those that nobody has started again, the newest first. Words are not asked for."""
    return tx.all(
        "select id, kind, brand_id, origin, origin_id, started_by, due_at, created_at, error from app.job_starts s "
        "where state = 'lost' "
        "and not exists (select from app.job_starts a where a.origin = 'retry' and a.origin_id = s.id::text) "
        "and (%(name)s::text is null or kind = %(name)s) and (%(brand)s::uuid is null or brand_id = %(brand)s) "
        "and (%(origin)s::text is null or origin = %(origin)s) "
        "and (%(schedule)s::uuid is null or schedule_id = %(schedule)s) "
        "and (%(since)s::timestamptz is null or coalesce(due_at, created_at) >= %(since)s) "
        "and (%(until)s::timestamptz is null or coalesce(due_at, created_at) < %(until)s) "
        "order by created_at desc, id desc limit %(limit)s",
        {**_terms(wanted), "limit": limit},
        LostStart,
    )


def _whose(tx: Tx) -> LiteralString:
    return _OWN if is_installation(tx) else _MINE


def _terms(wanted: RunFilter) -> dict[str, Any]:
    is_kind = wanted.name in KINDS
    return {
        "most": MOST,
        "name": wanted.name or None,
        "task": wanted.name if wanted.name and not is_kind else None,
        "kind": wanted.name if is_kind else None,
        "brand": wanted.brand_id,
        "origin": wanted.origin or None,
        "schedule": wanted.schedule_id,
        "since": wanted.since,
        "until": wanted.until,
    }
