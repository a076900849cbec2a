"""The headers in which Instagram and Facebook tell how much of the rate limit is used, in percent."""

import json

from services.practice import tokens
from services.practice.seeds import INSTAGRAM_ACCOUNTS, PAGES
from services.practice.wire.calls import Call

_HOUR_SECONDS = 3_600


def headers(call: Call) -> dict[str, str]:
    """`X-App-Usage` always; `X-Business-Use-Case-Usage` where the call concerns an account. Nothing off the API."""
    if not call.segments:
        return {}
    percent = 100 if call.struck("quota") else _percent(call)
    figures = {"call_count": percent, "total_cputime": percent // 2, "total_time": percent // 2}
    told = {"X-App-Usage": json.dumps(figures)}
    if call.segments[0].startswith("v"):
        told["facebook-api-version"] = call.segments[0]
    account = _account(call)
    if account is not None:
        kind = "instagram" if call.platform == "instagram" else "pages"
        regain_minutes = 60 if percent >= 100 else 0
        business = {account: [{"type": kind, **figures, "estimated_time_to_regain_access": regain_minutes}]}
        told["X-Business-Use-Case-Usage"] = json.dumps(business)
    return told


def _percent(call: Call) -> int:
    row = call.world.store.one(
        "select count(*) as calls from requests where at > :since and platform = :platform",
        since=call.now - _HOUR_SECONDS,
        platform=call.platform,
    )
    calls = 0 if row is None else row["calls"]
    return min(100, int(100 * calls / call.world.setting("calls_per_hour")))


def _account(call: Call) -> str | None:
    known = INSTAGRAM_ACCOUNTS if call.platform == "instagram" else PAGES
    token = tokens.find_token(call.world, call.platform, call.token_text)
    named = [part for part in call.segments if part in known]
    if named:
        return named[0]
    return token.subject if token is not None and token.subject in known else None
