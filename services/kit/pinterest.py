"""
One call to Pinterest's API v5, and its refusals as our five errors.

Source: Pinterest OpenAPI 5.23.0 and the notes of integrations, November 2026. Which number a refusal carries is known
for few; a spam block can be told from a rate limit by its words only, so there alone the words are read.
"""

import base64
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import SecretStr

from services.kit.errors import CredentialsExpired, PermissionMissing, ProviderError, RateLimited, Rejected
from services.kit.http import Client, Response
from services.kit.rest import WAIT_MOST, Reply, Said, rest_call

_SCOPE_MISSING, _TRIAL_ONLY = "3", "29"
_NUMBER = re.compile(r"\s*(\d{1,11})")
_AN_INSTANT = 1_000_000_000  # a reset of this many seconds is meant as a time since 1970


def pinterest_call(
    http: Client,
    method: str,
    url: str,
    *,
    token: SecretStr | None,
    writes: bool,
    now: datetime,
    app: tuple[str, SecretStr] | None = None,
    **sent: Any,
) -> Reply:
    """
    Send one call as an account, or with `app` (id, secret) as the app itself.

    :raises ProviderError: one of our five; 401 wants a sign-in, 429 waits until the reset that it tells
    """
    reset: list[datetime] = []

    def read(answer: Response, body: Any) -> Said | None:
        reset.extend(_reset(answer, now))
        return said_in(answer, body)

    def judge(said: Said, _writes: bool, retry_at: datetime) -> ProviderError | None:
        return _judge(said, reset[0] if reset else retry_at)

    headers = {"Authorization": _basic(*app)} if app else None
    return rest_call(
        http, method, url, token=token, writes=writes, now=now, read=read, judge=judge, headers=headers, **sent
    )


def said_in(answer: Response, body: Any) -> Said | None:
    """What an answer says against the call; None for a good one."""
    if answer.status_code < 400:
        return None
    fields = body if isinstance(body, dict) else {}
    code, told = fields.get("code"), fields.get("message")
    trace = answer.headers.get("x-pinterest-rid", "")
    return Said(
        answer.status_code,
        str(code) if isinstance(code, int | str) and not isinstance(code, bool) else "",
        told if isinstance(told, str) else "",
        trace,
    )


def _judge(said: Said, retry_at: datetime) -> ProviderError | None:
    if said.status == 429:
        if "spam" in said.told.lower():
            return Rejected(said.sentence)
        return RateLimited(said.sentence, retry_at=retry_at)
    if said.status == 401:
        return (PermissionMissing if said.code == _SCOPE_MISSING else CredentialsExpired)(said.sentence)
    if said.status == 403 and said.code == _TRIAL_ONLY:
        return Rejected(f"Pinterest lets this app post only once it has Standard access. ({said.named})")
    return None


def _reset(answer: Response, now: datetime) -> list[datetime]:
    """The instant at which a rate limit is new, where it is told: in seconds from now, or since 1970."""
    told = _NUMBER.match(answer.headers.get("x-ratelimit-reset", ""))
    if answer.headers.get("retry-after") or told is None:
        return []
    seconds = int(told[1])
    wait = datetime.fromtimestamp(seconds, UTC) - now if seconds >= _AN_INSTANT else timedelta(seconds=seconds)
    return [now + min(max(wait, timedelta(seconds=1)), WAIT_MOST)]


def _basic(name: str, secret: SecretStr) -> str:
    return "Basic " + base64.b64encode(f"{name}:{secret.get_secret_value()}".encode()).decode()
