"""The queue's own sweeps: signs of life, forgetting, one more try."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from psycopg.types.json import Jsonb

from services import identity, jobs
from services.jobs import sweeps
from services.kit.db import Scope
from tests.makers.cast import Cast
from tests.makers.jobs import make_run
from tests.makers.world import World


@pytest.fixture(autouse=True)
def empty_queue(world: World) -> Iterator[None]:
    with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        connection.execute("truncate queue.procrastinate_jobs, queue.procrastinate_workers cascade")
    yield


def _value(world: World, sql: str, *params: object) -> object:
    with psycopg.connect(world.addresses.admin, autocommit=True, options="-c search_path=queue,public") as connection:
        row = connection.execute(sql, params).fetchone()
        return row[0] if row else None


def _doing(world: World, org_id: UUID, *, silent_seconds: float, attempts: int = 0) -> int:
    """A job in the hands of a worker that was last heard so long ago; returns its id."""
    worker = _value(
        world,
        "insert into queue.procrastinate_workers (last_heartbeat) values (now() - make_interval(secs => %s)) "
        "returning id",
        silent_seconds,
    )
    job = _value(
        world,
        "insert into queue.procrastinate_jobs (queue_name, task_name, args, status, attempts, worker_id) "
        "values ('default', 'tests.task', %s, 'doing', %s, %s) returning id",
        Jsonb({"org_id": str(org_id)}),
        attempts,
        worker,
    )
    _value(
        world,
        "insert into app.job_runs (org_id, job_id, task, attempt, status, started_at) "
        "values (%s, %s, 'tests.task', %s, 'running', now()) returning id",
        org_id,
        job,
        attempts + 1,
    )
    assert isinstance(job, int)
    return job


def _status(world: World, job: int) -> object:
    return _value(world, "select status::text from queue.procrastinate_jobs where id = %s", job)


def _run(world: World, scope: Scope) -> jobs.Run:
    with world.web.tx(scope) as tx:
        (run,) = jobs.recent(tx)
        return run


def test_workers_are_counted_by_their_signs_of_life(world: World) -> None:
    _value(world, "delete from app.worker_beats returning 1")
    jobs.beat(world.worker, "host:1", "host", 1, "0.1.0")
    jobs.beat(world.worker, "host:2", "host", 2, "0.1.0")
    with world.web.admin_tx() as tx:
        assert (jobs.live_workers(tx), jobs.health(tx).workers) == (2, 2)
    jobs.end_beat(world.worker, "host:2")
    world.clock.move(seconds=21)
    with world.web.admin_tx() as tx:
        assert jobs.live_workers(tx) == 0
        assert tx.tuples("select worker from app.worker_beats", {}) == [("host:1",)]


def test_health_tells_what_waits_and_since_when(world: World, cast: Cast) -> None:
    _doing(world, cast.acme, silent_seconds=0)
    _value(
        world,
        "insert into queue.procrastinate_jobs (queue_name, task_name, scheduled_at) "
        "values ('default', 'tests.task', now() - interval '90 seconds') returning id",
    )
    with world.web.admin_tx() as tx:
        found = jobs.health(tx)
    assert (found.waiting, found.running) == (1, 1)
    assert found.oldest_waiting_seconds is not None and 90 <= found.oldest_waiting_seconds < 120


def test_finished_jobs_are_forgotten_after_three_days_their_runs_later(world: World, cast: Cast) -> None:
    job = _doing(world, cast.acme, silent_seconds=0)
    _value(world, "update queue.procrastinate_jobs set status = 'succeeded' where id = %s returning id", job)
    _value(world, "update app.job_runs set status = 'succeeded' where job_id = %s returning id", job)
    age = world.clock.now() - timedelta(days=4)
    _value(world, "update queue.procrastinate_events set at = %s where job_id = %s returning 1", age, job)
    assert jobs.purge(world.worker) == 1
    assert _status(world, job) is None


def test_however_many_are_old_one_sweep_forgets_them_all(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeps, "_AT_ONCE", 2)
    for _ in range(5):
        make_run(world, cast.acme, ago=timedelta(days=61))
    with world.web.tx(cast.ana) as tx:
        jobs.keep_begun(tx, "new", {"name": "Nightly"})
    world.clock.move(days=61)
    with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        connection.execute("update queue.procrastinate_events set at = at - interval '4 days'")
    jobs.purge(world.worker)
    assert _value(world, "select count(*) from app.job_runs where started_at < %s", world.clock.now()) == 0
    assert _value(world, "select count(*) from app.schedule_drafts") == 0


def _failed_run(world: World, cast: Cast) -> int:
    job = _doing(world, cast.acme, silent_seconds=0)
    _value(world, "update queue.procrastinate_jobs set status = 'failed' where id = %s returning id", job)
    run = _value(world, "update app.job_runs set status = 'failed' where job_id = %s returning id", job)
    assert isinstance(run, int)
    return run


def test_a_failed_job_is_started_again_once_however_often_it_is_clicked(world: World, cast: Cast) -> None:
    run = _failed_run(world, cast)
    jobs.retry(world.web, cast.ben, run)
    with pytest.raises(jobs.NothingToRetry):
        jobs.retry(world.web, cast.ben, run)
    assert _value(world, "select count(*) from queue.procrastinate_jobs where status = 'todo'") == 1


def test_a_viewer_and_an_outsider_start_nothing_again(world: World, cast: Cast) -> None:
    run = _failed_run(world, cast)
    with pytest.raises(identity.RoleTooLow):
        jobs.retry(world.web, cast.vera, run)
    with pytest.raises(jobs.RunNotFound):
        jobs.retry(world.web, cast.cleo, run)


def test_what_still_runs_is_not_started_again(world: World, cast: Cast) -> None:
    _doing(world, cast.acme, silent_seconds=0)
    with pytest.raises(jobs.NothingToRetry):
        jobs.retry(world.web, cast.ana, _run(world, cast.ana).id)
