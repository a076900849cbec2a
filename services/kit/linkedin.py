"""
One call to LinkedIn's versioned API, and its refusals as our five errors.

Source: LinkedIn Marketing documentation, versioning, error handling and rate limits, September 2026. Classified on
status and code only: the wording changes without notice. A duplicate refusal is the one exception, as it names the
post it means nowhere but in its message.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from pydantic import SecretStr

from services.kit.errors import OutcomeUnknown, PermissionMissing, ProviderError, RateLimited, Rejected, Unavailable
from services.kit.http import Client, Response, send, upload_seconds
from services.kit.rest import RATE_WAIT, Reply, RestFault, Said, classify, rest_call

ALARM = timedelta(days=60)
_RESET_MARGIN = timedelta(minutes=5)  # quotas reset at midnight UTC; both clocks may be off
_VERSION_GONE = {"NONEXISTENT_VERSION", "VERSION_MISSING"}
_NOT_YET = {"MEDIA_ASSET_WAITING_UPLOAD"}
_DUPLICATE = "DUPLICATE_POST"
_POST = re.compile(r"urn:li:(?:share|ugcPost):[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class ApiVersion:
    """A dated version of an API and the day on which it stops answering."""

    name: str
    ends_on: date

    def days_left(self, today: date) -> int:
        """Negative once it has ended."""
        return (self.ends_on - today).days

    def is_ending(self, today: date) -> bool:
        """From 60 days before its end: time to move on."""
        return self.ends_on - today <= ALARM


# The newest version seen; lives about twelve months. Source: versioning page, September 2026.
VERSION = ApiVersion("202609", date(2027, 9, 15))


def linkedin_call(
    http: Client,
    method: str,
    url: str,
    *,
    token: SecretStr | None,
    writes: bool,
    now: datetime,
    finder: bool = False,
    **sent: Any,
) -> Reply:
    """
    Send one call with the version's headers. The post's id comes in the header `x-restli-id`.

    :raises ProviderError: one of our five; 429 waits until the day's quota is new, 403 is a missing right or role
    """
    headers = {"LinkedIn-Version": VERSION.name, "X-Restli-Protocol-Version": "2.0.0"}
    if finder:
        headers["X-RestLi-Method"] = "FINDER"
    return rest_call(
        http,
        method,
        url,
        token=token,
        writes=writes,
        now=now,
        read=said_in,
        judge=lambda said, wrote, retry_at: _judge(said, wrote, retry_at, now),
        headers=headers,
        **sent,
    )


def put_bytes(http: Client, url: str, body: bytes, *, token: SecretStr | None, now: datetime) -> Mapping[str, str]:
    """
    Upload one file or part to the address LinkedIn gave; returns the answer's headers, `etag` among them.

    Pictures want the token, parts of a video must not have it.

    :raises ProviderError: one of our five
    """
    bearer = token.get_secret_value() if token else None
    headers = {"Content-Type": "application/octet-stream"}
    answer = send(
        http,
        "PUT",
        url,
        writes=True,
        content=body,
        headers=headers,
        bearer=bearer,
        timeout_seconds=120,
        total_seconds=upload_seconds(len(body)),
    )
    if answer.is_success:
        return answer.headers
    said = Said(answer.status_code, told="The upload was refused.", trace=answer.headers.get("x-li-uuid", "")[:60])
    retry_at = now + RATE_WAIT
    raise _judge(said, True, retry_at, now) or classify(said, writes=True, retry_at=retry_at) from RestFault(said)


def said_in(answer: Response, body: Any) -> Said | None:
    """What an answer says against the call; the code nearest to the cause first. None for a good one."""
    if answer.status_code < 400:
        return None
    fields = body if isinstance(body, dict) else {}
    told = fields.get("message") or fields.get("error_description") or ""
    trace = answer.headers.get("x-li-uuid") or answer.headers.get("x-li-request-id") or ""
    return Said(answer.status_code, _code(fields), str(told), trace)


def duplicate_in(said: Said) -> str | None:
    """The post that a duplicate refusal names, "" where it names none; None for every other refusal."""
    named = _POST.search(said.told)
    if said.status != 422 or (said.code != _DUPLICATE and named is None):
        return None
    return named.group() if named else ""


def is_post(urn: str) -> bool:
    """Is this the URN of a post?"""
    return _POST.fullmatch(urn) is not None


def in_path(urn: str) -> str:
    """A URN as one segment of a path."""
    return quote(urn, safe="")


def _code(fields: dict[str, Any]) -> str:
    details = fields.get("errorDetails")
    inputs = details.get("inputErrors") if isinstance(details, dict) else None
    for row in inputs if isinstance(inputs, list) else []:
        if isinstance(row, dict) and isinstance(row.get("code"), str) and row["code"]:
            return str(row["code"])
    for name in ("code", "error", "serviceErrorCode"):
        if isinstance(fields.get(name), str | int) and fields[name] not in ("", True, False):
            return str(fields[name])
    return ""


def _judge(said: Said, writes: bool, retry_at: datetime, now: datetime) -> ProviderError | None:
    if said.status == 426 or said.code in _VERSION_GONE:
        return Rejected(f"LinkedIn no longer answers to version {VERSION.name} of its API. ({said.named})")
    if said.code in _NOT_YET:
        return Unavailable(said.sentence)
    if said.status == 429:
        return RateLimited(said.sentence, retry_at=retry_at if retry_at != now + RATE_WAIT else _next_day(now))
    if said.status == 403:
        return PermissionMissing(said.sentence)
    if said.status == 409 or (said.status == 422 and duplicate_in(said) is not None):
        return OutcomeUnknown(said.sentence) if writes else Unavailable(said.sentence)
    return None


def _next_day(now: datetime) -> datetime:
    """The quotas of a day begin anew at 00:00 UTC; no answer tells it."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=1) + _RESET_MARGIN
