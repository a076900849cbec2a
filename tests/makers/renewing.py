"""A platform of short-lived tokens, for tests of renewal: what it answers is set, what it was asked is kept."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from pydantic import SecretStr

from services.accounts import registry
from services.accounts.adapter import AccountSpec
from services.accounts.hosts import PlatformHost
from services.accounts.models import Health, Offer, Renewed, Token
from services.kit.http import Client

LIFE = timedelta(hours=2)
_SPEC = AccountSpec("x", "X", "account", ("post",), renew_within=timedelta(minutes=30))


@dataclass
class Renewing:
    """`answer` makes each renewal's outcome: it may raise. `asked` holds the refresh tokens that came in."""

    spec: AccountSpec = _SPEC
    asked: list[str] = field(default_factory=list)
    revoked: list[tuple[str, str]] = field(default_factory=list)
    answer: Callable[[Token, datetime], Renewed | None] = lambda token, now: given("a2", "r2", now)
    offers: list[Offer] = field(default_factory=list)
    refuses: dict[str, Exception] = field(default_factory=dict)  # a token of these is refused by a probe
    breaks: Exception | None = None  # what revoking ends with
    lock: threading.Lock = field(default_factory=threading.Lock)

    def authorize_url(self, host: PlatformHost, redirect_uri: str, state: str, verifier: str) -> str:
        return f"{host.authorize_url}?state={state}"

    def exchange(self, host: PlatformHost, code: str, redirect_uri: str, verifier: str, **doors: Any) -> list[Offer]:
        return self.offers

    def renew(self, host: PlatformHost, token: Token, *, http: Client, now: datetime) -> Renewed | None:
        with self.lock:
            self.asked.append(token.refresh.get_secret_value() if token.refresh else "")
        return self.answer(token, now)

    def probe(self, host: PlatformHost, token: Token, scopes: tuple[str, ...], **doors: Any) -> Health:
        refusal = self.refuses.get(token.secret.get_secret_value())
        if refusal:
            raise refusal
        return Health(remote_id=token.remote_id, name="Practice Acme")

    def revoke(self, host: PlatformHost, token: Token, **doors: Any) -> None:
        if self.breaks:
            raise self.breaks
        self.revoked.append(
            (token.secret.get_secret_value(), token.refresh.get_secret_value() if token.refresh else "")
        )


@contextmanager
def playing_x() -> Iterator[Renewing]:
    """X is played by a double until the block ends."""
    double, place = Renewing(), registry.ADAPTERS.get("x")
    PLAYS["now"] = double
    registry.ADAPTERS["x"] = f"{__name__}:playing"
    registry.sign_in.cache_clear()
    try:
        yield double
    finally:
        registry.ADAPTERS.pop("x")
        registry.ADAPTERS.update({"x": place} if place else {})
        registry.sign_in.cache_clear()


PLAYS: dict[str, Renewing] = {}


def playing() -> Renewing:
    """What the registry finds."""
    return PLAYS["now"]


def given(access: str, refresh: str | None, now: datetime, life: timedelta = LIFE) -> Renewed:
    return Renewed(
        secret=SecretStr(access), expires_at=now + life, refresh=SecretStr(refresh) if refresh is not None else None
    )
