"""Login Kit for web: code to a token of 24 hours and a refresh token of 365 days that is new after every refresh."""

from typing import Any

from starlette.responses import Response

from services.practice import tokens
from services.practice.codes import CODE_SECONDS, take_code
from services.practice.screens.consent import Desk, consent
from services.practice.seeds import ACCOUNTS
from services.practice.tiktok.access import SignInError
from services.practice.tokens import Grant
from services.practice.wire.calls import Call

SCOPES = (
    "user.info.basic",
    "user.info.profile",
    "user.info.stats",
    "video.publish",
    "video.upload",
    "video.list",
)
ACCESS_SECONDS, REFRESH_SECONDS = 86_400, 31_536_000
_DESK = Desk(
    "tiktok",
    "Sign in to Practice TikTok",
    SCOPES,
    {account.id: account.handle for account in ACCOUNTS["tiktok"].values()},
    client="client_key",
)


def authorize(call: Call) -> Response:
    """The sign-in page, and the answer to its form."""
    return consent(call, _DESK)


def token(call: Call) -> dict[str, Any]:
    """Both grants of the token address. :raises SignInError: invalid_client, invalid_grant, invalid_request"""
    _check_app(call)
    if call.get("grant_type") == "authorization_code":
        return _issue(call, _code_grant(call))
    if call.get("grant_type") == "refresh_token":
        return _issue(call, _refresh_grant(call))
    raise SignInError("unsupported_grant_type", "Grant type is not supported.")


def revoke(call: Call) -> dict[str, Any]:
    """Ends every token of the person who gave this one. :raises SignInError: invalid_client, invalid_request"""
    _check_app(call)
    found = tokens.find_token(call.world, "tiktok", call.get("token"))
    if found is None:
        raise SignInError("invalid_request", "Access token is not valid.")
    call.world.store.run(
        "update tokens set retired_at = :now where platform = 'tiktok' and subject = :subject and retired_at is null",
        now=call.now,
        subject=found.subject,
    )
    return {}


def _check_app(call: Call) -> None:
    if not call.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise SignInError("invalid_request", "Only `application/x-www-form-urlencoded` is accepted as Content-Type.")
    if call.get("client_key") != call.world.app_id or call.get("client_secret") != call.world.app_secret:
        raise SignInError("invalid_client", "Client key or secret is incorrect.", status=401)


def _code_grant(call: Call) -> Grant:
    code = take_code(call.world, "tiktok", call.get("code"))
    if code is None or code.used_at is not None or call.now - code.issued_at > CODE_SECONDS:
        raise SignInError("invalid_grant", "Authorization code is expired or was used before.")
    if code.redirect_uri != call.get("redirect_uri"):
        raise SignInError("invalid_request", "Redirect_uri is not matched with the uri when requesting code.")
    return code.grant


def _refresh_grant(call: Call) -> Grant:
    found = tokens.find_token(call.world, "tiktok", call.get("refresh_token"))
    if found is None or found.kind != "refresh" or tokens.standing(found, call.now) != "ok":
        raise SignInError("invalid_grant", "Refresh token is invalid or expired.")
    tokens.retire_token(call.world, found.text)
    return found.grant


def _issue(call: Call, grant: Grant) -> dict[str, Any]:
    access = tokens.issue_token(call.world, grant, "access", expires_at=call.now + ACCESS_SECONDS)
    refresh = tokens.issue_token(call.world, grant, "refresh", expires_at=call.now + REFRESH_SECONDS)
    return {
        "access_token": access.text,
        "expires_in": ACCESS_SECONDS,
        "refresh_token": refresh.text,
        "refresh_expires_in": REFRESH_SECONDS,
        "open_id": grant.subject,
        "scope": ",".join(grant.scopes),
        "token_type": "Bearer",
    }
