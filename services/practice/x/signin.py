"""X's sign-in: code with a proof key, two hours, refresh tokens that work once, revoking."""

from typing import Any

from starlette.responses import Response

from services.practice import tokens
from services.practice.codes import check_verifier, take_code
from services.practice.screens.consent import Desk, consent
from services.practice.seeds import ACCOUNTS
from services.practice.tokens import Grant
from services.practice.wire.calls import Call
from services.practice.x.access import account_of
from services.practice.x.problems import TokenRefusal

CODE_SECONDS = 30
ACCESS_SECONDS = 7_200
REFRESH_SECONDS = 182 * 86_400.0  # not documented; half a year is what people report
SCOPES = (
    "tweet.read",
    "tweet.write",
    "users.read",
    "media.write",
    "offline.access",
    "tweet.moderate.write",
    "follows.read",
    "like.read",
)

_DESK = Desk(
    "x",
    "Sign in to Practice X",
    SCOPES,
    {account.id: f"{account.name} (@{account.handle})" for account in ACCOUNTS["x"].values()},
    wants_challenge=True,
)


def authorize(call: Call) -> Response:
    """The sign-in page, and the answer to its form."""
    return consent(call, _DESK)


def token(call: Call) -> dict[str, Any]:
    """A code, or a refresh token that was never used, for a new pair. :raises TokenRefusal:"""
    _demand_app(call)
    match call.get("grant_type"):
        case "authorization_code":
            return _pair(call, _by_code(call))
        case "refresh_token":
            return _pair(call, _by_refresh(call))
    raise TokenRefusal("unsupported_grant_type", "Value passed for the grant type was invalid.")


def revoke(call: Call) -> dict[str, Any]:
    """End a token of either kind; one that nobody knows counts as ended. :raises TokenRefusal:"""
    _demand_app(call)
    if not call.get("token"):
        raise TokenRefusal("invalid_request", "Missing required parameter [token].")
    tokens.retire_token(call.world, call.get("token"))
    return {"revoked": True}


def me(call: Call) -> dict[str, Any]:
    """Whose token is this?"""
    account = account_of(call, "users.read", "tweet.read")
    return {"data": {"id": account.id, "name": account.name, "username": account.handle}}


def _demand_app(call: Call) -> None:
    if call.basic != (call.world.app_id, call.world.app_secret):
        raise TokenRefusal("unauthorized_client", "Missing valid authorization header", 401)


def _by_code(call: Call) -> Grant:
    code = take_code(call.world, "x", call.get("code"))
    if code is None or code.used_at is not None or call.now - code.issued_at > CODE_SECONDS:
        raise TokenRefusal("invalid_request", "Value passed for the authorization code was invalid.")
    if code.redirect_uri != call.get("redirect_uri"):
        raise TokenRefusal("invalid_request", "Value passed for the redirect uri did not match the authorization code.")
    if not check_verifier(code, call.get("code_verifier")):
        raise TokenRefusal("invalid_request", "Value passed for the code verifier did not match the code challenge.")
    return code.grant


def _by_refresh(call: Call) -> Grant:
    with call.world.store.act():
        found = tokens.find_token(call.world, "x", call.get("refresh_token"))
        if found is None or found.kind != "refresh" or tokens.standing(found, call.now) != "ok":
            raise TokenRefusal("invalid_request", "Value passed for the token was invalid.")
        tokens.retire_token(call.world, found.text)
    return found.grant


def _pair(call: Call, grant: Grant) -> dict[str, Any]:
    access = tokens.issue_token(call.world, grant, "access", expires_at=call.now + ACCESS_SECONDS)
    answer: dict[str, Any] = {
        "token_type": "bearer",
        "expires_in": ACCESS_SECONDS,
        "access_token": access.text,
        "scope": " ".join(grant.scopes),
    }
    if "offline.access" in grant.scopes:
        refresh = tokens.issue_token(call.world, grant, "refresh", expires_at=call.now + REFRESH_SECONDS)
        answer["refresh_token"] = refresh.text
    return answer
