"""Runs as people see them; the queue and its workers as the System screen and the clockwork see them."""

from collections.abc import Sequence
from datetime import datetime

from services.jobs.models import Beat, Health, Run
from services.kit.db import Tx


def runs(tx: Tx, tasks: Sequence[str], statuses: Sequence[str], before: int | None, limit: int) -> list[Run]:
    """The latest first; an empty sequence means all; `before` is the last id already shown."""
    return tx.all(
        "select id, org_id, job_id, task, attempt, subject_id, status, due_at, started_at, finished_at, "
        "progress_done, progress_total, note, error from app.job_runs "
        "where (cardinality(%(tasks)s::text[]) = 0 or task = any (%(tasks)s)) "
        "and (cardinality(%(statuses)s::text[]) = 0 or status = any (%(statuses)s)) "
        "and (%(before)s::bigint is null or id < %(before)s) order by id desc limit %(limit)s",
        {"tasks": list(tasks), "statuses": list(statuses), "before": before, "limit": limit},
        Run,
    )


def health(tx: Tx, alive_since: datetime) -> Health:
    """As the web's own login or the worker across organisations."""
    found = tx.one(
        "select count(*) filter (where j.status = 'todo') as waiting, "
        "count(*) filter (where j.status = 'doing') as running, "
        "extract(epoch from clock_timestamp() - min(coalesce(j.scheduled_at, e.at)) filter "
        "(where j.status = 'todo' and coalesce(j.scheduled_at, e.at) <= clock_timestamp())) as oldest_waiting_seconds, "
        "(select count(*) from app.worker_beats where seen_at >= %(since)s) as workers "
        "from queue.procrastinate_jobs j left join lateral (select max(at) as at from queue.procrastinate_events "
        "where job_id = j.id) e on true where j.status in ('todo', 'doing')",
        {"since": alive_since},
        Health,
    )
    assert found is not None
    return found


def beats(tx: Tx, alive_since: datetime) -> list[Beat]:
    return tx.all(
        "select worker, host, pid, version, started_at, seen_at from app.worker_beats where seen_at >= %(since)s "
        "order by started_at, worker",
        {"since": alive_since},
        Beat,
    )


def beat(tx: Tx, worker: str, host: str, pid: int, version: str) -> None:
    tx.run(
        "insert into app.worker_beats (worker, host, pid, version, started_at, seen_at) "
        "values (%(worker)s, %(host)s, %(pid)s, %(version)s, %(now)s, %(now)s) "
        "on conflict (worker) do update set seen_at = excluded.seen_at",
        {"worker": worker, "host": host, "pid": pid, "version": version, "now": tx.now},
    )


def forget_beats(tx: Tx, worker: str, before: datetime) -> None:
    tx.run(
        "delete from app.worker_beats where worker = %(worker)s or seen_at < %(before)s",
        {"worker": worker, "before": before},
    )


def purge_jobs(tx: Tx, before: datetime, limit: int) -> int:
    """Forget finished jobs; their runs stay."""
    return tx.run(
        "delete from queue.procrastinate_jobs where id in (select j.id from queue.procrastinate_jobs j "
        "where j.status in ('succeeded', 'failed', 'cancelled', 'aborted') and not exists (select 1 from "
        "queue.procrastinate_events e where e.job_id = j.id and e.at >= %(before)s) order by j.id limit %(limit)s)",
        {"before": before, "limit": limit},
    )


def count_old_jobs(tx: Tx, before: datetime) -> int:
    """Finished jobs whose last event was before."""
    found: int = tx.value(
        "select count(*) from queue.procrastinate_jobs j where j.status in ('succeeded', 'failed', 'cancelled', "
        "'aborted') and not exists (select 1 from queue.procrastinate_events e where e.job_id = j.id "
        "and e.at >= %(before)s)",
        {"before": before},
    )
    return found


def purge_runs(tx: Tx, before: datetime, limit: int) -> int:
    return tx.run(
        "delete from app.job_runs where id in (select id from app.job_runs where started_at < %(before)s "
        "and status <> 'running' order by id limit %(limit)s)",
        {"before": before, "limit": limit},
    )
