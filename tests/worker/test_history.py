"""Every run of a job leaves a row: due, started, ended, and how."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import procrastinate
import psycopg
import pytest

from services import jobs
from services.kit.errors import Rejected, Unavailable
from tests.makers.cast import Cast
from tests.makers.world import World
from worker.history import history
from worker.retries import ByErrorClass
from worker.run_rows import RunRows


@pytest.fixture
def empty_queue(world: World) -> Iterator[None]:
    with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        connection.execute("truncate queue.procrastinate_jobs cascade")
    yield


def _work(world: World, cast: Cast, task: Callable[..., Any], **arguments: Any) -> None:
    """Run one job of this function to its end, as the worker does."""

    async def run() -> None:
        connector = procrastinate.PsycopgConnector(conninfo=world.addresses.worker, min_size=1, max_size=4)
        queue = procrastinate.App(connector=connector)
        rows = RunRows()
        async with queue.open_async(), rows.written(connector.pool):
            made = queue.task(name="tests.task", retry=ByErrorClass(world.clock))(task)
            await made.defer_async(org_id=str(cast.acme), **arguments)
            await queue.run_worker_async(
                wait=False,
                worker_middleware=[history(rows)],
                install_signal_handlers=False,
                listen_notify=False,
                name="w",
            )

    asyncio.run(run())


def _runs(world: World, cast: Cast) -> list[jobs.Run]:
    with world.web.tx(cast.ana) as tx:
        return jobs.recent(tx, tasks=["tests.task"])


@pytest.mark.usefixtures("empty_queue")
def test_a_job_that_worked_tells_when_it_was_due_and_how_long_it_took(world: World, cast: Cast) -> None:
    def task(org_id: str, thing: str) -> None:
        assert thing

    _work(world, cast, task, thing="7")
    (run,) = _runs(world, cast)
    assert (run.status, run.subject_id, run.attempt, run.error) == (jobs.RunStatus.SUCCEEDED, "7", 1, None)
    assert run.late_seconds is not None and 0 <= run.late_seconds < 60
    assert run.took_seconds is not None and run.took_seconds >= 0


@pytest.mark.usefixtures("empty_queue")
def test_a_refusal_is_told_in_its_sentence_without_secrets(world: World, cast: Cast) -> None:
    def task(org_id: str) -> None:
        raise Rejected("No: https://x.example/?access_token=abcdef")

    _work(world, cast, task)
    (run,) = _runs(world, cast)
    assert run.status is jobs.RunStatus.FAILED
    assert run.error == "Rejected: No: https://x.example/?access_token=[hidden]"


@pytest.mark.usefixtures("empty_queue")
def test_a_job_that_will_be_tried_again_says_so(world: World, cast: Cast) -> None:
    def task(org_id: str) -> None:
        raise Unavailable("The shop is closed.")

    _work(world, cast, task)
    (run,) = _runs(world, cast)
    assert (run.status, run.error) == (jobs.RunStatus.RETRYING, "Unavailable: The shop is closed.")


@pytest.mark.usefixtures("empty_queue")
def test_runs_of_one_organisation_are_invisible_to_another(world: World, cast: Cast) -> None:
    def task(org_id: str) -> None:
        return None

    _work(world, cast, task)
    with world.web.tx(cast.cleo) as tx:
        assert jobs.recent(tx) == []


@pytest.mark.usefixtures("empty_queue")
def test_what_a_job_was_given_is_kept_without_secrets(world: World, cast: Cast) -> None:
    def task(org_id: str, **given: str) -> None:
        return None

    _work(world, cast, task, thing="7", access_token="abcdef", traceparent="00-1-1-01")
    with world.superuser() as connection:
        found = connection.execute("select inputs from app.job_runs where org_id = %s", [cast.acme]).fetchone()
    assert found == ({"thing": "7", "access_token": "[hidden]"},)
