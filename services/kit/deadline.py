"""
How long one request may take as a whole, whatever trickles in or out meanwhile.

The client's own limits are per phase, and each byte that comes begins a new wait. Here every wait at a socket ends at
the deadline at the latest, also those for headers and for what goes up.
"""

import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpcore
import httpx

_PIECE = 65_536  # what is written between two looks at the clock
_ends_at: ContextVar[float | None] = ContextVar("ends_at", default=None)
_seconds: Callable[[], float] = time.monotonic


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What is sent and read inside this block ends after so many seconds, with the usual timeout; never later."""
    around, ends_at = _ends_at.get(), _seconds() + seconds
    before = _ends_at.set(ends_at if around is None else min(around, ends_at))
    try:
        yield
    finally:
        _ends_at.reset(before)


def is_over() -> bool:
    """Has the deadline of this block come?"""
    ends_at = _ends_at.get()
    return ends_at is not None and _seconds() >= ends_at


class Punctual(httpx.HTTPTransport):
    """The usual transport over sockets that heed the deadline."""

    def __init__(self) -> None:
        secure = httpx.create_ssl_context(trust_env=False)
        super().__init__(verify=secure, trust_env=False)
        # httpx takes no backend of ours; its own pool has nothing open yet
        self._pool = httpcore.ConnectionPool(
            ssl_context=secure,
            max_connections=100,
            max_keepalive_connections=20,
            keepalive_expiry=5.0,
            network_backend=_Sockets(),
        )


class _Sockets(httpcore.NetworkBackend):
    def __init__(self) -> None:
        self._own = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._own.connect_tcp(host, port, left, local_address, socket_options))


class _Stream(httpcore.NetworkStream):
    def __init__(self, own: httpcore.NetworkStream) -> None:
        self._own = own

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._own.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for place in range(0, len(buffer), _PIECE):
            self._own.write(buffer[place : place + _PIECE], _left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._own.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._own.start_tls(ssl_context, server_hostname, _left(timeout, httpcore.ConnectTimeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._own.get_extra_info(info)


def _left(timeout: float | None, over: type[Exception]) -> float | None:
    """The wait that is asked for, or what is left until the deadline where that is less."""
    if (ends_at := _ends_at.get()) is None:
        return timeout
    left = ends_at - _seconds()
    if left <= 0:
        raise over("the deadline of the whole call")
    return left if timeout is None else min(timeout, left)
