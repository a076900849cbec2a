"""What Prometheus is told about the queue, over all organisations and without naming any."""

from datetime import timedelta

from services.events import HEARERS
from services.jobs import queries
from services.jobs.service import ALIVE_SECONDS
from services.kit.db import Tx
from services.kit.meters import Reading


def figures(tx: Tx) -> list[Reading]:
    """Depth and oldest by queue, 0 where nothing waits, and workers alive; `tx` is `app.admin_tx()`. In seconds."""
    rows = tx.tuples(
        "select j.queue_name, count(*) filter (where j.status = 'todo'), count(*) filter (where j.status = 'doing'), "
        "coalesce(extract(epoch from clock_timestamp() - min(coalesce(j.scheduled_at, e.at)) filter (where "
        "j.status = 'todo' and coalesce(j.scheduled_at, e.at) <= clock_timestamp())), 0)::float8 "
        "from queue.procrastinate_jobs j left join lateral (select max(at) as at from queue.procrastinate_events "
        "where job_id = j.id) e on true where j.status in ('todo', 'doing') group by j.queue_name",
        {},
    )
    alive = len(queries.beats(tx, tx.now - timedelta(seconds=ALIVE_SECONDS)))
    none = {job.queue: 0.0 for heard in HEARERS.values() for job in heard}
    waits, runs = none | {row[0]: float(row[1]) for row in rows}, none | {row[0]: float(row[2]) for row in rows}
    oldest = none | {row[0]: float(row[3]) for row in rows}
    return [
        Reading("loopdesk_queue_waiting", "Jobs that wait", "queue", waits),
        Reading("loopdesk_queue_running", "Jobs that run", "queue", runs),
        Reading("loopdesk_queue_oldest_seconds", "How long the oldest due job has waited", "queue", oldest),
        Reading("loopdesk_workers", "Workers with a sign of life", "", {"": float(alive)}),
    ]
