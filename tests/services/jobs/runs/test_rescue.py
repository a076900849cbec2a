"""After a worker ended without a word its jobs run again, its runs are told truly, and poison is put aside."""

from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from psycopg.types.json import Jsonb

from services import jobs
from tests.makers.cast import Cast
from tests.makers.jobs import make_run
from tests.makers.world import World
from worker.tasks.jobs import tell_quarantined

SILENT = timedelta(seconds=15)


def _value(world: World, sql: str, *params: object) -> object:
    with psycopg.connect(world.addresses.admin, autocommit=True, options="-c search_path=queue,public") as connection:
        row = connection.execute(sql, params).fetchone()
        return row[0] if row else None


@pytest.fixture(autouse=True)
def empty_queue(world: World) -> None:
    _value(world, "delete from app.worker_beats returning 1")
    with world.superuser() as connection:
        connection.execute("truncate queue.procrastinate_jobs, queue.procrastinate_workers cascade")


def _doing(world: World, org_id: UUID, *, silent_seconds: float, attempts: int = 0) -> int:
    """A job in the hands of a worker that was last heard so long ago; returns its id."""
    worker = _value(
        world,
        "insert into queue.procrastinate_workers (last_heartbeat) values (now() - make_interval(secs => %s)) "
        "returning id",
        silent_seconds,
    )
    given = Jsonb({"org_id": str(org_id), "post_id": "7"})
    job = _value(
        world,
        "insert into queue.procrastinate_jobs (queue_name, task_name, args, attempts) "
        "values ('default', 'tests.task', %s, %s) returning id",
        given,
        attempts,
    )
    _value(
        world,
        "update queue.procrastinate_jobs set status = 'doing', worker_id = %s where id = %s returning 1",
        worker,
        job,
    )
    assert isinstance(job, int)
    return job


def _written(world: World, org_id: UUID, job: int, attempt: int = 1) -> int:
    return make_run(world, org_id, "tests.task", "running", job_id=job, attempt=attempt)


def _status(world: World, job: int) -> object:
    return _value(world, "select status::text from queue.procrastinate_jobs where id = %s", job)


def _runs(world: World, cast: Cast) -> list[tuple[str, int, str | None]]:
    with world.web.tx(cast.ana) as tx:
        return [(run.status.value, run.attempt, run.subject_id) for run in jobs.recent(tx)]


def test_a_job_whose_worker_died_is_queued_again_and_its_run_crashed(world: World, cast: Cast) -> None:
    job = _doing(world, cast.acme, silent_seconds=16)
    _written(world, cast.acme, job)
    assert jobs.rescue(world.worker, SILENT) == 1
    assert _status(world, job) == "todo"
    assert _runs(world, cast) == [("lost", 1, None)]
    assert jobs.rescue(world.worker, SILENT) == 0


def test_a_run_whose_start_was_never_written_is_told_all_the_same(world: World, cast: Cast) -> None:
    _doing(world, cast.acme, silent_seconds=16, attempts=2)
    jobs.rescue(world.worker, SILENT)
    assert _runs(world, cast) == [("lost", 3, "7")]


def test_a_job_whose_worker_lives_is_left_alone(world: World, cast: Cast) -> None:
    job = _doing(world, cast.acme, silent_seconds=5)
    _written(world, cast.acme, job)
    assert jobs.rescue(world.worker, SILENT) == 0
    assert (_status(world, job), _runs(world, cast)[0][0]) == ("doing", "running")


def test_a_job_whose_worker_was_struck_off_is_queued_again(world: World, cast: Cast) -> None:
    job = _doing(world, cast.acme, silent_seconds=0)
    _value(world, "delete from queue.procrastinate_workers returning 1")
    assert jobs.rescue(world.worker, SILENT) == 1
    assert _status(world, job) == "todo"


def test_an_end_that_died_with_its_worker_is_told_by_the_queue(world: World, cast: Cast) -> None:
    done, failed, unwritten = (_doing(world, cast.acme, silent_seconds=0) for _ in range(3))
    for job in (done, failed):
        _written(world, cast.acme, job)
    for job, status in ((done, "succeeded"), (failed, "failed"), (unwritten, "succeeded")):
        _value(world, "select queue.procrastinate_finish_job_v1(%s, %s, false)", job, status)
    _value(world, "update queue.procrastinate_events set at = %s returning 1", world.clock.now())
    jobs.beat(world.worker, "host:9", "host", 9, "0.1.0")
    world.clock.move(seconds=19)
    jobs.rescue(world.worker, SILENT)
    assert {run[0] for run in _runs(world, cast)} == {"running"}, "its worker may still be about to write it"
    world.clock.move(seconds=2)
    jobs.rescue(world.worker, SILENT)
    assert sorted(run[0] for run in _runs(world, cast)) == ["failed", "succeeded", "succeeded"]


def test_a_job_that_ends_every_worker_is_put_aside_and_told_once(world: World, cast: Cast) -> None:
    job = _doing(world, cast.acme, silent_seconds=60, attempts=4)
    for attempt in (1, 2, 3, 4):
        make_run(world, cast.acme, "tests.task", "lost", job_id=job, attempt=attempt)
    other = _doing(world, cast.acme, silent_seconds=60)
    jobs.rescue(world.worker, SILENT)
    assert (_status(world, job), _status(world, other)) == ("failed", "todo")
    with world.web.tx(cast.ana) as tx:
        (run,) = [one for one in jobs.recent(tx) if one.status is jobs.RunStatus.QUARANTINED]
    told = "select args ->> 'run_id' from queue.procrastinate_jobs where task_name = 'jobs.tell_quarantined'"
    assert (run.attempt, _value(world, told)) == (5, str(run.id))
    for _ in range(2):
        tell_quarantined(world.worker, cast.acme, run.id)
    heard = "select count(*) from app.notifications where user_id = %s and link = %s"
    assert _value(world, heard, cast.ana.user_id, f"/jobs?run={run.id}") == 1


def test_a_run_whose_job_is_gone_does_not_run_for_weeks(world: World, cast: Cast) -> None:
    make_run(world, cast.acme, "tests.task", "running", job_id=999_999, ago=timedelta(hours=2))
    jobs.purge(world.worker)
    assert _runs(world, cast) == [("lost", 1, None)]
