"""What the Jobs screen counts, for one organisation; row security leaves the others out."""

from datetime import datetime

from services.jobs.board_models import Lateness, Queued
from services.jobs.models import Run
from services.kit.db import Tx


def latest_of_each(tx: Tx, count: int) -> list[Run]:
    """
    The latest runs of every task and, of what people and schedules start, of every kind; newest first.

    A start that ended before its kind was known stands under its task.

    One jump through an index per task or kind and one short range each. The organisation is named once more because a
    policy's list of organisations keeps the index from giving its own order.
    """
    return tx.all(
        "with recursive mine as (select (app.my_org_ids())[1] as org_id), tasks as (select (select r.task "
        "from app.job_runs r where r.org_id = (select org_id from mine) order by r.task limit 1) as task union all "
        "select (select r.task from app.job_runs r where r.org_id = (select org_id from mine) and r.task > t.task "
        "order by r.task limit 1) from tasks t where t.task is not null), "
        "kinds as (select (select r.kind from app.job_runs r where r.org_id = (select org_id from mine) "
        "and r.kind is not null order by r.kind limit 1) as kind union all "
        "select (select r.kind from app.job_runs r where r.org_id = (select org_id from mine) and r.kind > k.kind "
        "order by r.kind limit 1) from kinds k where k.kind is not null), "
        "latest as (select n.id from tasks t cross join lateral (select l.id from app.job_runs l "
        "where l.org_id = (select org_id from mine) and l.task = t.task and t.task <> 'jobs.run_start' "
        "order by l.started_at desc, l.id desc limit %(count)s) n union all "
        "select n.id from kinds k cross join lateral (select l.id from app.job_runs l "
        "where l.org_id = (select org_id from mine) and l.kind = k.kind "
        "order by l.started_at desc, l.id desc limit %(count)s) n union all "
        "(select l.id from app.job_runs l where l.org_id = (select org_id from mine) and l.task = 'jobs.run_start' "
        "and l.kind is null order by l.started_at desc, l.id desc limit %(count)s)) "
        "select r.id, r.org_id, r.job_id, r.task, r.attempt, r.subject_id, r.status, r.due_at, r.started_at, "
        "r.finished_at, r.progress_done, r.progress_total, r.note, r.error, r.kind from latest "
        "join app.job_runs r on r.id = latest.id order by r.started_at desc, r.id desc",
        {"count": count},
        Run,
    )


def still_failed(tx: Tx, since: datetime) -> list[Run]:
    """Ended badly since then, and the same work has neither succeeded since nor is it under way. Newest first."""
    return tx.all(
        "with late as materialized (select id, org_id, job_id, task, attempt, subject_id, status, due_at, started_at, "
        "finished_at, progress_done, progress_total, note, error, kind from app.job_runs "
        "where started_at >= %(since)s) "
        "select r.id, r.org_id, r.job_id, r.task, r.attempt, r.subject_id, r.status, r.due_at, r.started_at, "
        "r.finished_at, r.progress_done, r.progress_total, r.note, r.error, r.kind from late r "
        "where r.status in ('failed', 'lost', 'quarantined') "
        "and not exists (select 1 from late f where f.job_id = r.job_id and f.attempt > r.attempt) "
        "and not exists (select 1 from late f where f.task = r.task and f.subject_id = r.subject_id "
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
    """By task or kind: how many jobs wait, since when, how many are planned for later and when the next is due."""
    return tx.all(
        "select task as name, count(*) filter (where scheduled_at is null or scheduled_at <= %(now)s) as waiting, "
        "min(coalesce(scheduled_at, queued_at)) filter (where scheduled_at is null or scheduled_at <= %(now)s) "
        "as waiting_since, count(*) filter (where scheduled_at > %(now)s) as planned, "
        "min(scheduled_at) filter (where scheduled_at > %(now)s) as next_at from app.my_queued_jobs() group by task",
        {"now": tx.now},
        Queued,
    )
