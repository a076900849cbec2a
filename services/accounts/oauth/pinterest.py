"""
Pinterest. Source: developer documentation and OpenAPI 5.23.0, as of November 2026.

An access token lasts 30 days, the refresh token 60, and each renewal brings a new one of both.
"""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from pydantic import SecretStr

from services.accounts.adapter import AccountSpec, expiry_in, refresh_in, renewed_in, text_in, token_in
from services.accounts.hosts import PlatformHost
from services.accounts.models import Health, Offer, Renewed, Token
from services.kit.errors import CredentialsExpired, Rejected
from services.kit.http import Client
from services.kit.pinterest import pinterest_call
from services.kit.rest import said_of

_WHO = "user_accounts:read"


class Pinterest:
    """Accounts with their boards. One sign-in opens one account; the board is chosen for each pin."""

    spec = AccountSpec(
        "pinterest",
        "Pinterest",
        "account",
        ("boards:read", "boards:write", "pins:read", "pins:write", _WHO),
        renew_within=timedelta(days=10),  # of 30
    )

    def authorize_url(self, host: PlatformHost, redirect_uri: str, state: str, verifier: str) -> str:
        asked = {
            "client_id": host.client_id,
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": ",".join(self.spec.scopes),
            "state": state,
        }
        return f"{host.authorize_url}?{urlencode(asked)}"

    def exchange(
        self, host: PlatformHost, code: str, redirect_uri: str, verifier: str, *, http: Client, now: datetime
    ) -> list[Offer]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "continuous_refresh": "true",  # apps of before 25 Sep 2025 get the other kind of refresh token without
        }
        answer = _token_call(host, form, http, now)
        secret, scopes = token_in(answer), _scopes(answer)
        missing = self.spec.missing_in(scopes)
        if _WHO in missing:
            return []
        who = _who(host, secret, http, now)
        return [
            Offer(
                remote_id=_id(who),
                known_as=text_in(who, "username"),
                name=_name(who),
                handle=text_in(who, "username"),
                scopes=scopes,
                missing=missing,
                secret=secret,
                expires_at=expiry_in(answer, now),
                refresh=refresh_in(answer),
                refresh_expires_at=expiry_in(answer, now, "refresh_token_expires_in"),
            )
        ]

    def renew(self, host: PlatformHost, token: Token, *, http: Client, now: datetime) -> Renewed | None:
        if token.refresh is None:
            return None
        form = {"grant_type": "refresh_token", "refresh_token": token.refresh.get_secret_value()}
        # Status 400 is about this refresh token.
        try:
            answer = _token_call(host, form, http, now)
        except Rejected as error:
            said = said_of(error)
            if said is not None and said.status == 400:
                raise CredentialsExpired(error.detail) from error
            raise
        return renewed_in(answer, now)

    def probe(
        self, host: PlatformHost, token: Token, scopes: tuple[str, ...], *, http: Client, now: datetime
    ) -> Health:
        """No quota: what the headers tell is of a second or a minute, and the day's is the app's, not the account's."""
        who = _who(host, token.secret, http, now)
        handle = text_in(who, "username")
        # Accounts that were connected while no id was told are kept by their name.
        remote_id = handle if token.remote_id == handle else _id(who)
        return Health(remote_id=remote_id, name=_name(who), handle=handle, missing=self.spec.missing_in(scopes))

    def revoke(self, host: PlatformHost, token: Token, *, http: Client, now: datetime) -> None:
        """Nothing to call: people remove the app in their Pinterest settings."""


def _token_call(host: PlatformHost, form: dict[str, str], http: Client, now: datetime) -> dict[str, Any]:
    """
    Nothing of ours changes by it, so a lost answer only means asking again or signing in again.

    :raises Rejected: 401 as well, because here it is the app that signs in: a wrong app secret ends no account
    """
    app = (host.client_id, host.client_secret)
    try:
        body = pinterest_call(http, "POST", host.token_url, token=None, writes=False, now=now, app=app, form=form).body
    except CredentialsExpired as error:
        raise Rejected(error.detail) from error.__cause__
    return body if isinstance(body, dict) else {}


def _who(host: PlatformHost, secret: SecretStr, http: Client, now: datetime) -> dict[str, Any]:
    """:raises Rejected: an answer that names nobody"""
    body = pinterest_call(http, "GET", f"{host.api_url}/user_account", token=secret, writes=False, now=now).body
    who = body if isinstance(body, dict) else {}
    if not text_in(who, "id") and not text_in(who, "username"):
        raise Rejected("Pinterest did not say which account this is.")
    return who


def _id(who: dict[str, Any]) -> str:
    """By which alone the account is known: names change. :raises Rejected: none is told"""
    told = text_in(who, "id")
    if not told:
        raise Rejected("Pinterest did not tell the account's id.")
    return told


def _name(who: dict[str, Any]) -> str:
    return text_in(who, "business_name") or text_in(who, "username") or text_in(who, "id")


def _scopes(answer: dict[str, Any]) -> tuple[str, ...]:
    """Granted scopes, between spaces or commas."""
    return tuple(text_in(answer, "scope").replace(",", " ").split())
