"""Who is calling, may they, and what does it cost? Quotas are the app's and begin anew at midnight in California."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from services.practice import things, tokens
from services.practice.seeds import ACCOUNTS, Account
from services.practice.wire.calls import Call
from services.practice.youtube.errors import ApiError

_AUTH = "https://www.googleapis.com/auth/"
UPLOAD, READ, ANALYTICS = f"{_AUTH}youtube.upload", f"{_AUTH}youtube.readonly", f"{_AUTH}yt-analytics.readonly"
MANAGE, FORCE = f"{_AUTH}youtube", f"{_AUTH}youtube.force-ssl"
SCOPES = (UPLOAD, READ, ANALYTICS, MANAGE, FORCE)
_PACIFIC = ZoneInfo("America/Los_Angeles")


def channel(call: Call, *scopes: str) -> Account:
    """
    The channel of the token in the header; one of the scopes is enough, those that manage everything always are.

    :raises ApiError: 401 authError, 403 insufficientPermissions
    """
    token = bearer(call)
    if token is None:
        raise ApiError("required", "Login Required.", status=401, domain="global")
    if not {*scopes, MANAGE, FORCE} & set(token.grant.scopes):
        message = "Request had insufficient authentication scopes."
        raise ApiError("insufficientPermissions", message, status=403, domain="global")
    return ACCOUNTS["youtube"][token.subject]


def bearer(call: Call) -> tokens.Token | None:
    """The token of the header, None without one. :raises ApiError: 401 authError, it does not work"""
    if call.bearer is None:
        return None
    token = tokens.find_token(call.world, "youtube", call.bearer)
    if token is None or token.kind != "access" or tokens.standing(token, call.now) != "ok":
        raise ApiError("authError", "Invalid Credentials", status=401, domain="global")
    return token


def spend(call: Call, units: int) -> None:
    """Charge a call, also one that will be refused. :raises ApiError: 403 quotaExceeded"""
    _count(call, "units", units, call.world.setting("youtube_units_total"))


def spend_upload(call: Call) -> None:
    """Uploads have a quota of their own, one each. :raises ApiError: 403 quotaExceeded"""
    _count(call, "uploads", 1, 0.0 if call.fault("quota") else call.world.setting("quota_total"))


def _count(call: Call, name: str, cost: int, total: float) -> None:
    day = datetime.fromtimestamp(call.now, UTC).astimezone(_PACIFIC).date().isoformat()
    with call.world.store.act():
        if things.get(call.world, "youtube", "quota", day) is None:
            things.put(call.world, "youtube", "quota", day, "app", {"units": 0, "uploads": 0})
        used = (things.get(call.world, "youtube", "quota", day) or {})[name] + cost
        if used <= total:
            things.change(call.world, "youtube", "quota", day, **{name: used})
    if used > total:
        message = 'The request cannot be completed because you have exceeded your <a href="/quota">quota</a>.'
        raise ApiError("quotaExceeded", message, status=403, domain="youtube.quota")
