"""Jobs in the queue and their runs, as a worker leaves them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from tests.makers.world import World


def make_job(
    world: World,
    org_id: UUID | None,
    task: str = "media.make_thumbnail",
    *,
    status: str = "todo",
    at: datetime | None = None,
    **args: str,
) -> int:
    """A job in the queue, of the installation where it has no organisation; `at` is when it is planned for."""
    with world.superuser() as connection, connection.transaction():
        connection.execute("set local search_path = queue, public")  # its triggers name their tables bare
        row = connection.execute(
            "insert into queue.procrastinate_jobs (queue_name, task_name, args, status, scheduled_at) "
            "values ('default', %s, %s, %s, %s) returning id",
            [task, Jsonb({"org_id": str(org_id) if org_id else None, **args}), status, at],
        ).fetchone()
    assert row is not None
    return int(row[0])


def make_run(
    world: World,
    org_id: UUID | None,
    task: str = "media.make_thumbnail",
    status: str = "succeeded",
    *,
    ago: timedelta = timedelta(minutes=5),
    took: timedelta = timedelta(seconds=3),
    late: timedelta = timedelta(0),
    job_id: int | None = None,
    **columns: Any,
) -> int:
    """A run of a job that is in the queue with the fitting status; returns the run's id."""
    left = {"running": "doing", "retrying": "todo", "succeeded": "succeeded"}.get(status, "failed")
    job = job_id or make_job(world, org_id, task, status=left)
    started = world.clock.now() - ago
    row = {
        "org_id": org_id,
        "job_id": job,
        "task": task,
        "attempt": 1,
        "status": status,
        "due_at": started - late,
        "started_at": started,
        "finished_at": None if status == "running" else started + took,
        **columns,
    }
    with world.superuser() as connection:
        names = ", ".join(row)
        marks = ", ".join(f"%({name})s" for name in row)
        found = connection.execute(f"insert into app.job_runs ({names}) values ({marks}) returning id", row).fetchone()
    assert found is not None
    return int(found[0])
