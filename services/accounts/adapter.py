"""What a platform's sign-in must offer, and how its token answers are read."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, runtime_checkable

from pydantic import SecretStr

from services.accounts.hosts import PlatformHost
from services.accounts.models import Health, Offer, Renewed, Token
from services.kit.errors import Rejected
from services.kit.http import Client

_LONGEST_SECONDS = 10 * 365 * 86_400  # what a broken answer claims must still be a date


@dataclass(frozen=True)
class AccountSpec:
    """
    `scopes` are asked for and needed for everything we do; `also` are asked for, and without them an extra is missing.
    `account` is what people call one.

    A token is renewed once less than `renew_within` is left and it is at least `renew_after` old.
    """

    platform: str
    name: str
    account: str
    scopes: tuple[str, ...]
    also: tuple[str, ...] = ()
    renew_within: timedelta = timedelta(days=30)
    renew_after: timedelta = timedelta(0)

    def missing_in(self, scopes: tuple[str, ...]) -> tuple[str, ...]:
        """What we need and these do not hold."""
        return tuple(scope for scope in self.scopes if scope not in scopes)


class SignIn(Protocol):
    """
    One platform's OAuth. Every method raises only our five provider errors.

    `CredentialsExpired` ends the connection, so it is raised only where the platform refuses the token itself
    (`invalid_grant`, a revoked or ended token). Where a right is missing: `PermissionMissing`.
    """

    spec: AccountSpec

    def authorize_url(self, host: PlatformHost, redirect_uri: str, state: str, verifier: str) -> str:
        """Where the person is sent. With PKCE it carries `challenge_of(verifier)`."""
        ...

    def exchange(
        self, host: PlatformHost, code: str, redirect_uri: str, verifier: str, *, http: Client, now: datetime
    ) -> list[Offer]:
        """A code for the accounts it opens, each with its longest-lived token and its refresh token if there is one."""
        ...

    def renew(self, host: PlatformHost, token: Token, *, http: Client, now: datetime) -> Renewed | None:
        """
        A newer token, by `token.refresh` or by the token itself; None where that is impossible for this one.

        `Renewed.refresh` is what came back, None where nothing did: the stored one is then kept.
        """
        ...

    def probe(
        self, host: PlatformHost, token: Token, scopes: tuple[str, ...], *, http: Client, now: datetime
    ) -> Health:
        """Who are we, what may we do, how much is used. `scopes` are the ones known so far."""
        ...

    def revoke(self, host: PlatformHost, token: Token, *, http: Client, now: datetime) -> None:
        """Withdraw what the person allowed, `token.refresh` included. Nothing where the platform offers no way."""
        ...


@runtime_checkable
class TakesToken(Protocol):
    """A platform where a business can make a token itself, without a sign-in."""

    def offers_of(self, host: PlatformHost, secret: SecretStr, *, http: Client, now: datetime) -> list[Offer]:
        """The accounts that this token opens, each with a token of its own. Raises as `exchange` does."""
        ...


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a PKCE verifier (RFC 7636)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def token_in(answer: dict[str, Any]) -> SecretStr:
    """:raises Rejected: the answer holds no token"""
    value = answer.get("access_token")
    if not is_token(value):
        raise Rejected("The platform answered without a token.")
    return SecretStr(str(value))


def refresh_in(answer: dict[str, Any]) -> SecretStr | None:
    """The refresh token of this answer; None where none came: an empty one counts as none."""
    value = answer.get("refresh_token")
    return SecretStr(str(value)) if is_token(value) else None


def renewed_in(answer: dict[str, Any], now: datetime, refresh_seconds: str = "refresh_token_expires_in") -> Renewed:
    """
    The newer token of an answer, with the refresh token and its end where they came too.

    :param refresh_seconds: the platform's name for how long the refresh token is good
    :raises Rejected: the answer holds no token
    """
    return Renewed(
        secret=token_in(answer),
        expires_at=expiry_in(answer, now),
        refresh=refresh_in(answer),
        refresh_expires_at=expiry_in(answer, now, refresh_seconds),
    )


def expiry_in(answer: dict[str, Any], now: datetime, name: str = "expires_in") -> datetime | None:
    """When what this answer brought ends, from its seconds under `name`; None where no date is given."""
    seconds = answer.get(name)
    if not isinstance(seconds, int) or isinstance(seconds, bool) or seconds <= 0:
        return None
    return now + timedelta(seconds=min(seconds, _LONGEST_SECONDS))


def is_token(value: object) -> bool:
    """Something that can travel in a header."""
    return isinstance(value, str) and value.strip() != "" and value.isascii() and value.isprintable()


def text_in(node: dict[str, Any], name: str) -> str:
    """A field as text; platforms send ids as numbers too. Empty where it is missing."""
    value = node.get(name)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
