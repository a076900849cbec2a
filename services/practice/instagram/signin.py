"""Instagram Login: code to short token, short to 60 days, refresh. Shapes: api.instagram.com, graph.instagram.com."""

from starlette.responses import JSONResponse, Response

from services.practice import tokens
from services.practice.codes import CODE_SECONDS, take_code
from services.practice.screens.consent import INSTAGRAM_SCOPES, Desk, consent
from services.practice.seeds import INSTAGRAM_ACCOUNTS
from services.practice.wire.calls import Call
from services.practice.wire.errors import GraphError, bad_parameter
from services.practice.world import DAY_SECONDS

_DESK = Desk(
    "instagram",
    "Sign in to Practice Instagram",
    INSTAGRAM_SCOPES,
    {account.id: account.username for account in INSTAGRAM_ACCOUNTS.values()},
    {},
)


def authorize(call: Call) -> Response:
    """The sign-in page, and the answer to its form."""
    return consent(call, _DESK)


def exchange_code(call: Call) -> Response:
    """Code to short token. A code works once, for an hour, with the redirect address it was made for."""
    if call.get("client_id") != call.world.app_id or call.get("client_secret") != call.world.app_secret:
        return _refused("Invalid platform app")
    if call.get("grant_type") != "authorization_code":
        return _refused("Invalid grant_type")
    code = take_code(call.world, "instagram", call.get("code"))
    if code is None:
        return _refused("Invalid authorization code")
    if code.used_at is not None:
        return _refused("This authorization code has been used")
    if call.now - code.issued_at > CODE_SECONDS:
        return _refused("This authorization code has expired")
    if code.redirect_uri != call.get("redirect_uri"):
        return _refused("Error validating verification code. Please make sure your redirect_uri is identical")
    expires_at = call.now + tokens.SHORT_SECONDS
    token = tokens.issue_token(call.world, code.grant, "short", expires_at=expires_at)
    return JSONResponse(
        {"access_token": token.text, "user_id": int(token.subject), "permissions": list(code.grant.scopes)}
    )


def exchange_token(call: Call) -> dict[str, object]:
    """Short token to a token of 60 days. :raises GraphError: 100 wrong grant, 101 wrong secret, 190"""
    if call.get("grant_type") != "ig_exchange_token":
        raise bad_parameter("grant_type must be ig_exchange_token")
    if call.need("client_secret") != call.world.app_secret:
        raise GraphError(101, "Error validating application. Invalid client secret.")
    token = tokens.read_token(call)
    if token.kind != "short":
        raise GraphError(452, "Session key invalid. This token has already been exchanged.")
    return _long(call, token)


def refresh_token(call: Call) -> dict[str, object]:
    """A living token of 60 days that is at least 24 hours old, for a new one. :raises GraphError: 100, 190"""
    if call.get("grant_type") != "ig_refresh_token":
        raise bad_parameter("grant_type must be ig_refresh_token")
    token = tokens.read_token(call)
    if token.kind != "long":
        raise bad_parameter("Only long-lived tokens can be refreshed")
    if call.now - token.issued_at < DAY_SECONDS:
        raise bad_parameter("The token must be at least 24 hours old to be refreshed")
    tokens.require(token, "instagram_business_basic")
    return _long(call, token)


def _long(call: Call, token: tokens.Token) -> dict[str, object]:
    made = tokens.issue_token(call.world, token.grant, "long", expires_at=call.now + tokens.LONG_SECONDS)
    return {
        "access_token": made.text,
        "token_type": "bearer",
        "expires_in": tokens.LONG_SECONDS,
        "permissions": ",".join(token.grant.scopes),
    }


def _refused(message: str) -> Response:
    return JSONResponse({"error_type": "OAuthException", "code": 400, "error_message": message}, status_code=400)
