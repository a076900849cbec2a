"""Ends of jobs reach the database once it is there again, and never end what another worker has taken over."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
import pytest
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status

from services.events import PostDue
from services.kit.db import Scope
from tests.makers.cast import Cast
from tests.makers.schedules import empty_queue
from tests.makers.world import World
from worker import own_jobs
from worker.binding import open_queue
from worker.own_jobs import OwnJobs, WorkerForgotten


@pytest.fixture(autouse=True)
def _quick(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    empty_queue(world)
    monkeypatch.setattr(own_jobs, "AGAIN_SECONDS", 0.01)


def _queued(world: World, cast: Cast) -> None:
    with world.worker.tx(Scope(cast.acme)) as tx:
        tx.emit(PostDue(tx.new_id(), tx.new_id()))


def _as_worker(world: World, act: Callable[[OwnJobs, int], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        queue = open_queue(world.worker, world.addresses.worker)
        async with queue.open_async():
            own: OwnJobs = queue.job_manager  # type: ignore[assignment]
            return await act(own, await own.register_worker())

    return asyncio.run(run())


def _cut(own: OwnJobs, name: str, times: int, *, after: bool) -> None:
    """The connection goes, before or after the database has done what it was asked."""
    right, left = getattr(own.connector, name), [times]

    async def wrong(*given: Any, **terms: Any) -> Any:
        if not left[0]:
            return await right(*given, **terms)
        left[0] -= 1
        if after:
            await right(*given, **terms)
        raise ConnectorException from psycopg.OperationalError("the connection is gone")

    setattr(own.connector, name, wrong)


def _state(world: World) -> tuple[str, int]:
    with world.superuser() as connection:
        (row,) = connection.execute("select status, attempts from queue.procrastinate_jobs").fetchall()
    return row[0], row[1]


@pytest.mark.parametrize("after", [False, True])
def test_an_end_is_told_until_the_database_hears_it(world: World, cast: Cast, after: bool) -> None:
    async def act(own: OwnJobs, worker: int) -> None:
        job = await own.fetch_job(None, worker)
        assert job is not None
        _cut(own, "execute_query_all_async", 3, after=after)
        await own.finish_job(job, Status.SUCCEEDED, False)

    _queued(world, cast)
    _as_worker(world, act)
    assert _state(world) == ("succeeded", 1)


def test_a_job_whose_taking_never_arrived_is_given_back_and_taken_again(world: World, cast: Cast) -> None:
    async def act(own: OwnJobs, worker: int) -> tuple[Job | None, Job | None]:
        _cut(own, "execute_query_one_async", 1, after=True)
        return await own.fetch_job(None, worker), await own.fetch_job(None, worker)

    _queued(world, cast)
    nothing, job = _as_worker(world, act)
    assert nothing is None
    assert (job.attempts, _state(world)) == (1, ("doing", 1))


@pytest.mark.parametrize("ends", [True, False])
def test_a_job_that_another_worker_took_over_is_left_alone(world: World, cast: Cast, ends: bool) -> None:
    async def act(own: OwnJobs, worker: int) -> None:
        job = await own.fetch_job(None, worker)
        assert job is not None
        await own.retry_job_by_id_async(job.id or 0, retry_at=None)  # type: ignore[arg-type]
        assert await own.fetch_job(None, worker)
        await (own.finish_job(job, Status.FAILED, False) if ends else own.retry_job(job))

    _queued(world, cast)
    _as_worker(world, act)
    assert _state(world) == ("doing", 1)


def test_a_worker_that_was_struck_off_begins_again(world: World) -> None:
    async def act(own: OwnJobs, worker: int) -> None:
        beating = asyncio.create_task(own.keep_beating(0.01))
        await own.update_heartbeat(worker)
        await own.connector.execute_query_async(f"delete from procrastinate_workers where id = {worker}")
        await asyncio.sleep(0.2)
        beating.cancel()
        with pytest.raises(WorkerForgotten):
            await own.update_heartbeat(worker)

    _as_worker(world, act)


def test_what_is_no_absence_of_the_database_is_told(world: World, cast: Cast) -> None:
    async def act(own: OwnJobs, worker: int) -> None:
        with pytest.raises(ConnectorException):
            await own.fetch_job(None, worker + 1_000_000)

    _queued(world, cast)
    _as_worker(world, act)
    assert _state(world) == ("todo", 0)
