"""
One call to a Graph API, and its refusals as our five errors.

Instagram and Facebook share one error envelope and one space of codes. Source of the tables: the platforms' error
references as of 21 Nov 2026 (Instagram error codes; Pages error handling; Graph API v26.0). Classified on code and
subcode only: the wording changes, and an id inside it can look like a code.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import SecretStr

from services.kit.errors import (
    CredentialsExpired,
    OutcomeUnknown,
    ProviderError,
    RateLimited,
    Rejected,
    Unavailable,
)
from services.kit.http import Client, Response, redact, send
from services.kit.text import clip

Pair = tuple[int, int | None]

_RATE = {4, 17, 32, 341, 613, 80001, 80002, 1390008}
_RATE_PAIRS: dict[Pair, timedelta] = {
    (9, 2207042): timedelta(hours=1),  # posts in 24 hours used up; the window rolls
    (4, 2207051): timedelta(hours=6),  # blocked as spam: leave the account alone for hours
}
_RATE_WAIT = timedelta(minutes=5)
_RECONNECT = {10, 102, 190, 283, 1404078, 4854002, *range(200, 300)}
_NOT_YET: set[Pair] = {(9007, 2207027), (24, 2207008), (-2, 2207003)}  # clearly not done; asking again is right
_TROUBLE = {-1, 1, 2, 1363047, 1609010, 2207082}  # their fault: whether a write went through is not said
_DOUBTFUL: set[Pair] = {(4, 2207051), (24, 2207006)}  # answered to writes that had gone live
_CONTENT: set[Pair] = {(1, 2207057)}  # the content is at fault, under a code that elsewhere means trouble
_DUPLICATE = {506, 1366051}  # "posted already": a hint to look, not a failure


class GraphFault(Exception):
    """The platform's own words, kept as the cause of our error: read it with `fault_of`."""

    def __init__(self, fault: "Fault") -> None:
        super().__init__(fault.named)
        self.fault = fault


@dataclass(frozen=True)
class Fault:
    """An error envelope. `subcode` is None where none was given; `told` is theirs to a person, without secrets."""

    status: int
    code: int
    subcode: int | None
    is_transient: bool
    told: str
    trace: str

    @property
    def pair(self) -> Pair:
        return self.code, self.subcode

    @property
    def named(self) -> str:
        """For support: `code 190/463, trace Ab1`."""
        code = f"{self.code}/{self.subcode}" if self.subcode else str(self.code)
        return f"code {code}, trace {self.trace}" if self.trace else f"code {code}"


def graph_call(
    http: Client,
    method: str,
    url: str,
    *,
    token: SecretStr | None,
    writes: bool,
    now: datetime,
    params: Mapping[str, Any] | None = None,
    form: Mapping[str, Any] | None = None,
    files: Mapping[str, Any] | None = None,
    timeout_seconds: float | None = None,
    total_seconds: float | None = None,
) -> dict[str, Any]:
    """
    Send one call and return its JSON object. The token travels in a header.

    :raises Unavailable: certainly not done: unreachable, not ready yet, or any trouble while reading
    :raises RateLimited: with `retry_at`, from the platform's headers where they say
    :raises CredentialsExpired: the token is refused or lacks a permission
    :raises Rejected: any other refusal, also one we do not know: permanent but visible
    :raises OutcomeUnknown: a write without a clear answer (timeout, 5xx, server trouble, "posted already")
    """
    bearer = token.get_secret_value() if token else None
    answer = send(
        http,
        method,
        url,
        writes=writes,
        params=params,
        form=form,
        files=files,
        bearer=bearer,
        timeout_seconds=timeout_seconds,
        total_seconds=total_seconds,
    )
    body = _body(answer)
    secrets = [bearer or "", *(str(value) for value in {**(params or {}), **(form or {})}.values())]
    fault = _fault(answer, body, secrets)
    if fault is None and body is not None:
        return body
    fault = fault or Fault(answer.status_code, 0, None, False, "the answer was not JSON", "")
    error = classify(fault, writes=writes, retry_at=now + _wait(answer, fault))
    raise error from GraphFault(fault)


def fault_of(error: ProviderError) -> Fault | None:
    """The platform's envelope behind one of our errors; None where there was none, e.g. a timeout."""
    return error.__cause__.fault if isinstance(error.__cause__, GraphFault) else None


def classify(fault: Fault, *, writes: bool, retry_at: datetime) -> ProviderError:
    """Which of our five errors this is. `retry_at` goes into `RateLimited`."""
    said = f"{fault.told} ({fault.named})" if fault.told else f"Refused with {fault.named}"
    if fault.status >= 500 or fault.status == 408 or (fault.code == 0 and fault.status < 300):
        return OutcomeUnknown(said) if writes else Unavailable(said)
    if fault.pair in _CONTENT:
        return Rejected(said)
    if writes and (fault.pair in _DOUBTFUL or _DUPLICATE & {fault.code, fault.subcode}):
        return OutcomeUnknown(said)
    if fault.pair in _NOT_YET:
        return Unavailable(said)
    if fault.pair in _RATE_PAIRS or fault.code in _RATE or fault.status == 429:
        return RateLimited(said, retry_at=retry_at)
    if fault.code in _RECONNECT:
        return CredentialsExpired(said)
    if fault.code in _TROUBLE or fault.is_transient:
        return OutcomeUnknown(said) if writes else Unavailable(said)
    return Rejected(said)


def _body(answer: Response) -> dict[str, Any] | None:
    try:
        body = answer.json()
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def _fault(answer: Response, body: dict[str, Any] | None, secrets: list[str]) -> Fault | None:
    """The envelope; also the flat one of Instagram's token address (`error_type`, `code`, `error_message`)."""
    error = (body or {}).get("error")
    if not isinstance(error, dict):
        if answer.status_code < 300 and body is not None and "error_message" not in body:
            return None
        flat = body or {}
        error = {"message": flat.get("error_message") or f"HTTP {answer.status_code}", "code": flat.get("code", 0)}
    code, subcode = _number(error.get("code")), _number(error.get("error_subcode"))
    # A refused token is sometimes quoted back, so their words about tokens are never kept.
    told = "" if code == 190 else str(error.get("error_user_msg") or error.get("message") or "")
    for secret in secrets:
        told = told.replace(secret, "[hidden]") if len(secret) >= 16 else told
    return Fault(
        answer.status_code,
        code,
        subcode or None,
        error.get("is_transient") is True,
        clip(redact(told), 300),
        str(error.get("fbtrace_id") or "")[:60],
    )


def _number(value: object) -> int:
    if isinstance(value, str):
        return int(value) if value.isascii() and value.isdecimal() and len(value) <= 18 else 0
    return value if isinstance(value, int) else 0


def _wait(answer: Response, fault: Fault) -> timedelta:
    """How long to wait after a rate refusal: what the headers say, else what the table says."""
    told = answer.headers.get("retry-after", "")
    if told.isascii() and told.isdecimal():
        return timedelta(seconds=min(int(told[:9]), 86_400))
    minutes = _regain_minutes(answer.headers.get("x-business-use-case-usage", ""))
    if minutes:
        return timedelta(minutes=min(minutes, 1_440))
    return _RATE_PAIRS.get(fault.pair, _RATE_WAIT)


def _regain_minutes(header: str) -> int:
    try:
        usage = json.loads(header or "{}")
        rows = [row for rows in usage.values() for row in rows]
        return max((_number(row.get("estimated_time_to_regain_access")) for row in rows), default=0)
    except (ValueError, AttributeError, TypeError):
        return 0
