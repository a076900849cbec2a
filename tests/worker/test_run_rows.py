"""Starts and ends are written together, in order, and survive a database that is away for a while."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

import psycopg
import psycopg_pool
import pytest

from services.jobs import RunNote
from services.kit import meters
from tests.makers.cast import Cast
from tests.makers.world import World
from worker import run_rows
from worker.run_rows import RunRows

JOB = 910_000


def _note(cast: Cast, job: int, **changes: Any) -> RunNote:
    terms = {"attempt": 1, "org": str(cast.acme), "task": "tests.task", "subject": None, "due": None, "worker": "w"}
    return RunNote(job=job, inputs={}, **{**terms, **changes})


def _in_pool(world: World, act: Callable[[psycopg_pool.AsyncConnectionPool], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        url = world.addresses.worker
        async with psycopg_pool.AsyncConnectionPool(url, min_size=1, open=False, kwargs={"autocommit": True}) as pool:
            await act(pool)

    asyncio.run(run())


def _rows(world: World, columns: str = "job_id, status") -> list[tuple[Any, ...]]:
    with world.superuser() as connection:
        sql = f"select {columns} from app.job_runs where job_id between %s and %s order by id"
        return connection.execute(sql, [JOB, JOB + 99_999]).fetchall()


@pytest.fixture(autouse=True)
def no_rows(world: World) -> None:
    with world.superuser() as connection:
        connection.execute("delete from app.job_runs where job_id between %s and %s", [JOB, JOB + 99_999])


def test_a_job_that_begins_and_ends_within_a_moment_is_one_row_of_one_statement(world: World, cast: Cast) -> None:
    async def act(pool: psycopg_pool.AsyncConnectionPool) -> None:
        rows = RunRows()
        for number in (2, 1, 3):
            rows.add(note := _note(cast, JOB + number))
            note.status, note.ended = "succeeded", note.began + 0.5
            rows.add(note)
        async with rows.written(pool):
            pass

    _in_pool(world, act)
    assert _rows(world) == [(JOB + 2, "succeeded"), (JOB + 1, "succeeded"), (JOB + 3, "succeeded")]
    ((took, written),) = set(_rows(world, "round(extract(epoch from finished_at - started_at), 3), xmin::text"))
    assert (float(took), bool(written)) == (0.5, True)


def test_a_long_run_is_seen_while_it_runs_and_ends_in_the_same_row(world: World, cast: Cast) -> None:
    async def act(pool: psycopg_pool.AsyncConnectionPool) -> None:
        rows, note = RunRows(), _note(cast, JOB, due="2026-11-21T08:00:00+00:00")
        async with rows.written(pool):
            rows.add(note)
            until = time.monotonic() + 5
            while not note.is_written and time.monotonic() < until:
                await asyncio.sleep(0.005)
            assert _rows(world) == [(JOB, "running")]
            note.status, note.ended, note.error = "failed", time.monotonic(), "No."
            rows.add(note)

    _in_pool(world, act)
    assert _rows(world, "status, error, due_at is not null") == [("failed", "No.", True)]


def test_what_the_rescue_gave_up_stays_given_up(world: World, cast: Cast) -> None:
    async def act(pool: psycopg_pool.AsyncConnectionPool) -> None:
        rows, note = RunRows(), _note(cast, JOB)
        async with rows.written(pool):
            rows.add(note)
        with world.superuser() as connection:
            connection.execute("update app.job_runs set status = 'lost' where job_id = %s", [JOB])
        async with rows.written(pool):
            note.status, note.ended = "succeeded", time.monotonic()
            rows.add(note)

    _in_pool(world, act)
    assert _rows(world) == [(JOB, "lost")]


def test_while_the_database_is_away_rows_wait_and_are_written_afterwards(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_rows, "_AGAIN_SECONDS", 0.01)

    tries, written = [], RunRows._write

    async def away_twice(rows: RunRows, *given: Any) -> None:
        tries.append(given)
        if len(tries) < 3:
            raise psycopg.OperationalError("away")
        await written(rows, *given)

    monkeypatch.setattr(RunRows, "_write", away_twice)

    async def act(pool: psycopg_pool.AsyncConnectionPool) -> None:
        rows = RunRows()
        async with rows.written(pool):
            rows.add(note := _note(cast, JOB))
            while not note.is_written:
                await asyncio.sleep(0.005)

    _in_pool(world, act)
    assert (len(tries), _rows(world)) == (3, [(JOB, "running")])


def test_of_too_many_the_oldest_are_dropped_and_the_log_says_how_many(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(run_rows, "KEPT_MOST", 2)

    async def act(pool: psycopg_pool.AsyncConnectionPool) -> None:
        rows = RunRows()
        for number in range(5):
            rows.add(_note(cast, JOB + number))
        async with rows.written(pool):
            pass

    _in_pool(world, act)
    assert _rows(world) == [(JOB + 3, "running"), (JOB + 4, "running")]
    assert "3 runs were not written: too many waited for the database" in caplog.text


def test_a_run_the_database_refuses_does_not_keep_the_others_back(world: World, cast: Cast) -> None:
    async def act(pool: psycopg_pool.AsyncConnectionPool) -> None:
        rows = RunRows()
        rows.add(_note(cast, JOB))
        rows.add(_note(cast, JOB + 1, org="00000000-0000-0000-0000-00000000dead"))
        rows.add(_note(cast, JOB + 2))
        async with rows.written(pool):
            pass

    _in_pool(world, act)
    assert _rows(world) == [(JOB, "running"), (JOB + 2, "running")]


def test_how_late_a_run_began_is_counted_once(world: World, cast: Cast) -> None:
    name = "tests.late"

    def count(of: str) -> float:
        return meters.registry.get_sample_value(f"loopdesk_job_late_seconds_{of}", {"task": name}) or 0.0

    async def act(pool: psycopg_pool.AsyncConnectionPool) -> None:
        rows, note = RunRows(), _note(cast, JOB, task=name, due="2026-11-21T08:00:00+00:00")
        for _ in range(2):
            async with rows.written(pool):
                rows.add(note)
        rows.add(_note(cast, JOB + 1, task=name))
        async with rows.written(pool):
            pass

    _in_pool(world, act)
    assert count("count") == 1
    assert count("sum") > 3_600
