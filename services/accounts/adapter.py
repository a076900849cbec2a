"""What a platform's sign-in must offer, and how its token answers are read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from pydantic import SecretStr

from services.accounts.hosts import PlatformHost
from services.accounts.models import Health, Offer, Renewed, Token
from services.kit.errors import Rejected
from services.kit.http import Client


@dataclass(frozen=True)
class AccountSpec:
    """`scopes` are asked for; all of them are needed for everything we do. `account` is what people call one."""

    platform: str
    name: str
    account: str
    scopes: tuple[str, ...]


class SignIn(Protocol):
    """One platform's OAuth. Every method raises only our five provider errors."""

    spec: AccountSpec

    def authorize_url(self, host: PlatformHost, redirect_uri: str, state: str) -> str:
        """Where the person is sent."""
        ...

    def exchange(self, host: PlatformHost, code: str, redirect_uri: str, *, http: Client, now: datetime) -> list[Offer]:
        """A code for the accounts it opens, each with its longest-lived token."""
        ...

    def renew(self, host: PlatformHost, token: Token, *, http: Client, now: datetime) -> Renewed | None:
        """A newer token; None where the platform's tokens have no date and are not renewed."""
        ...

    def probe(
        self, host: PlatformHost, token: Token, scopes: tuple[str, ...], *, http: Client, now: datetime
    ) -> Health:
        """Who are we, what may we do, how much is used. `scopes` are the ones known so far."""
        ...


def token_in(answer: dict[str, Any]) -> SecretStr:
    """:raises Rejected: the answer holds no token"""
    value = answer.get("access_token")
    if not isinstance(value, str) or not value.strip():
        raise Rejected("The platform answered without a token.")
    return SecretStr(value)


def expiry_in(answer: dict[str, Any], now: datetime) -> datetime | None:
    """When the token of this answer ends; None where no date is given."""
    seconds = answer.get("expires_in")
    return now + timedelta(seconds=seconds) if isinstance(seconds, int) and seconds > 0 else None


def text_in(node: dict[str, Any], name: str) -> str:
    """A field as text; platforms send ids as numbers too. Empty where it is missing."""
    value = node.get(name)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
