"""What the Jobs screen counts, for one organisation; row security leaves the others out."""

from datetime import datetime

from services.jobs.board_models import Lateness, Queued
from services.jobs.models import Run
from services.kit.db import Tx


def still_failed(tx: Tx, since: datetime) -> list[Run]:
    """Ended badly since then, and the same work has neither succeeded since nor is it under way. Newest first."""
    return tx.all(
        "select r.id, r.org_id, r.job_id, r.task, r.attempt, r.subject_id, r.status, r.due_at, r.started_at, "
        "r.finished_at, r.progress_done, r.progress_total, r.note, r.error from app.job_runs r "
        "where r.started_at >= %(since)s and r.status in ('failed', 'lost') and not exists (select 1 "
        "from app.job_runs f where f.task = r.task and (f.job_id = r.job_id or f.subject_id = r.subject_id) "
        "and (f.started_at, f.id) > (r.started_at, r.id)) order by r.started_at desc, r.id desc",
        {"since": since},
        Run,
    )


def lateness(tx: Tx, since: datetime) -> Lateness:
    """Seconds between due and started of the runs since then."""
    found = tx.one(
        "select count(*) as runs, "
        "percentile_cont(0.5) within group (order by extract(epoch from started_at - due_at)) as median_seconds, "
        "percentile_cont(0.95) within group (order by extract(epoch from started_at - due_at)) as p95_seconds "
        "from app.job_runs where started_at >= %(since)s and due_at is not null",
        {"since": since},
        Lateness,
    )
    return found or Lateness(runs=0, median_seconds=None, p95_seconds=None)


def queued(tx: Tx) -> list[Queued]:
    """By task: how many jobs wait now, since when, how many are planned for later and when the next of those is due."""
    return tx.all(
        "select task, count(*) filter (where scheduled_at is null or scheduled_at <= %(now)s) as waiting, "
        "min(coalesce(scheduled_at, queued_at)) filter (where scheduled_at is null or scheduled_at <= %(now)s) "
        "as waiting_since, count(*) filter (where scheduled_at > %(now)s) as planned, "
        "min(scheduled_at) filter (where scheduled_at > %(now)s) as next_at from app.my_queued_jobs() group by task",
        {"now": tx.now},
        Queued,
    )
