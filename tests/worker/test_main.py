"""The worker's loop: works through what waits, asks again while the database is away, stops when asked."""

import asyncio
import os
import signal
import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from services.events import PostDue
from services.kit.app import App
from services.kit.db import Scope
from tests.makers.cast import Cast
from tests.makers.world import World
from worker import main

FULL = """
create function app.full() returns trigger language plpgsql as $$
begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
create trigger full_disk before insert on app.proofs for each statement execute function app.full();
"""
DONE = "select count(*) from queue.procrastinate_jobs where status = 'succeeded'"


@pytest.fixture(autouse=True)
def nobody_leaves(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """The last resort after the grace would end this process: only its waiting time is noted."""
    graces: list[float] = []

    class Noted:
        daemon = False

        def __init__(self, seconds: float, *_: Any, **__: Any) -> None:
            graces.append(seconds)

        def start(self) -> None:
            return None

    monkeypatch.setattr(main.threading, "Timer", Noted)
    monkeypatch.setattr(main, "GRACE_SECONDS", 3)
    yield graces


def _stop_when(world: World, sql: str, count: int) -> threading.Thread:
    """Ask this process to stop once the database says so, or after 30 s."""

    def watch() -> None:
        with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
            for _ in range(600):
                found = connection.execute(sql).fetchone()
                if found and found[0] >= count:
                    break
                threading.Event().wait(0.05)
        os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    return thread


def test_what_waits_is_done_and_a_worker_asked_to_stop_stops(
    world: World, cast: Cast, punctual: App, nobody_leaves: list[float]
) -> None:
    with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        connection.execute("truncate queue.procrastinate_jobs, queue.procrastinate_workers cascade")
    with punctual.tx(Scope(cast.acme)) as tx:
        for _ in range(20):
            tx.emit(PostDue(tx.new_id(), tx.new_id()))
    watcher = _stop_when(world, DONE, 20)
    asyncio.run(main._work(punctual, world.addresses.worker, "test:1"))
    watcher.join()
    with psycopg.connect(world.addresses.admin) as connection:
        assert connection.execute(DONE).fetchone() == (20,)
        assert connection.execute("select count(*) from queue.procrastinate_workers").fetchone() == (0,)
        runs = connection.execute(
            "select distinct status, worker from app.job_runs where org_id = %s", [cast.acme]
        ).fetchall()
    assert runs == [("succeeded", "test:1")]
    assert nobody_leaves == [6]


def test_while_the_database_is_away_the_worker_asks_again(
    world: World, punctual: App, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tries: list[str] = []

    async def away(app: App, url: str, name: str, rows: object) -> None:
        tries.append(name)
        if len(tries) == 3:
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.sleep(30)
        raise psycopg.OperationalError("away")

    monkeypatch.setattr(main, "_run_queue", away)
    monkeypatch.setattr(main, "_POLL_SECONDS", 0.01)
    asyncio.run(main._work(punctual, world.addresses.worker, "test:2"))
    assert tries == ["test:2"] * 3
    assert "The queue stopped: OperationalError: away" in capsys.readouterr().err


def test_a_worker_starts_while_the_database_has_no_room(world: World, caplog: pytest.LogCaptureFixture) -> None:
    with world.superuser() as connection:
        connection.execute(FULL)
    try:
        main._keep_proof(world.worker)
    finally:
        with world.superuser() as connection:
            connection.execute("drop function app.full() cascade")
    assert "the proof is kept at a later start: could not extend file" in caplog.text
    main._keep_proof(world.worker)
    with world.superuser() as connection:
        assert connection.execute("select count(*) from app.proofs").fetchone() == (1,)
