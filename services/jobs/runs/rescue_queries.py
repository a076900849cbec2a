"""The queue and its history after a crash; as the worker across organisations."""

from datetime import datetime, timedelta
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.kit.db import Tx


class Stalled(BaseModel):
    """A job whose worker no longer gives a sign of life."""

    model_config = ConfigDict(frozen=True)

    id: int


class Crashed(BaseModel):
    """The run that ended with its worker."""

    model_config = ConfigDict(frozen=True)

    id: int
    org_id: UUID | None
    task: str


def claim_stalled(tx: Tx, silent: timedelta) -> list[Stalled]:
    return tx.all(
        "select j.id from queue.procrastinate_jobs j left join queue.procrastinate_workers w "
        "on w.id = j.worker_id where j.status = 'doing' and (w.id is null or "
        "w.last_heartbeat < clock_timestamp() - %(silent)s) order by j.id limit 500 for update of j skip locked",
        {"silent": silent},
        Stalled,
    )


def crashes(tx: Tx, job_id: int) -> int:
    """How many workers this job has ended so far."""
    found: int = tx.value(
        "select count(*) from app.job_runs where job_id = %(job)s and status = 'lost'", {"job": job_id}
    )
    return found


def requeue(tx: Tx, job_id: int) -> None:
    tx.run("select queue.procrastinate_retry_job_v2(%(job)s, null, null, null, null)", {"job": job_id})


def give_up(tx: Tx, job_id: int) -> None:
    tx.run("select queue.procrastinate_finish_job_v1(%(job)s, 'failed', false)", {"job": job_id})


def mark_crashed(tx: Tx, job_id: int, status: str) -> Crashed | None:
    """The run under way ends so, also where its worker never came to write its start; None where it had ended."""
    return tx.one(
        "insert into app.job_runs as r (org_id, job_id, task, attempt, subject_id, status, due_at, started_at, "
        "finished_at, error) select o.id, j.id, j.task_name, j.attempts + 1, (select a.value "
        "from jsonb_each_text(j.args) a where a.key not in ('org_id', 'traceparent') and a.value is not null limit 1), "
        "%(status)s, j.scheduled_at, coalesce((select max(e.at) from queue.procrastinate_events e "
        "where e.job_id = j.id and e.type = 'started'), %(now)s), %(now)s, 'Its worker ended without a word.' "
        "from queue.procrastinate_jobs j left join app.organisations o on o.id = (j.args ->> 'org_id')::uuid "
        "where j.id = %(job)s on conflict (job_id, attempt) do update set status = excluded.status, "
        "finished_at = excluded.finished_at, error = excluded.error where r.status = 'running' "
        "returning id, org_id, task",
        {"job": job_id, "status": status, "now": tx.now},
        Crashed,
    )


def put_back_unread(tx: Tx, silent: timedelta) -> int:
    """
    Jobs that a worker from before `newer_jobs` ended because it did not know their task: failed, and never begun.

    Not counted as tries; twenty times at most. A run's own row is there by now: it failed before `silent`. It failed
    within the hour: the rows of older runs may have been forgotten.
    """
    return tx.run(
        "update queue.procrastinate_jobs set status = 'todo', attempts = attempts - 1, "
        "scheduled_at = clock_timestamp() + interval '10 seconds' where id in ("
        "select distinct on (coalesce(j.queueing_lock, j.id::text)) j.id from (select e.job_id, max(e.at) as at "
        "from queue.procrastinate_events e where e.type = 'failed' and e.id > (select coalesce(max(m.id), 0) - 50000 "
        "from queue.procrastinate_events m) group by e.job_id) f join queue.procrastinate_jobs j on j.id = f.job_id "
        "where j.status = 'failed' and j.attempts > 0 and f.at < clock_timestamp() - %(silent)s "
        "and f.at > clock_timestamp() - interval '1 hour' "
        "and not exists (select 1 from app.job_runs r where r.job_id = j.id and r.attempt = j.attempts) "
        "and not exists (select 1 from queue.procrastinate_jobs o where o.queueing_lock = j.queueing_lock "
        "and o.status = 'todo') and (select count(*) from queue.procrastinate_events p where p.job_id = j.id "
        "and p.type = 'retried') < 20 order by coalesce(j.queueing_lock, j.id::text), j.id) and status = 'failed'",
        {"silent": silent},
    )


def strike_off(tx: Tx, silent: timedelta) -> None:
    """Workers of the queue that are silent for so long; one that lives begins again under another number."""
    tx.run("select queue.procrastinate_prune_stalled_workers_v1(%(seconds)s)", {"seconds": silent.total_seconds()})


def forget_workers(tx: Tx, silent_since: datetime) -> datetime | None:
    """Strike off those that gave no sign since then; when the first of them was last heard, None where none."""
    found: datetime | None = tx.value(
        "with gone as (delete from app.worker_beats where seen_at < %(since)s returning seen_at) "
        "select min(seen_at) from gone",
        {"since": silent_since},
    )
    return found


def make_whole(tx: Tx, since: datetime) -> int:
    """Runs that ended after then, by the queue's word, and whose end, or whole row, was never written."""
    return tx.run(
        "insert into app.job_runs as r (org_id, job_id, task, attempt, subject_id, status, due_at, started_at, "
        "finished_at, error) select o.id, j.id, j.task_name, j.attempts, (select a.value "
        "from jsonb_each_text(j.args) a where a.key not in ('org_id', 'traceparent') and a.value is not null limit 1), "
        "case when j.status in ('succeeded', 'failed') then j.status::text "
        "when j.status in ('todo', 'doing') then 'retrying' else 'aborted' end, null, e.began, "
        "greatest(e.began, e.ended), case when j.status = 'failed' then 'What it said was lost with its worker.' end "
        "from (select n.job_id, (array_agg(n.at order by n.at desc) filter (where n.type = 'started')) as begun, "
        "max(n.at) filter (where n.type in ('succeeded', 'failed', 'aborted', 'deferred_for_retry')) as ended "
        "from queue.procrastinate_events n where n.id > (select coalesce(max(m.id), 0) - 50000 "
        "from queue.procrastinate_events m) and n.at >= %(since)s group by n.job_id) t "
        "join queue.procrastinate_jobs j on j.id = t.job_id and j.attempts >= 1 "
        "cross join lateral (select t.begun[case when j.status = 'doing' then 2 else 1 end] as began, t.ended) e "
        "left join app.organisations o on o.id = (j.args ->> 'org_id')::uuid "
        "where e.began is not null and e.ended is not null "
        "on conflict (job_id, attempt) do update set status = excluded.status, finished_at = excluded.finished_at, "
        "error = excluded.error where r.status = 'running'",
        {"since": since},
    )


def forget_long_running(tx: Tx, before: datetime) -> int:
    """Runs that began before then and whose job is not under way: nothing runs for weeks after a crash."""
    return tx.run(
        "update app.job_runs r set status = 'lost', finished_at = %(now)s, error = 'Its end was never written.' "
        "where r.status = 'running' and r.started_at < %(before)s and not exists (select 1 "
        "from queue.procrastinate_jobs j where j.id = r.job_id and j.status = 'doing')",
        {"before": before, "now": tx.now},
    )
