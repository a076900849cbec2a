"""
X accounts with OAuth 2.0 and PKCE. Source: X developer documentation of 22 Aug 2026.

A token lasts two hours. Its refresh token works once and brings the next one, so a renewal whose answer is lost can end
the connection: the platform offers no way to ask again, and the next refusal is what tells us.
"""

import base64
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from pydantic import SecretStr

from services.accounts.adapter import AccountSpec, challenge_of, expiry_in, refresh_in, text_in, token_in
from services.accounts.hosts import PlatformHost
from services.accounts.models import Health, Offer, Renewed, Token
from services.accounts.x_prices import X_PRICES
from services.kit.calls import charge
from services.kit.errors import CredentialsExpired, Rejected
from services.kit.http import Client
from services.kit.rest import said_of
from services.kit.x import x_call


class X:
    """Accounts. One sign-in opens one account."""

    spec = AccountSpec(
        "x",
        "X",
        "account",
        ("tweet.read", "tweet.write", "users.read", "media.write", "offline.access"),
        renew_within=timedelta(minutes=30),  # of two hours
    )

    def authorize_url(self, host: PlatformHost, redirect_uri: str, state: str, verifier: str) -> str:
        asked = {
            "response_type": "code",
            "client_id": host.client_id,
            "redirect_uri": redirect_uri,
            "scope": " ".join(self.spec.scopes),
            "state": state,
            "code_challenge": challenge_of(verifier),
            "code_challenge_method": "S256",
        }
        return f"{host.authorize_url}?{urlencode(asked)}"

    def exchange(
        self, host: PlatformHost, code: str, redirect_uri: str, verifier: str, *, http: Client, now: datetime
    ) -> list[Offer]:
        form = {
            "grant_type": "authorization_code",
            "code": code,  # works for 30 seconds
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
        }
        answer = _as_app(host, host.token_url, form, http, now, writes=False)
        secret, refresh, scopes = token_in(answer), refresh_in(answer), _scopes(answer)
        if refresh is None:
            raise Rejected("X gave a permission for two hours only. Sign in once more and allow staying connected.")
        who = _who(host, secret, http, now)
        return [
            Offer(
                remote_id=text_in(who, "id"),
                name=text_in(who, "name") or text_in(who, "username"),
                handle=text_in(who, "username"),
                scopes=scopes,
                missing=self.spec.missing_in(scopes),
                secret=secret,
                expires_at=expiry_in(answer, now),
                refresh=refresh,
            )
        ]

    def renew(self, host: PlatformHost, token: Token, *, http: Client, now: datetime) -> Renewed | None:
        """:raises CredentialsExpired: the refresh token was used before, withdrawn, or is too old"""
        if token.refresh is None:
            return None
        form = {"grant_type": "refresh_token", "refresh_token": token.refresh.get_secret_value()}
        try:
            answer = _as_app(host, host.token_url, form, http, now, writes=True)
        except Rejected as error:
            said = said_of(error)
            if said is not None and said.status == 400 and said.code == "invalid_request":
                raise CredentialsExpired("X no longer accepts the refresh token.") from error.__cause__
            raise
        return Renewed(secret=token_in(answer), expires_at=expiry_in(answer, now), refresh=refresh_in(answer))

    def probe(
        self, host: PlatformHost, token: Token, scopes: tuple[str, ...], *, http: Client, now: datetime
    ) -> Health:
        """No quota: X tells it only in the answer to a post."""
        who = _who(host, token.secret, http, now)
        return Health(
            remote_id=text_in(who, "id"),
            name=text_in(who, "name") or text_in(who, "username"),
            handle=text_in(who, "username"),
            missing=self.spec.missing_in(scopes),
        )

    def revoke(self, host: PlatformHost, token: Token, *, http: Client, now: datetime) -> None:
        """Both tokens, the lasting one first."""
        for kind, secret in (("refresh_token", token.refresh), ("access_token", token.secret)):
            if secret is not None:
                form = {"token": secret.get_secret_value(), "token_type_hint": kind}
                _as_app(host, host.revoke_url, form, http, now, writes=False)


def _as_app(
    host: PlatformHost, url: str, form: dict[str, str], http: Client, now: datetime, *, writes: bool
) -> dict[str, Any]:
    """A call in our app's name: with its secret in HTTP Basic; an app without one names itself in the form."""
    secret = host.client_secret.get_secret_value()
    if not secret:
        return x_call(http, "POST", url, token=None, writes=writes, now=now, form={**form, "client_id": host.client_id})
    basic = base64.b64encode(f"{host.client_id}:{secret}".encode()).decode()
    headers = {"Authorization": f"Basic {basic}"}
    return x_call(http, "POST", url, token=None, writes=writes, now=now, form=form, headers=headers)


def _who(host: PlatformHost, secret: SecretStr, http: Client, now: datetime) -> dict[str, Any]:
    who = x_call(http, "GET", f"{host.api_url}/users/me", token=secret, writes=False, now=now).get("data")
    charge("x", lambda: X_PRICES.user_read * 1_000, "USD")
    if not isinstance(who, dict) or not text_in(who, "id"):
        raise Rejected("X did not say which account this is.")
    return who


def _scopes(answer: dict[str, Any]) -> tuple[str, ...]:
    """What the person allowed. X shows no boxes to untick, but an app's settings can hold scopes back."""
    return tuple(text_in(answer, "scope").split())
