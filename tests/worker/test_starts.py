"""From a schedule's instant to the row of the run, through the real queue."""

import asyncio
from datetime import timedelta

import pytest

from services import jobs
from tests.makers.cast import Cast
from tests.makers.schedules import clear, hourly, make_schedule, starts_of, sweep
from tests.makers.world import World
from worker.binding import open_queue
from worker.history import history
from worker.run_rows import RunRows


@pytest.fixture(autouse=True)
def _nothing_waits(world: World) -> None:
    clear(world)


def _work(world: World) -> None:
    """A worker until nothing waits."""

    async def run() -> None:
        queue = open_queue(world.worker, world.addresses.worker)
        rows = RunRows()
        async with queue.open_async(), rows.written(queue.connector.pool):  # type: ignore[attr-defined]
            await queue.run_worker_async(
                wait=False,
                worker_middleware=[history(rows)],
                install_signal_handlers=False,
                listen_notify=False,
                name="w",
            )

    asyncio.run(run())


def test_what_a_schedule_started_is_a_run_with_its_kind_origin_inputs_and_outcome(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, parameters={"steps": 2, "seconds": 0})
    world.clock.move(hours=1)
    sweep(world)
    _work(world)
    start = starts_of(world, cast.ana, made)[0]
    assert start.state == "succeeded"
    with world.web.tx(cast.ana) as tx:
        row = tx.tuples(
            "select kind, origin, origin_id, subject_id, status, inputs ->> 'steps', outcome ->> 'said' "
            "from app.job_runs where task = 'jobs.run_start'",
            {},
        )
    assert row == [("demo", "schedule", str(made), str(start.id), "succeeded", "2", "Done, after 2 steps.")]


def test_a_failure_is_a_failed_run_a_failed_start_and_one_message(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, parameters={"steps": 2, "seconds": 0, "fail_at": 2})
    world.clock.move(hours=1)
    sweep(world)
    _work(world)
    with world.web.tx(cast.ana) as tx:
        assert [one.state for one in jobs.list_starts(tx, None, None, 10)] == ["failed"]
        assert tx.tuples("select status from app.job_runs where task = 'jobs.run_start'", {}) == [("failed",)]
        told = tx.tuples("select title, body from app.notifications where user_id = %(u)s", {"u": cast.ana.user_id})
        (start,) = jobs.list_starts(tx, None, None, 10)
        opened = jobs.run_of_start(world.web, cast.ana, start.id)
        assert opened and opened.task == "jobs.run_start"  # and not the job that told people of it
        assert [one.run_id for one in jobs.latest_starts(tx)[made]] == [opened.id]
    what_now = "Open it for what to do and another try."
    assert told == [("Practice failed", f"Step 2 failed, as it was told to. {what_now}")]


def test_parameters_that_no_longer_fit_are_a_failed_run_of_its_kind(world: World, cast: Cast) -> None:
    made = jobs.start_now(world.web, cast.ben, "demo", {}).start_id
    with world.superuser() as connection:
        connection.execute("update app.job_starts set parameters = '{\"steps\": 0}' where id = %s", [made])
    _work(world)
    with world.web.tx(cast.ana) as tx:
        assert jobs.get_start(tx, made).state == "failed"
        [(status, kind, error)] = tx.tuples(
            "select status, kind, error from app.job_runs where subject_id = %(s)s and task = 'jobs.run_start'",
            {"s": str(made)},
        )
    assert (status, kind) == ("failed", "demo") and "Steps" in error


def test_a_job_with_nothing_to_do_says_so(world: World, cast: Cast) -> None:
    made = jobs.start_now(world.web, cast.ben, "demo", {}).start_id
    jobs.cancel_start(world.web, cast.ben, made)
    _work(world)
    with world.web.tx(cast.ana) as tx:
        [(said,)] = tx.tuples("select outcome ->> 'said' from app.job_runs where subject_id = %(s)s", {"s": str(made)})
    assert said.startswith("Nothing was done")


@pytest.mark.parametrize("kind", ["publish_due", "purge"])
def test_the_installations_kinds_run_by_schedule(world: World, cast: Cast, kind: str) -> None:
    draft = hourly(kind=kind, parameters={}, is_installation=True, cadence=jobs.cron("0 * * * *", "UTC"))
    made = jobs.make_schedule(world.web, cast.ana, draft)
    world.clock.move(hours=1)
    sweep(world)
    _work(world)
    start = starts_of(world, cast.ana, made, is_installation=True)[0]
    assert (start.state, start.error) == ("succeeded", "")
    known = next(one for one in jobs.installation_schedules(world.web, cast.ana) if one.id == made)
    assert known.next_due_at == world.clock.now() + timedelta(hours=1)
