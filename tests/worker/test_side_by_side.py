"""In the middle of a deploy: an old worker on the newer schema, both at once, and jobs of either version."""

import asyncio
import inspect
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import procrastinate
import psycopg
import pytest
from procrastinate.manager import JobManager
from psycopg.types.json import Jsonb

from services import jobs, media
from services.kit import migrate
from tests.conftest import PASSWORDS
from tests.makers.cast import Cast, make_cast
from tests.makers.identity import empty_database
from tests.makers.media import jpeg_bytes
from tests.makers.schedules import AT_ONCE
from tests.makers.world import World, make_world
from worker.binding import found_tasks, open_queue
from worker.history import history
from worker.newer_jobs import ALWAYS, payloads
from worker.run_rows import RunRows

RECORDED: dict[str, list[list[str]]] = json.loads(
    (Path(__file__).parents[1] / "recorded/job_payloads.json").read_text()
)


@pytest.fixture(scope="module")
def desk(cluster: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, Cast]]:
    """A database that a newer version has migrated already: two columns more in every table, and a new table."""
    with empty_database(cluster, "sides", PASSWORDS) as addresses:
        _migrate_further(addresses.admin)
        world = make_world(addresses, tmp_path_factory.mktemp("sides"))
        yield world, make_cast(world)
        world.close()


def _migrate_further(admin: str) -> None:
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(
            "do $$ declare t regclass; begin for t in select oid::regclass from pg_class where relkind = 'r' "
            "and relnamespace in ('app'::regnamespace, 'private'::regnamespace) loop "
            "execute format('alter table %s add column later text, add column counted int not null default 0', t); "
            "end loop; end $$; create table app.tomorrow (id uuid primary key)"
        )
        connection.execute(
            "insert into supabase_migrations.schema_migrations values ('29990101000000', '{}', 'tomorrow')"
        )


def _defer(world: World, task: str, **arguments: Any) -> int:
    with world.superuser() as connection, connection.transaction():
        connection.execute("set local search_path = queue, public")
        row = connection.execute(
            "insert into procrastinate_jobs (queue_name, task_name, args) values ('default', %s, %s) returning id",
            [task, Jsonb(arguments)],
        ).fetchone()
    assert row is not None
    return int(row[0])


def _job(world: World, job: int) -> tuple[str, int]:
    with world.superuser() as connection:
        row = connection.execute(
            "select status::text, attempts from queue.procrastinate_jobs where id = %s", [job]
        ).fetchone()
    assert row is not None
    return row[0], row[1]


def _due_again(world: World) -> None:
    with world.superuser() as connection, connection.transaction():
        connection.execute("set local search_path = queue, public")
        connection.execute("update procrastinate_jobs set scheduled_at = null where status = 'todo'")


def _newer(world: World, done: list[str]) -> procrastinate.App:
    """Tomorrow's worker: it knows one task more, and one more word for the thumbnails."""
    told = payloads()
    told["media.make_thumbnail"].add("mood")
    queue = open_queue(world.worker, world.addresses.worker)
    queue.job_manager._payloads = told  # type: ignore[attr-defined]
    queue.task(name="tomorrow.shine")(lambda **given: done.append(given["how"].title()))
    return queue


def _from_before(world: World) -> procrastinate.App:
    """Yesterday's worker: what it does not know, it ends as failed."""
    queue = open_queue(world.worker, world.addresses.worker)
    queue.job_manager = JobManager(queue.connector)
    return queue


def _work(*queues: procrastinate.App) -> None:
    async def one(queue: procrastinate.App) -> None:
        rows = RunRows()
        async with queue.open_async(), rows.written(queue.connector.pool):  # type: ignore[attr-defined]
            await queue.run_worker_async(
                wait=False, install_signal_handlers=False, listen_notify=False, worker_middleware=[history(rows)]
            )

    async def all_of_them() -> None:
        await asyncio.gather(*(one(queue) for queue in queues))

    asyncio.run(all_of_them())


def _runs(world: World, job: int) -> list[str]:
    with world.superuser() as connection:
        return [
            s for (s,) in connection.execute("select status from app.job_runs where job_id = %s order by id", [job])
        ]


@pytest.fixture
def asset(desk: tuple[World, Cast]) -> UUID:
    world, cast = desk
    return media.store_rendered(world.worker, cast.worker, cast.brand, "x.jpg", jpeg_bytes(40, 40)).id


def test_the_old_worker_works_on_and_leaves_what_it_does_not_know_to_the_newer_one(
    desk: tuple[World, Cast], asset: UUID
) -> None:
    world, cast = desk
    shine = _defer(world, "tomorrow.shine", org_id=str(cast.acme), how="brightly")
    moody = _defer(world, "media.make_thumbnail", org_id=str(cast.acme), asset_id=str(asset), mood="bright")
    start = jobs.start_now(world.web, cast.ben, "demo", AT_ONCE).start_id
    for _ in range(3):
        _due_again(world)
        _work(open_queue(world.worker, world.addresses.worker))
    with world.web.tx(cast.ana) as tx:
        assert jobs.get_start(tx, start).state == "succeeded"
    assert [_job(world, one) for one in (shine, moody)] == [("todo", 0)] * 2
    assert _runs(world, moody) == _runs(world, shine) == []

    done: list[str] = []
    for others in (2, 1, 0):  # what an old one gets, it puts back; in the end no old one is left
        _due_again(world)
        _work(_newer(world, done), *(open_queue(world.worker, world.addresses.worker) for _ in range(others)))
    assert done == ["Brightly"]
    assert [_job(world, one)[0] for one in (shine, moody)] == ["succeeded"] * 2
    assert _runs(world, moody) == ["succeeded"]


def test_a_job_that_was_left_lets_others_of_other_accounts_pass(desk: tuple[World, Cast], asset: UUID) -> None:
    world, cast = desk
    left = _defer(world, "tomorrow.shine", org_id=str(cast.acme), how="x")
    mine = _defer(world, "media.make_thumbnail", org_id=str(cast.acme), asset_id=str(asset))
    _work(open_queue(world.worker, world.addresses.worker))
    assert (_job(world, left)[0], _job(world, mine)[0]) == ("todo", "succeeded")
    _due_again(world)
    _work(_newer(world, []))


def test_what_a_worker_from_before_ended_unread_runs_after_all_and_what_failed_stays_failed(
    desk: tuple[World, Cast],
) -> None:
    world, cast = desk
    unread = _defer(world, "tomorrow.shine", org_id=str(cast.acme), how="late")
    _work(_from_before(world))
    broken = _defer(world, "tomorrow.shine", org_id=str(cast.acme), how=7)
    done: list[str] = []
    _work(_newer(world, done))
    assert ([_job(world, one) for one in (unread, broken)], done) == ([("failed", 1)] * 2, [])
    jobs.find_lost(world.worker, timedelta(minutes=1))
    assert _job(world, unread) == ("failed", 1), "its run may still be on its way into the database"
    jobs.find_lost(world.worker, timedelta())
    assert [_job(world, one) for one in (unread, broken)] == [("todo", 0), ("failed", 1)]
    _due_again(world)
    _work(_newer(world, done))
    assert (done, _runs(world, unread), _runs(world, broken)) == (["Late"], ["succeeded"], ["failed"])


def test_a_job_that_failed_long_ago_stays_failed_though_its_run_is_forgotten(desk: tuple[World, Cast]) -> None:
    world, cast = desk
    old = _defer(world, "tomorrow.shine", org_id=str(cast.acme), how="late")
    _work(_from_before(world))
    with world.superuser() as connection, connection.transaction():
        sql = "update queue.procrastinate_events set at = at - interval '61 minutes' where job_id = %s"
        connection.execute(sql, [old])
    jobs.find_lost(world.worker, timedelta())
    assert _job(world, old) == ("failed", 1)


def test_people_go_on_too_and_the_system_screen_says_that_the_database_is_newer(desk: tuple[World, Cast]) -> None:
    world, cast = desk
    with world.web.tx(cast.ben) as tx:
        made = jobs.start(tx, "demo", AT_ONCE)
        assert jobs.get_start(tx, made).state == "waiting"
    with world.web.admin_tx() as tx:
        found = jobs.installation(tx, world.web.settings)
    assert found.unknown == ["29990101000000 tomorrow"]
    assert any("an older version runs on a newer database" in problem for problem in found.problems)
    assert migrate.migrate(world.addresses.admin) == []


@pytest.mark.parametrize("task", RECORDED)
def test_jobs_that_older_versions_queued_still_run(task: str) -> None:
    """What stands in the record stays in it: a new payload is a line more, and a new argument has a default."""
    function = dict(found_tasks()).get(task)
    assert function is not None, f"jobs of {task} may wait in a queue: keep the task"
    needed = {
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.default is inspect.Parameter.empty and name not in ("app", "progress")
    }
    for told in RECORDED[task]:
        assert needed <= {*told, *ALWAYS}, f"{task}: an older job does not tell {needed - set(told)}"
        assert set(told) <= payloads()[task], f"{task}: an older job tells what nobody reads; keep it known"


def test_what_is_queued_today_is_on_record() -> None:
    assert {
        task for task, told in payloads().items() if sorted(told - ALWAYS) not in RECORDED.get(task, [])
    } == set(), "add a line to tests/recorded/job_payloads.json, take none out"
