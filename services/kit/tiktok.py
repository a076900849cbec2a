"""
One call to TikTok, and its refusals as our five errors. Facts: TikTok for Developers, API v2, error handling.

A call went well only where its envelope says `ok`: refusals also arrive with status 200.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

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
from services.kit.http import Client, Response
from services.kit.rest import Said, rest_call

_JSON = {"Content-Type": "application/json; charset=UTF-8"}
_ENDED = {"access_token_invalid", "invalid_grant"}
_OURS = {"invalid_client", "unauthorized_client", "invalid_request"}  # our app's fault, not the account's
_NOT_ALLOWED = {"scope_not_authorized", "scope_permission_missed"}
# Counted over 24 hours without a word on when the next one is free, so the caller decides how long to wait.
_LIMITS = {
    "spam_risk_too_many_posts": "This account has made as many posts today as TikTok allows.",
    "spam_risk_too_many_pending_share": "Too many drafts wait in this account's TikTok inbox: post or delete some.",
    "reached_active_user_cap": "Today this app has posted for as many TikTok accounts as it may.",
}
_PLAIN = {
    "unaudited_client_can_only_post_to_private_accounts": (
        "TikTok has not audited this app yet. Until then it only posts as “Only me”, and only to an account that is "
        "set to private in TikTok."
    ),
    "privacy_level_option_mismatch": "This account does not offer the chosen audience on TikTok. Choose another one.",
    "url_ownership_unverified": (
        "TikTok fetches media only from addresses that are verified for this app. Verify the media host in TikTok's "
        "developer portal, or post the file itself."
    ),
    "spam_risk_user_banned_from_posting": "TikTok does not let this account post. Its owner sees why in TikTok.",
    "app_version_check_failed": "The TikTok app on the creator's phone is too old for this kind of post.",
}


def tiktok_call(
    http: Client,
    method: str,
    url: str,
    *,
    token: SecretStr,
    writes: bool,
    now: datetime,
    json: Mapping[str, Any] | None = None,
    params: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """
    Send one call and return its `data`, `{}` where there is none. `json` None sends an empty body.

    :raises ProviderError: one of our five; RateLimited without `retry_at` where a limit per day is reached
    """
    reply = rest_call(
        http,
        method,
        url,
        token=token,
        writes=writes,
        now=now,
        read=_read,
        judge=_judge,
        headers=_JSON,
        params=params,
        json=json,
    )
    data = reply.body.get("data")
    return data if isinstance(data, dict) else {}


def tiktok_token_call(http: Client, url: str, form: Mapping[str, str], *, now: datetime) -> dict[str, Any]:
    """
    Ask the token or the revoke address, which answer bare objects. What is lost here costs a sign-in, not a post.

    :raises ProviderError: one of our five; CredentialsExpired for a code or refresh token that is no longer good
    """
    reply = rest_call(http, "POST", url, token=None, writes=False, now=now, read=_read_token, judge=_judge, form=form)
    return reply.body if isinstance(reply.body, dict) else {}


def _read(answer: Response, body: Any) -> Said | None:
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return _read_token(answer, body) or Said(answer.status_code, told="The answer has no result.")
    code = error.get("code")
    if code == "ok":
        return None
    return Said(answer.status_code, _text(code), _text(error.get("message")), _text(error.get("log_id")))


def _read_token(answer: Response, body: Any) -> Said | None:
    """`{"error", "error_description", "log_id"}`. The description is dropped: it may quote what was sent, a token."""
    if not isinstance(body, dict) or not body.get("error"):
        return None
    error = body["error"]
    if isinstance(error, dict):
        return _read(answer, body)
    return Said(answer.status_code, _text(error), trace=_text(body.get("log_id")))


def _judge(said: Said, writes: bool, retry_at: datetime) -> ProviderError | None:
    """A code we do not know is a refusal all the same, except where the server itself is in trouble."""
    told = f"{_PLAIN[said.code]} ({said.named})" if said.code in _PLAIN else said.sentence
    if said.code in _LIMITS:
        return RateLimited(f"{_LIMITS[said.code]} ({said.named})")
    if said.code in _ENDED:
        return CredentialsExpired(told)
    if said.code in _NOT_ALLOWED:
        return PermissionMissing(told)
    if said.code == "rate_limit_exceeded":
        return RateLimited(told, retry_at=retry_at)
    if said.code == "internal_error":
        return OutcomeUnknown(told) if writes else Unavailable(told)
    if said.code and said.code != "ok" and (said.status < 400 or said.code in _PLAIN or said.code in _OURS):
        return Rejected(told)
    return None


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
