"""Who calls practice X, and what is left of their quarter of an hour."""

from services.practice import accepted, tokens
from services.practice.seeds import ACCOUNTS, Account
from services.practice.wire.calls import Call
from services.practice.x.problems import forbidden, unauthorized

WINDOW_SECONDS = 900


def account_of(call: Call, *scopes: str) -> Account:
    """The account of the call's token. :raises Problem: 401 no living access token, 403 a scope is missing"""
    token = tokens.find_token(call.world, "x", call.bearer or "")
    if token is None or token.kind != "access" or tokens.standing(token, call.now) != "ok":
        raise unauthorized()
    if any(scope not in token.grant.scopes for scope in scopes):
        raise forbidden()
    return ACCOUNTS["x"][token.subject]


def window(call: Call, account: str) -> tuple[int, int, int]:
    """Posts allowed in a quarter of an hour (the setting `quota_total`, X's own is 100), left of it, and its end."""
    start = int(call.now) // WINDOW_SECONDS * WINDOW_SECONDS
    limit = int(call.world.setting("quota_total"))
    made = accepted.posts_since(call.world, account, start - 0.001, platform="x")
    left = 0 if call.struck("quota") else max(0, limit - made)
    return limit, left, start + WINDOW_SECONDS


def limit_headers(call: Call) -> dict[str, str]:
    """`x-rate-limit-*` of the call that posts."""
    token = tokens.find_token(call.world, "x", call.bearer or "")
    if token is None or (call.method, call.segments) != ("POST", ("tweets",)):
        return {}
    limit, left, end = window(call, token.subject)
    return {"x-rate-limit-limit": str(limit), "x-rate-limit-remaining": str(left), "x-rate-limit-reset": str(end)}
