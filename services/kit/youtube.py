"""
Calls to Google's sign-in and the YouTube Data API v3, and their refusals as our five errors.

Classified on `error.errors[0].reason` (the Data API) or `error` (sign-in). Source of the tables: YouTube Data API,
errors, quota calculator and resumable protocol, September 2026; Google OAuth for web servers.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from services.kit.errors import (
    CredentialsExpired,
    OutcomeUnknown,
    PermissionMissing,
    ProviderError,
    RateLimited,
    Rejected,
    Unavailable,
)
from services.kit.http import Client, Response, send
from services.kit.rest import Reply, Said, classify, reply_of, rest_call, said_of

_PACIFIC = ZoneInfo("America/Los_Angeles")  # quotas begin anew at midnight there
_DAY = timedelta(days=1)
_PUT_SECONDS = 120.0
_QUOTA = {"quotaExceeded", "dailyLimitExceeded"}
_CHANNEL_QUOTA = {"uploadLimitExceeded"}
_RATE = {"rateLimitExceeded", "userRateLimitExceeded", "uploadRateLimitExceeded"}
_TROUBLE = {"backendError", "internalError"}
_TOKEN = {"authError", "invalid_grant"}
_ACCOUNT = {  # the sign-in stands, but nothing can be posted with it as things are
    "insufficientPermissions",
    "youtubeSignupRequired",
    "channelClosed",
    "channelSuspended",
    "authenticatedUserAccountClosed",
    "authenticatedUserAccountSuspended",
}
_OUR_APP = {"accessNotConfigured", "invalid_client", "deleted_client", "unauthorized_client", "redirect_uri_mismatch"}
_WORDS = {
    "quotaExceeded": "YouTube's quota for today is used up.",
    "dailyLimitExceeded": "YouTube's quota for today is used up.",
    "uploadLimitExceeded": "This channel has uploaded as much as YouTube allows in a day.",
    "authError": "YouTube no longer accepts this account's sign-in.",
    "invalid_grant": "YouTube no longer accepts this account's sign-in.",
    "insufficientPermissions": "The sign-in does not include what this needs. Connect again and allow everything.",
    "youtubeSignupRequired": "This Google account has no YouTube channel.",
    "channelClosed": "This YouTube channel is closed.",
    "channelSuspended": "This YouTube channel is suspended.",
    "invalidTitle": "YouTube refuses the title: 1 to 100 characters, without < and >.",
    "invalidDescription": "YouTube refuses the description: at most 5,000 bytes, without < and >.",
    "invalidTags": "YouTube refuses the tags: at most 500 characters together, without < and >.",
    "invalidCategoryId": "YouTube does not take this category.",
    "forbiddenPrivacySetting": "YouTube does not allow this channel this privacy.",
    "accessNotConfigured": "The YouTube Data API is not switched on for the app.",
    "invalid_client": "Google does not accept the app's id and secret.",
}
_TAG = re.compile(r"<[^>]{0,300}>")
_RANGE = re.compile(r"bytes=0-(\d{1,15})")


@dataclass(frozen=True)
class Progress:
    """Where an upload session stands: `have` bytes are there; `video` is the resource once it is finished."""

    have: int
    video: dict[str, Any] | None = None


def youtube_call(
    http: Client, method: str, url: str, *, token: SecretStr | None, writes: bool, now: datetime, **sent: Any
) -> Reply:
    """
    One call; the body of its reply is a JSON object.

    :raises ProviderError: one of our five; a used-up quota waits until midnight Pacific
    """
    judge = partial(_judge, now)
    return rest_call(http, method, url, token=token, writes=writes, now=now, read=_read, judge=judge, **sent)


def session_put(
    http: Client,
    session: str,
    content_range: str,
    body: Iterable[bytes] = (),
    *,
    length: int = 0,
    token: SecretStr,
    writes: bool,
    now: datetime,
    size: int,
) -> Progress:
    """
    Send `length` bytes to an upload session of `size` bytes, or ask it with `bytes */<size>` and no body.

    `writes` is for the bytes that end the file only: before them nothing can have happened.

    :raises ProviderError: one of our five; `is_gone` tells a session that no longer exists
    """
    bearer = token.get_secret_value()
    headers = {
        "Content-Range": content_range,
        "Content-Type": "application/octet-stream",
        "Content-Length": str(length),
    }
    answer = send(
        http, "PUT", session, writes=writes, content=body, headers=headers, bearer=bearer, timeout_seconds=_PUT_SECONDS
    )
    if answer.status_code == 308:
        return Progress(_held(answer, size, writes=writes))
    judge = partial(_judge, now)
    reply = reply_of(answer, secrets=[bearer], writes=writes, now=now, read=_read, judge=judge)
    return Progress(size, reply.body)


def is_gone(error: ProviderError) -> bool:
    """Did the platform say that this upload session does not exist (any more)?"""
    said = said_of(error)
    return said is not None and said.status in (404, 410)


def _held(answer: Response, size: int, *, writes: bool) -> int:
    """How many bytes a session says it has; without a Range none."""
    told = answer.headers.get("range")
    if told is None:
        return 0
    found = _RANGE.fullmatch(told.strip())
    if found is None or int(found[1]) + 1 >= size:
        said = Said(308, told="YouTube's answer about the upload makes no sense.")
        raise classify(said, writes=writes, retry_at=datetime.max)
    return int(found[1]) + 1


def _read(answer: Response, body: Any) -> Said | None:
    """The Data API's envelope, sign-in's flat one, and answers that are no object."""
    if not isinstance(body, dict):
        return Said(answer.status_code, told="The answer was no object.") if answer.content else None
    error = body.get("error")
    if error is None:
        return None
    if isinstance(error, str):
        return _said(answer.status_code, error, body.get("error_description"))
    if not isinstance(error, dict):
        return Said(answer.status_code)
    rows = error.get("errors")
    first = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else {}
    return _said(answer.status_code, first.get("reason") or error.get("status"), error.get("message"))


def _said(status: int, reason: object, message: object) -> Said:
    code = reason if isinstance(reason, str) else ""
    told = _TAG.sub("", message) if isinstance(message, str) else ""
    return Said(status, code, _WORDS.get(code, told))


def _judge(now: datetime, said: Said, writes: bool, retry_at: datetime) -> ProviderError | None:
    if said.status >= 500 or said.code in _TROUBLE:
        return OutcomeUnknown(said.sentence) if writes else Unavailable(said.sentence)
    if said.status < 400:
        return None
    if said.code in _QUOTA:
        return RateLimited(said.sentence, retry_at=next_quota_day(now))
    if said.code in _CHANNEL_QUOTA:
        return RateLimited(said.sentence, retry_at=now + _DAY)
    if said.code in _RATE:
        return RateLimited(said.sentence, retry_at=retry_at)
    if said.code in _TOKEN:
        return CredentialsExpired(said.sentence)
    if said.code in _ACCOUNT:
        return PermissionMissing(said.sentence)
    return Rejected(said.sentence) if said.code in _OUR_APP else None


def next_quota_day(now: datetime) -> datetime:
    """The next midnight in California."""
    tomorrow = now.astimezone(_PACIFIC).date() + _DAY
    return datetime.combine(tomorrow, time(), _PACIFIC).astimezone(now.tzinfo)


def object_in(node: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A field that should be an object; empty where it is not."""
    value = node.get(name)
    return value if isinstance(value, dict) else {}


def objects_in(node: Mapping[str, Any], name: str = "items") -> list[dict[str, Any]]:
    """A field that should be a list of objects; what is none is left out."""
    value = node.get(name)
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def text_of(node: Mapping[str, Any], name: str) -> str:
    """A field that should be text; empty where it is not."""
    value = node.get(name)
    return value if isinstance(value, str) else ""
