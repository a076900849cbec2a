"""LinkedIn's sign-in: code to a token of 60 days with a refresh token of a year, and renewals."""

import json
from typing import Any

from starlette.responses import Response

from services.practice import tokens
from services.practice.codes import take_code
from services.practice.linkedin.errors import OAuthError
from services.practice.linkedin.roles import MEMBERS
from services.practice.screens.consent import Desk, consent
from services.practice.screens.html import notice
from services.practice.tokens import Grant, Token
from services.practice.wire.calls import Call
from services.practice.world import World

CODE_SECONDS, ACCESS_SECONDS, REFRESH_SECONDS = 1_800, 5_184_000, 31_536_000
SCOPES = (
    "openid",
    "profile",
    "email",
    "w_member_social",
    "w_organization_social",
    "r_organization_social",
    "rw_organization_admin",
    "r_organization_followers",
    "r_member_postAnalytics",
    "r_member_profileAnalytics",
)
_DESK = Desk(
    "linkedin", "Sign in to Practice LinkedIn", SCOPES, {member.urn: member.name for member in MEMBERS.values()}
)


def authorize(call: Call) -> Response:
    """The sign-in page, and the answer to its form: everything or nothing."""
    if call.method == "POST" and call.get("decision") == "some":
        return notice("All or nothing", "LinkedIn gives an app everything it asks for, or nothing.", status=400)
    return consent(call, _DESK)


def token(call: Call) -> dict[str, Any]:
    """`POST /oauth/v2/accessToken` with a code or a refresh token. :raises OAuthError:"""
    if not call.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise OAuthError(400, "invalid_request", "A required parameter is missing: the body must be a form")
    if call.get("client_id") != call.world.app_id or call.get("client_secret") != call.world.app_secret:
        raise OAuthError(401, "invalid_client", "Client authentication failed")
    match call.get("grant_type"):
        case "authorization_code":
            return _from_code(call)
        case "refresh_token":
            return _from_refresh(call)
    raise OAuthError(400, "unsupported_grant_type", "The grant type is not supported")


def _from_code(call: Call) -> dict[str, Any]:
    code = take_code(call.world, "linkedin", call.get("code"))
    if code is None or code.used_at is not None or call.now - code.issued_at > CODE_SECONDS:
        message = "Unable to retrieve access token: appid/redirect uri/code verifier does not match or code expired"
        raise OAuthError(400, "invalid_request", message)
    if code.redirect_uri != call.get("redirect_uri"):
        raise OAuthError(401, "invalid_redirect_uri", "The redirect_uri does not match the registered value")
    with call.world.store.act():
        _end_other_scopes(call.world, code.grant)
        if not call.world.setting("linkedin_renews"):
            return _answer(call, code.grant)
        ends = call.now + REFRESH_SECONDS
        return _answer(call, code.grant, tokens.issue_token(call.world, code.grant, "refresh", expires_at=ends))


def _from_refresh(call: Call) -> dict[str, Any]:
    """The refresh token stays the same, and so does its end."""
    found = tokens.find_token(call.world, "linkedin", call.get("refresh_token"))
    if found is None or found.kind != "refresh" or tokens.standing(found, call.now) != "ok":
        raise OAuthError(400, "invalid_request", "The provided refresh token is invalid, expired or revoked")
    return _answer(call, found.grant, found)


def _answer(call: Call, grant: Grant, refresh: Token | None = None) -> dict[str, Any]:
    """Only apps that are approved for it are given a refresh token."""
    access = tokens.issue_token(call.world, grant, "access", expires_at=call.now + ACCESS_SECONDS)
    told = {
        "access_token": access.text,
        "expires_in": ACCESS_SECONDS,
        "scope": ",".join(grant.scopes),
        "token_type": "Bearer",
    }
    if refresh is None:
        return told
    left = int((refresh.expires_at or call.now) - call.now)
    return {**told, "refresh_token": refresh.text, "refresh_token_expires_in": left}


def _end_other_scopes(world: World, grant: Grant) -> None:
    """Asking for other scopes than before ends every earlier token of that member."""
    rows = world.store.all(
        "select token, grant_json from tokens"
        " where platform = 'linkedin' and subject = :subject and retired_at is null",
        subject=grant.subject,
    )
    for row in rows:
        if set(json.loads(row["grant_json"])["scopes"]) != set(grant.scopes):
            tokens.retire_token(world, row["token"])
