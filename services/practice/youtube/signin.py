"""Google's sign-in: a page, a code, an access token of an hour, and a refresh token that is given only once."""

import hmac
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.responses import Response

from services.practice import codes, things, tokens
from services.practice.screens.consent import Desk, consent
from services.practice.seeds import ACCOUNTS
from services.practice.tokens import Grant, Token
from services.practice.wire.calls import Call
from services.practice.youtube.access import SCOPES
from services.practice.youtube.errors import SignInError

ACCESS_SECONDS = 3_599
TESTING_SECONDS = 604_799  # while the consent screen is in testing, a refresh token dies after a week
CODE_SECONDS = 600
LIVING_MOST = 50  # refresh tokens per person and app; then the oldest dies without a word


def authorize(call: Call) -> Response:
    """`/o/oauth2/v2/auth`. A refresh token comes with `access_type=offline`, and again only with `prompt=consent`."""
    people = {one.id: one.name for one in ACCOUNTS["youtube"].values()}
    answer = consent(call, Desk("youtube", "Choose a channel", SCOPES, people))
    code = parse_qs(urlsplit(answer.headers.get("location", "")).query).get("code", [""])[0]
    subject = call.get("subject")
    if code and call.get("access_type") == "offline":
        is_first = things.get(call.world, "youtube", "consent", subject) is None
        if is_first:
            things.put(call.world, "youtube", "consent", subject, subject, {})
        if is_first or "consent" in call.get("prompt").split():
            things.put(call.world, "youtube", "lasting", code, subject, {})
    return answer


def token(call: Call) -> dict[str, Any]:
    """`POST /token`: a code or a refresh token for an access token. :raises SignInError:"""
    _demand_app(call)
    kind = call.get("grant_type")
    if kind == "authorization_code":
        return _from_code(call)
    if kind == "refresh_token":
        return _from_refresh(call)
    raise SignInError("unsupported_grant_type", f"Invalid grant_type: {kind}")


def revoke(call: Call) -> dict[str, Any]:
    """`POST /revoke?token=`: either token ends the whole permission. :raises SignInError: 400 invalid_token"""
    given = tokens.find_token(call.world, "youtube", call.get("token"))
    if given is None or tokens.standing(given, call.now) != "ok":
        raise SignInError("invalid_token", "Token expired or revoked")
    row = call.world.store.one("select parent from tokens where token = :token", token=given.text)
    root = (row["parent"] if row is not None else None) or given.text
    call.world.store.run(
        "update tokens set retired_at = :now where platform = 'youtube' and (token = :root or parent = :root)",
        now=call.now,
        root=root,
    )
    return {}


def _from_code(call: Call) -> dict[str, Any]:
    text = call.get("code")
    code = codes.take_code(call.world, "youtube", text)
    if code is None or code.used_at is not None or call.now - code.issued_at > CODE_SECONDS:
        raise SignInError("invalid_grant", "Malformed auth code.")
    if code.redirect_uri != call.get("redirect_uri"):
        raise SignInError("redirect_uri_mismatch", "Bad Request")
    if not codes.check_verifier(code, call.get("code_verifier")):
        raise SignInError("invalid_grant", "Invalid code verifier.")
    if things.get(call.world, "youtube", "lasting", text) is None:
        return _access(call, code.grant, None)
    is_testing = call.world.setting("youtube_testing") > 0
    ends = {"refresh_token_expires_in": TESTING_SECONDS} if is_testing else {}
    expires_at = call.now + TESTING_SECONDS if is_testing else None
    refresh = tokens.issue_token(call.world, code.grant, "refresh", expires_at=expires_at)
    _drop_oldest(call, code.grant.subject)
    return _access(call, code.grant, refresh) | {"refresh_token": refresh.text} | ends


def _from_refresh(call: Call) -> dict[str, Any]:
    refresh = tokens.find_token(call.world, "youtube", call.get("refresh_token"))
    if refresh is None or refresh.kind != "refresh" or tokens.standing(refresh, call.now) != "ok":
        raise SignInError("invalid_grant", "Token has been expired or revoked.")
    return _access(call, refresh.grant, refresh)


def _access(call: Call, grant: Grant, refresh: Token | None) -> dict[str, Any]:
    parent = refresh.text if refresh else None
    made = tokens.issue_token(call.world, grant, "access", expires_at=call.now + ACCESS_SECONDS, parent=parent)
    scopes = " ".join(grant.scopes)
    return {"access_token": made.text, "expires_in": ACCESS_SECONDS, "scope": scopes, "token_type": "Bearer"}


def _drop_oldest(call: Call, subject: str) -> None:
    call.world.store.run(
        "update tokens set retired_at = :now where token in (select token from tokens where platform = 'youtube'"
        " and kind = 'refresh' and subject = :subject and retired_at is null"
        " order by rowid desc limit -1 offset :most)",
        now=call.now,
        subject=subject,
        most=LIVING_MOST,
    )


def _demand_app(call: Call) -> None:
    world = call.world
    same = hmac.compare_digest(call.get("client_secret").encode(), world.app_secret.encode())
    if call.get("client_id") != world.app_id or not same:
        raise SignInError("invalid_client", "The OAuth client was not found.", status=401)
