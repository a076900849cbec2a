"""Facebook Login: code to short token, short to 60 days, and what a token is worth."""

from typing import Any

from starlette.responses import Response

from services.practice import tokens
from services.practice.codes import CODE_SECONDS, take_code
from services.practice.screens.consent import FACEBOOK_SCOPES, Desk, consent
from services.practice.seeds import PAGES, PEOPLE
from services.practice.tokens import Token
from services.practice.wire.calls import Call
from services.practice.wire.errors import GraphError, bad_parameter

_DESK = Desk(
    "facebook",
    "Sign in to Practice Facebook",
    FACEBOOK_SCOPES,
    {person.id: person.name for person in PEOPLE.values()},
    {person.id: {page: PAGES[page].name for page in person.tasks} for person in PEOPLE.values()},
)
_DATA_ACCESS_SECONDS = 90 * 86_400


def authorize(call: Call) -> Response:
    """The sign-in page, and the answer to its form."""
    return consent(call, _DESK)


def exchange(call: Call) -> dict[str, Any]:
    """`GET /oauth/access_token`: a code, or with `fb_exchange_token` a living token, for a newer token."""
    if call.need("client_id") != call.world.app_id:
        raise GraphError(101, "Error validating application. Cannot get application info due to a system error.")
    if call.need("client_secret") != call.world.app_secret:
        raise GraphError(1, "Error validating client secret.")
    if call.get("grant_type") == "fb_exchange_token":
        return _longer(call)
    if call.get("grant_type") not in ("", "authorization_code"):
        raise bad_parameter("Invalid grant_type")
    return _from_code(call)


def debug_token(call: Call) -> dict[str, Any]:
    """`GET /debug_token?input_token=`: asked by the app (`id|secret`) or by the token's own person."""
    if call.token_text != f"{call.world.app_id}|{call.world.app_secret}":
        tokens.read_token(call)
    text = call.need("input_token")
    token = tokens.find_token(call.world, "facebook", text)
    if token is None:
        problem = {"code": 190, "message": "Invalid OAuth access token - Cannot parse access token"}
        return {"data": {"error": problem, "is_valid": False, "scopes": []}}
    return {"data": _worth(call, token)}


def _from_code(call: Call) -> dict[str, Any]:
    code = take_code(call.world, "facebook", call.need("code"))
    if code is None:
        raise GraphError(100, "Invalid verification code format.", subcode=36_009)
    if code.used_at is not None:
        raise GraphError(100, "This authorization code has been used.", subcode=36_009)
    if call.now - code.issued_at > CODE_SECONDS:
        raise GraphError(100, "This authorization code has expired.", subcode=36_007)
    if code.redirect_uri != call.get("redirect_uri"):
        message = "Error validating verification code. Please make sure your redirect_uri is identical."
        raise GraphError(100, message, subcode=36_008)
    token = tokens.issue_token(call.world, code.grant, "short", expires_at=call.now + tokens.SHORT_SECONDS)
    return {"access_token": token.text, "token_type": "bearer", "expires_in": tokens.SHORT_SECONDS}


def _longer(call: Call) -> dict[str, Any]:
    token = tokens.read_token(call, call.need("fb_exchange_token"))
    if token.kind == "page":
        raise bad_parameter("fb_exchange_token must be a user access token")
    made = tokens.issue_token(call.world, token.grant, "long", expires_at=call.now + tokens.LONG_SECONDS)
    return {"access_token": made.text, "token_type": "bearer", "expires_in": tokens.LONG_SECONDS}


def _worth(call: Call, token: Token) -> dict[str, Any]:
    is_over = token.expires_at is not None and token.expires_at <= call.now
    return {
        "app_id": call.world.app_id,
        "type": "PAGE" if token.kind == "page" else "USER",
        "application": "Loopdesk",
        "is_valid": not is_over and token.retired_at is None,
        "issued_at": int(token.issued_at),
        "expires_at": 0 if token.expires_at is None else int(token.expires_at),
        "data_access_expires_at": int(token.issued_at) + _DATA_ACCESS_SECONDS,
        "scopes": list(token.grant.scopes),
        "granular_scopes": [
            {"scope": scope, "target_ids": list(token.grant.pages)}
            for scope in token.grant.scopes
            if scope.startswith("pages_")
        ],
        "user_id": token.grant.subject,
        **({"profile_id": token.subject} if token.kind == "page" else {}),
    }
