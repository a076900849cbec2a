"""
One call to a JSON API that is not Graph, and its refusals as our five errors.

Each platform brings two small functions: `read` finds its error envelope in an answer, `judge` knows its codes. What
neither knows is classified on the status alone: permanent but visible.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import SecretStr

from services.kit.errors import CredentialsExpired, OutcomeUnknown, ProviderError, RateLimited, Rejected, Unavailable
from services.kit.http import Client, Response, redact, send
from services.kit.text import clip

RATE_WAIT = timedelta(minutes=5)
WAIT_MOST = timedelta(days=1)
# Fields of a form or a query that platforms quote back in their refusals; shorter values are words, no secrets.
_SECRETS = ("access_token", "client_secret", "code", "code_verifier", "refresh_token", "token")
_SECRET_LEAST = 12


@dataclass(frozen=True)
class Said:
    """A refusal in the platform's words: `code` as text, `told` for people, without secrets, `trace` for support."""

    status: int
    code: str = ""
    told: str = ""
    trace: str = ""

    @property
    def named(self) -> str:
        """For support: `429 rate_limited, trace Ab1`."""
        code = f"{self.status} {self.code}".strip()
        return f"{code}, trace {self.trace}" if self.trace else code

    @property
    def sentence(self) -> str:
        return f"{self.told} ({self.named})" if self.told else f"Refused with {self.named}"


class RestFault(Exception):
    """The platform's own words, kept as the cause of our error: read it with `said_of`."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.named)
        self.said = said


@dataclass(frozen=True)
class Reply:
    """A call that went well: the JSON value (`{}` for an empty body) and the headers by lower-case name."""

    status: int
    body: Any
    headers: Mapping[str, str]


Read = Callable[[Response, Any], Said | None]
Judge = Callable[[Said, bool, datetime], ProviderError | None]


def rest_call(
    http: Client,
    method: str,
    url: str,
    *,
    token: SecretStr | None,
    writes: bool,
    now: datetime,
    read: Read,
    judge: Judge = lambda said, writes, retry_at: None,
    headers: Mapping[str, str] | None = None,
    timeout_seconds: float | None = None,
    **sent: Any,
) -> Reply:
    """
    Send one call. `sent` is what `kit.http.send` takes: params, form, json, files, content.

    :param read: (answer, its JSON or None) -> what the platform said against it, None where it said nothing
    :param judge: (said, writes, retry_at) -> one of our five errors, None for what the status alone decides
    :raises ProviderError: one of our five, as `classify`; its cause holds what the platform said
    """
    bearer = token.get_secret_value() if token else None
    answer = send(
        http, method, url, writes=writes, bearer=bearer, headers=headers, timeout_seconds=timeout_seconds, **sent
    )
    return reply_of(answer, secrets=_sent_secrets(bearer, sent), writes=writes, now=now, read=read, judge=judge)


def reply_of(
    answer: Response,
    *,
    secrets: Sequence[str],
    writes: bool,
    now: datetime,
    read: Read,
    judge: Judge = lambda said, writes, retry_at: None,
) -> Reply:
    """
    An answer already in hand, e.g. to a chunk; the rest as `rest_call`. `secrets` are hidden wherever it quotes them.

    :raises ProviderError: one of our five
    """
    body, is_json = _body(answer)
    said = read(answer, body)
    if said is None and answer.is_success and is_json:
        return Reply(answer.status_code, body if body is not None else {}, answer.headers)
    said = _clean(said or Said(answer.status_code, told="" if is_json else "The answer was not JSON."), secrets)
    retry_at = now + min(_wait(answer, now), WAIT_MOST)
    error = judge(said, writes, retry_at) or classify(said, writes=writes, retry_at=retry_at)
    raise error from RestFault(said)


def said_of(error: ProviderError) -> Said | None:
    """What the platform said behind one of our errors; None where it said nothing, e.g. a timeout."""
    return error.__cause__.said if isinstance(error.__cause__, RestFault) else None


def classify(said: Said, *, writes: bool, retry_at: datetime) -> ProviderError:
    """By status: 5xx, 408 and unreadable answers are unknown for a write; 429 waits; 401 wants a sign-in."""
    if said.status >= 500 or said.status == 408 or said.status < 400:
        return OutcomeUnknown(said.sentence) if writes else Unavailable(said.sentence)
    if said.status == 429:
        return RateLimited(said.sentence, retry_at=retry_at)
    if said.status == 401:
        return CredentialsExpired(said.sentence)
    return Rejected(said.sentence)


def _body(answer: Response) -> tuple[Any, bool]:
    """The JSON value; an empty body counts as JSON."""
    if not answer.content:
        return None, True
    try:
        return answer.json(), True
    except ValueError:
        return None, False


def _sent_secrets(bearer: str | None, sent: Mapping[str, Any]) -> list[str]:
    fields = {**(sent.get("params") or {}), **(sent.get("form") or {})}
    values = [str(fields[name]) for name in _SECRETS if name in fields]
    return [*([bearer] if bearer else []), *(value for value in values if len(value) >= _SECRET_LEAST)]


def _clean(said: Said, secrets: Sequence[str]) -> Said:
    told = said.told
    for secret in secrets:
        told = told.replace(secret, "[hidden]")
    return Said(said.status, clip(said.code, 80), clip(redact(told), 300), clip(said.trace, 60))


def _wait(answer: Response, now: datetime) -> timedelta:
    """Retry-After in seconds, or the instant of a rate limit's reset as seconds since 1970; else five minutes."""
    told = answer.headers.get("retry-after", "")
    if told.isascii() and told.isdecimal():
        return timedelta(seconds=int(told[:6]))
    reset = answer.headers.get("x-rate-limit-reset", "")
    if reset.isascii() and reset.isdecimal():
        return max(datetime.fromtimestamp(int(reset[:11]), UTC) - now, timedelta(seconds=1))
    return RATE_WAIT
