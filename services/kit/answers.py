"""What platforms answered during an act: heard where every request goes out, kept small and without secrets."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass

import httpx

from services.kit.redaction import HIDDEN, hide
from services.kit.text import clip

HEARD_MOST = 20
_BODY_MOST, _PATH_MOST, _PART_MOST = 1_000, 160, 40


@dataclass(frozen=True)
class Answer:
    """One call and its answer: `call` without query, `body` as JSON text of at most a thousand characters."""

    call: str
    status: int
    body: str

    def row(self) -> dict[str, str | int]:
        return asdict(self)


_hearing: ContextVar[list[Answer] | None] = ContextVar("hearing", default=None)


@contextmanager
def hearing() -> Iterator[list[Answer]]:
    """Collect the answers to what is sent inside this block, the latest last."""
    heard: list[Answer] = []
    before = _hearing.set(heard)
    try:
        yield heard
    finally:
        _hearing.reset(before)


def taken() -> list[Answer]:
    """What was collected so far, for whoever keeps it now; the block around goes on with nothing."""
    heard = _hearing.get() or []
    found = heard[:]
    heard.clear()
    return found


@contextmanager
def unheard() -> Iterator[None]:
    """Nothing inside this block is collected: signing in and renewing answer with tokens."""
    before = _hearing.set(None)
    try:
        yield
    finally:
        _hearing.reset(before)


def hear(method: str, url: str, answer: httpx.Response, bearer: str | None) -> None:
    """Note an answer for whoever collects them."""
    heard = _hearing.get()
    if heard is None:
        return
    heard.append(Answer(_call(method, url, bearer), answer.status_code, _body(answer, bearer)))
    del heard[:-HEARD_MOST]


def _call(method: str, url: str, bearer: str | None) -> str:
    """Where no token travels, the address itself is the right to call it: only its host is told."""
    parts = httpx.URL(url)
    if not bearer:
        return f"{method} {parts.host}/…"
    path = "/".join(part if len(part) <= _PART_MOST else "…" for part in parts.path.split("/"))
    return clip(f"{method} {parts.host}{path}", _PATH_MOST)


def _body(answer: httpx.Response, bearer: str | None) -> str:
    if not answer.content:
        return ""
    try:
        told = json.dumps(hide(answer.json()), ensure_ascii=False)
    except (ValueError, RecursionError):
        return f"{len(answer.content)} bytes that are no JSON"
    return clip(told.replace(bearer, HIDDEN) if bearer else told, _BODY_MOST)
