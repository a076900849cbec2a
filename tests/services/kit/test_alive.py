"""Connections that waited in a pool: a dead one is noticed, a living one is not asked each time."""

import asyncio
from unittest.mock import patch

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from services.kit import alive
from services.kit.alive import Alive
from tests.makers.world import World

ASK = "services.kit.alive.ConnectionPool.check_connection"


@pytest.fixture
def connection(world: World) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(world.addresses.worker, autocommit=True)


def _end_backend(world: World, pid: int) -> None:
    with psycopg.connect(world.addresses.admin, autocommit=True) as admin:
        admin.execute("select pg_terminate_backend(%s, 5000)", [pid])


def test_a_connection_the_server_ended_is_noticed_at_once(
    world: World, connection: psycopg.Connection[tuple[object, ...]]
) -> None:
    alive = Alive()
    alive.check(connection)
    _end_backend(world, connection.info.backend_pid)
    with pytest.raises(psycopg.OperationalError):
        alive.check(connection)


def test_a_living_connection_is_asked_once_and_not_again_at_every_use(
    connection: psycopg.Connection[tuple[object, ...]],
) -> None:
    check = Alive().check
    with connection, patch(ASK) as asked:
        for _ in range(3):
            check(connection)
            connection.execute("select 1")
    assert asked.call_count == 1


def test_after_a_while_the_server_is_asked_even_if_nothing_shows(
    connection: psycopg.Connection[tuple[object, ...]],
) -> None:
    check = Alive().check
    with connection, patch(ASK) as asked, patch.object(alive, "ASK_AFTER_SECONDS", 0.0):
        check(connection)
        check(connection)
    assert asked.call_count == 2


def test_a_pool_replaces_what_the_server_ended(world: World) -> None:
    with ConnectionPool(world.addresses.worker, min_size=1, max_size=1, check=Alive().check) as pool:
        with pool.connection() as first:
            pid = first.info.backend_pid
        _end_backend(world, pid)
        with pool.connection() as second:
            assert second.info.backend_pid != pid
            assert second.execute("select 1").fetchone() == (1,)


def test_the_queue_s_connections_are_watched_the_same_way(world: World) -> None:
    async def run() -> None:
        watch = Alive()
        async with await psycopg.AsyncConnection.connect(world.addresses.worker, autocommit=True) as connection:
            await watch.check_async(connection)
            await asyncio.to_thread(_end_backend, world, connection.info.backend_pid)
            with pytest.raises(psycopg.OperationalError):
                await watch.check_async(connection)

    asyncio.run(run())
