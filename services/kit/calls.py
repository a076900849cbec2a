"""What is known of every request that leaves: method, host, status and duration. Never an address, never a token."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from urllib.parse import urlsplit

from opentelemetry.trace import Span

from services.kit import tracing


class Call:
    """One request under way."""

    def __init__(self, span: Span) -> None:
        self._span = span

    def answered(self, status: int) -> None:
        if self._span.is_recording():
            self._span.set_attribute("http.response.status_code", status)


@contextmanager
def called(method: str, url: str) -> Iterator[Call]:
    """The request inside this block as one span of its own. The path may be a right in itself, so that none is told."""
    host = _host(url)
    began = perf_counter()
    with tracing.span(f"{method} {host}", "call", **{"http.request.method": method, "server.address": host}) as span:
        try:
            yield Call(span)
        finally:
            if span.is_recording():
                span.set_attribute("took_ms", round(1_000 * (perf_counter() - began), 1))


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or "no host"
    except ValueError:
        return "no host"
