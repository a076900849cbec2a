"""
One call to X's API v2, and its refusals as our five errors.

Source: X developer documentation and OpenAPI 2.167 of 22 Aug 2026. Classified on status, problem type and code. One
exception: a duplicate refusal has no type of its own, so its `detail` is read, which is X's own sentence and holds
nothing of the post.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import SecretStr

from services.kit.errors import (
    CredentialsExpired,
    OutcomeUnknown,
    PermissionMissing,
    ProviderError,
    RateLimited,
    Rejected,
)
from services.kit.http import Client, Response
from services.kit.rest import WAIT_MOST, Said, rest_call, said_of

CREDITS_WAIT = timedelta(hours=1)  # nothing tells when somebody tops them up

_DUPLICATE = "187"
_RATE = {"88"}
_TOKEN_ENDED = {"32", "89", "invalid_grant", "invalid_token", "unsupported-authentication"}
_APP_REFUSED = {"unauthorized_client", "invalid_client"}
_ACCOUNT = {"63", "64", "326", "user-suspended", "client-forbidden", "client-not-enrolled", "oauth1-permissions"}
_NO_CREDITS = {"CreditsDepleted", "credits-depleted", "usage-capped"}


def x_call(
    http: Client,
    method: str,
    url: str,
    *,
    token: SecretStr | None,
    writes: bool,
    now: datetime,
    **sent: Any,
) -> dict[str, Any]:
    """
    Send one call and return its JSON object.

    :raises RateLimited: with the reset of the limit that is used up, of the quarter of an hour or of the day; or
        prepaid credits are gone, then an hour later
    :raises OutcomeUnknown: a write without a clear answer, or refused as a duplicate: ours may be out already
    :raises PermissionMissing: the account is locked or suspended, or the app may not do this
    :raises CredentialsExpired: the token is refused
    :raises Unavailable, Rejected: as `kit.rest`
    """
    resets: list[datetime] = []

    def read(answer: Response, body: Any) -> Said | None:
        resets.extend(_resets(answer.headers, now))
        return said_in(answer, body)

    def judge(said: Said, wrote: bool, retry_at: datetime) -> ProviderError | None:
        return _judge(said, wrote, max([retry_at, *resets]), now)

    reply = rest_call(http, method, url, token=token, writes=writes, now=now, read=read, judge=judge, **sent)
    body: dict[str, Any] = reply.body
    return body


def is_duplicate(error: ProviderError) -> bool:
    """Did X refuse this call because the account has posted the same words already?"""
    said = said_of(error)
    return said is not None and said.code == _DUPLICATE


def said_in(answer: Response, body: Any) -> Said | None:
    """What an answer says against the call; None for a good one. Also a 200 with errors and nothing else is against."""
    fields = body if isinstance(body, dict) else {}
    if answer.is_success:
        if body is not None and not isinstance(body, dict):
            return Said(answer.status_code, told="The answer was not an object.")
        if not isinstance(fields.get("errors"), list) or "data" in fields:
            return None
    first = _first_error(fields)
    problem = first if first and not fields.get("detail") else fields
    told = problem.get("detail") or problem.get("message") or fields.get("error_description") or problem.get("title")
    trace = answer.headers.get("x-transaction-id", "")
    return Said(answer.status_code, _code(fields, problem, answer.status_code), str(told or ""), trace)


def _code(fields: dict[str, Any], problem: dict[str, Any], status: int) -> str:
    """The last part of the problem's type (its host varies), else the old number, the token address's word, a title."""
    kind = problem.get("type")
    if isinstance(kind, str) and kind.startswith("http"):
        return kind.rstrip("/").rsplit("/", 1)[-1]
    number = problem.get("code")
    if isinstance(number, int) and not isinstance(number, bool):
        return str(number)
    if status == 403 and "duplicate content" in str(problem.get("detail", "")).lower():
        return _DUPLICATE
    word = fields.get("error") or fields.get("title")
    return word if isinstance(word, str) else ""


def _judge(said: Said, writes: bool, retry_at: datetime, now: datetime) -> ProviderError | None:
    if said.status < 400 or said.status >= 500:
        return None
    if said.code == _DUPLICATE and writes:
        return OutcomeUnknown(f"X says that this account has posted the same already. ({said.named})")
    if said.status == 402 or said.code in _NO_CREDITS:
        told = "The prepaid credits of our X app are used up; they are topped up in X's developer console."
        return RateLimited(f"{told} ({said.named})", retry_at=now + CREDITS_WAIT)
    if said.status == 429 or said.code in _RATE:
        return RateLimited(said.sentence, retry_at=retry_at)
    if said.code in _APP_REFUSED:
        return Rejected(f"X does not accept our app's id and secret. ({said.named})")
    if said.code in _TOKEN_ENDED:
        return CredentialsExpired(said.sentence)
    return PermissionMissing(said.sentence) if said.status == 403 and said.code in _ACCOUNT else None


def _first_error(fields: dict[str, Any]) -> dict[str, Any]:
    rows = fields.get("errors")
    return rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else {}


def _resets(headers: Mapping[str, str], now: datetime) -> list[datetime]:
    """When each limit that is used up begins anew. The names of the daily ones are not certain, so all are read."""
    found = []
    for name, left in headers.items():
        if not (name.startswith("x-") and name.endswith("-remaining") and left.strip() == "0"):
            continue
        reset = headers.get(name.removesuffix("remaining") + "reset", "")
        if reset.isascii() and reset.isdecimal():
            found.append(min(datetime.fromtimestamp(int(reset[:11]), UTC), now + WAIT_MOST))
    return found
