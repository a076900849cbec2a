"""Sign-in: the page, a code for two tokens, a refresh token for two new ones. Shapes: OpenAPI 5.23.0."""

from typing import Any

from starlette.responses import Response

from services.practice import accepted, tokens
from services.practice.codes import take_code
from services.practice.pinterest import boards
from services.practice.pinterest.access import SCOPES, own_account
from services.practice.pinterest.errors import PinterestError
from services.practice.screens.consent import Desk, consent
from services.practice.seeds import ACCOUNTS
from services.practice.tokens import Grant
from services.practice.wire.calls import Call

ACCESS_SECONDS, REFRESH_SECONDS, CODE_SECONDS = 30 * 86_400, 60 * 86_400, 600
_DESK = Desk(
    "pinterest",
    "Sign in to Practice Pinterest",
    SCOPES,
    {account.id: account.name for account in ACCOUNTS["pinterest"].values()},
)


def authorize(call: Call) -> Response:
    """The sign-in page, and the answer to its form."""
    return consent(call, _DESK)


def token(call: Call) -> dict[str, Any]:
    """`POST /v5/oauth/token` with HTTP Basic. :raises PinterestError: 401 wrong app, 400 wrong grant"""
    if call.basic != (call.world.app_id, call.world.app_secret):
        raise PinterestError(401, 2, "Authentication failed: client credentials are missing or wrong.")
    if not call.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise _wrong("the body must be a form")
    match call.get("grant_type"):
        case "authorization_code":
            return _by_code(call)
        case "refresh_token":
            return _by_refresh(call)
    raise _wrong("grant_type must be authorization_code or refresh_token")


def user_account(call: Call) -> dict[str, Any]:
    """`GET /v5/user_account`."""
    account = own_account(call, "user_accounts:read")
    return {
        "id": account.id,
        "username": account.handle,
        "account_type": "BUSINESS",
        "business_name": account.name,
        "follower_count": 900,
        "monthly_views": 12_000,
        "board_count": len(boards.boards_of(call, account.id)),
        "pin_count": accepted.posts_since(call.world, account.id, 0, platform="pinterest"),
    }


def _by_code(call: Call) -> dict[str, Any]:
    code = take_code(call.world, "pinterest", call.need("code"))
    if code is None or code.used_at is not None or call.now - code.issued_at > CODE_SECONDS:
        raise _wrong("the code is invalid, used or expired")
    if code.redirect_uri != call.get("redirect_uri"):
        raise _wrong("redirect_uri does not match the one of the code")
    return _pair(call, code.grant, "authorization_code")


def _by_refresh(call: Call) -> dict[str, Any]:
    """Both are new; the used refresh token ends, so that whoever drops the new one notices."""
    with call.world.store.act():
        old = tokens.find_token(call.world, "pinterest", call.need("refresh_token"))
        if old is None or old.kind != "refresh" or tokens.standing(old, call.now) != "ok":
            raise _wrong("the refresh token is invalid or has ended")
        tokens.retire_token(call.world, old.text)
        return _pair(call, old.grant, "refresh_token")


def _pair(call: Call, grant: Grant, kind: str) -> dict[str, Any]:
    access = tokens.issue_token(call.world, grant, "access", expires_at=call.now + ACCESS_SECONDS)
    refresh = tokens.issue_token(call.world, grant, "refresh", expires_at=call.now + REFRESH_SECONDS)
    return {
        "access_token": access.text,
        "refresh_token": refresh.text,
        "response_type": kind,
        "token_type": "bearer",
        "expires_in": ACCESS_SECONDS,
        "refresh_token_expires_in": REFRESH_SECONDS,
        "refresh_token_expires_at": int(call.now + REFRESH_SECONDS),
        "scope": " ".join(grant.scopes),
    }


def _wrong(reason: str) -> PinterestError:
    return PinterestError(400, 1, f"Invalid grant: {reason}.")
