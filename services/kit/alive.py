"""Whether a connection that waited in a pool is still there, in most cases without asking the server."""

import selectors
import time
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg_pool import AsyncConnectionPool, ConnectionPool
from psycopg_pool.base import AttemptWithBackoff

ASK_AFTER_SECONDS = 5.0
_Selector: type[selectors.BaseSelector] = getattr(selectors, "PollSelector", selectors.SelectSelector)

# A pool asks for an absent server every second. Its own waits double without a bound: after an hour's absence it
# could be back an hour late.
AttemptWithBackoff.DELAY_BACKOFF = 1.0


class Alive:
    """
    The `check` of a pool. A server that ended a connection has sent bytes or an end, which shows on its socket.

    What shows nothing there, such as a firewall that forgot the connection, needs time: after 5 s the server is asked.
    """

    def __init__(self) -> None:
        self._asked: WeakKeyDictionary[Any, float] = WeakKeyDictionary()

    def check(self, connection: psycopg.Connection[Any]) -> None:
        """:raises psycopg.OperationalError: it is gone"""
        if self._in_doubt(connection, connection.fileno()):
            ConnectionPool.check_connection(connection)

    async def check_async(self, connection: psycopg.AsyncConnection[Any]) -> None:
        """:raises psycopg.OperationalError: it is gone"""
        if self._in_doubt(connection, connection.fileno()):
            await AsyncConnectionPool.check_connection(connection)

    def _in_doubt(self, connection: object, socket: int) -> bool:
        now = time.monotonic()
        if now - self._asked.get(connection, -ASK_AFTER_SECONDS) >= ASK_AFTER_SECONDS or _shows_something(socket):
            self._asked[connection] = now
            return True
        return False


def _shows_something(socket: int) -> bool:
    with _Selector() as selector:
        selector.register(socket, selectors.EVENT_READ)
        return bool(selector.select(0))
