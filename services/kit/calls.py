"""What is known of every request that leaves: method, host, status, duration, cost. Never an address or a token."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import perf_counter
from typing import Protocol
from urllib.parse import urlsplit

import httpx
from opentelemetry.trace import Span

from services.kit import log, meters, tracing

_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.InvalidURL, httpx.UnsupportedProtocol)
_BY_HOST = {
    "instagram.com": "instagram",
    "facebook.com": "facebook",
    "linkedin.com": "linkedin",
    "pinterest.com": "pinterest",
    "tiktok.com": "tiktok",
    "tiktokapis.com": "tiktok",
    "x.com": "x",
    "googleapis.com": "youtube",
    "google.com": "youtube",
    "supabase.co": "supabase",
    "slack.com": "slack",
}


class Counts(Protocol):
    """Whoever wants to know how many requests left while it worked, and what they cost."""

    api_calls: int

    def spent(self, micros: int, currency: str) -> None:
        """Add millionths of a unit of `currency`."""
        ...


_counted: ContextVar[Counts | None] = ContextVar("counted", default=None)


@contextmanager
def counted(by: Counts) -> Iterator[None]:
    """Inside this block, every request that leaves in this context is counted."""
    before = _counted.set(by)
    try:
        yield
    finally:
        _counted.reset(before)


def charge(platform: str, price: Callable[[], int], currency: str) -> None:
    """
    Note what `platform` bills for the call just made, in millionths of a unit of `currency`, for whoever counts.

    Raises nothing: the call is made, and a figure is no reason to call it failed, or to make it again.
    """
    try:
        micros = price()
        meters.cost.labels(platform, currency).inc(micros / 1_000_000)
        if (counts := _counted.get()) is not None:
            counts.spent(micros, currency)
    except Exception as error:  # noqa: BLE001 - whatever it is, the call is made
        log.report(error, where="what a call cost")


class Call:
    """One request under way; `outcome` is ok, limited, refused, broken, unreachable or unclear."""

    def __init__(self, span: Span) -> None:
        self._span = span
        self.outcome = "unclear"

    def answered(self, status: int) -> None:
        self.outcome = outcome_of(status)
        if self._span.is_recording():
            self._span.set_attribute("http.response.status_code", status)


@contextmanager
def called(method: str, url: str) -> Iterator[Call]:
    """The request inside this block as one span of its own. The path may be a right in itself, so that none is told."""
    host, platform = _place(url)
    began = perf_counter()
    if (counts := _counted.get()) is not None:
        counts.api_calls += 1
    about = {"server.address": host, "platform": platform}
    if platform != "mail":
        about["http.request.method"] = method
    with tracing.span(f"{method} {host}", "call", **about) as span:
        call = Call(span)
        try:
            yield call
        except _NEVER_SENT:
            call.outcome = "unreachable"
            raise
        finally:
            took = perf_counter() - began
            meters.call_seconds.labels(platform, call.outcome).observe(took)
            if span.is_recording():
                span.set_attributes({"took_ms": round(1_000 * took, 1), "outcome": call.outcome})


def outcome_of(status: int) -> str:
    """A status as one of four words: what an alarm asks for."""
    if status < 400:
        return "ok"
    if status == 429:
        return "limited"
    return "refused" if status < 500 else "broken"


def _place(url: str) -> tuple[str, str]:
    """The host, and which platform that is; a practice platform's address begins with its name."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or "no host"
    except ValueError:
        return "no host", "other"
    if parts.scheme == "smtp":
        return host, "mail"
    known = _BY_HOST.get(".".join(host.split(".")[-2:]))
    first = parts.path.split("/", 2)[1] if parts.path.startswith("/") else ""
    return host, known or (first if first in _BY_HOST.values() else "other")
