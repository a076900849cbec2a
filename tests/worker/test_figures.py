"""What the worker's and the web's /metrics tell: queues, posts and connections, and nobody's name."""

import os
import re
import socket
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import httpx
import psycopg
import pytest

from services import api, jobs
from services.events import PostDue
from services.kit.app import App
from services.publishing import PostState
from tests.makers.cast import Cast
from tests.makers.world import World
from worker.clockwork import Clockwork
from worker.figures import serve_figures


def _port() -> int:
    """One that is free, and the next one too, below those that are given to whoever asks for any."""
    for port in range(20_000 + 2 * (os.getpid() % 5_000), 32_000, 2):
        with suppress(OSError), socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", port))
            second.bind(("127.0.0.1", port + 1))
            return port
    raise AssertionError("no two free ports beside each other")


def _with_port(app: App, port: int) -> App:
    return replace(app, settings=app.settings.model_copy(update={"metrics_port": port}))


def _value(told: str, name: str) -> float:
    (found,) = re.findall(rf"^{re.escape(name)} (\S+)$", told, re.MULTILINE)
    return float(found)


@pytest.fixture
def waiting(world: World, cast: Cast) -> None:
    with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        connection.execute("truncate queue.procrastinate_jobs cascade")
    with world.web.tx(cast.ana) as tx:
        for _ in range(3):
            tx.emit(PostDue(tx.new_id(), tx.new_id()))
    jobs.beat(world.worker, "host:1", "host", 1, "0.1.0")


@pytest.mark.usefixtures("waiting")
def test_the_worker_tells_of_queues_posts_and_connections(world: World, cast: Cast) -> None:
    port = _port()
    end = serve_figures(_with_port(world.worker, port))
    try:
        told = httpx.get(f"http://127.0.0.1:{port + 1}/metrics", trust_env=False).text
    finally:
        end()
    assert _value(told, 'loopdesk_queue_waiting{queue="publishing"}') == 3
    assert 0 <= _value(told, 'loopdesk_queue_oldest_seconds{queue="publishing"}') < 60
    assert _value(told, "loopdesk_workers") == 1
    assert _value(told, 'loopdesk_database_connections{use="most"}') == 16
    assert _value(told, "loopdesk_database_up") == 1
    assert _value(told, 'loopdesk_queue_waiting{queue="default"}') == 0  # a line that vanishes raises no alarm
    states = re.findall(r'^loopdesk_posts{state="(\w+)"}', told, re.MULTILINE)
    assert sorted(states) == sorted(PostState)
    assert str(cast.acme) not in told and "Acme" not in told


@pytest.mark.usefixtures("waiting")
def test_the_web_tells_of_queues_and_its_own_connections(world: World) -> None:
    port = _port()
    end = api.serve_figures(_with_port(world.web, port))
    try:
        told = httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False).text
    finally:
        end()
    assert _value(told, 'loopdesk_queue_waiting{queue="publishing"}') == 3
    assert "Connections of the web" in told


def test_a_sweep_that_ended_well_leaves_its_time(world: World) -> None:
    clockwork = Clockwork(world.worker, world.addresses.worker)

    def fails() -> None:
        raise psycopg.OperationalError("away")

    clockwork._guarded("tests good", lambda: None)()
    clockwork._guarded("tests bad", fails)()
    port = _port()
    end = serve_figures(_with_port(world.worker, port))
    try:
        told = httpx.get(f"http://127.0.0.1:{port + 1}/metrics", trust_env=False).text
    finally:
        end()
    assert _value(told, 'loopdesk_clockwork_ticked_at{sweep="tests good"}') > timedelta(days=365).total_seconds()
    assert 'sweep="tests bad"' not in told
