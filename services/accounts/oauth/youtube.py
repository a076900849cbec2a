"""
YouTube channels with a Google sign-in. Source: Google OAuth 2.0 for web servers and YouTube Data API, September 2026.

An access token lasts an hour; the refresh token has no date and is given once, so a renewal usually brings none.
"""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from pydantic import SecretStr

from services.accounts.adapter import AccountSpec, expiry_in, refresh_in, renewed_in, text_in, token_in
from services.accounts.hosts import PlatformHost
from services.accounts.models import Health, Offer, Renewed, Token
from services.kit.errors import PermissionMissing, Rejected
from services.kit.http import Client
from services.kit.rest import said_of
from services.kit.youtube import object_in, objects_in, youtube_call

_SCOPE = "https://www.googleapis.com/auth/"


class Youtube:
    """Channels. The person chooses one of theirs on Google's page, so a sign-in opens one."""

    spec = AccountSpec(
        "youtube",
        "YouTube",
        "channel",
        (f"{_SCOPE}youtube.upload", f"{_SCOPE}youtube.readonly", f"{_SCOPE}yt-analytics.readonly"),
        renew_within=timedelta(minutes=15),  # of an hour
    )

    def authorize_url(self, host: PlatformHost, redirect_uri: str, state: str, verifier: str) -> str:
        asked = {
            "client_id": host.client_id,
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": " ".join(self.spec.scopes),
            "access_type": "offline",
            "prompt": "consent",  # without it a second sign-in brings no refresh token
            "state": state,
        }
        return f"{host.authorize_url}?{urlencode(asked)}"

    def exchange(
        self, host: PlatformHost, code: str, redirect_uri: str, verifier: str, *, http: Client, now: datetime
    ) -> list[Offer]:
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
        answer = _token_call(host, form, http, now)
        secret, refresh, scopes = token_in(answer), refresh_in(answer), _scopes(answer)
        if refresh is None:
            raise Rejected("Google gave a permission for one hour only. Sign in once more.")
        missing = self.spec.missing_in(scopes)
        if f"{_SCOPE}youtube.readonly" in missing:
            return []
        return [
            Offer(
                remote_id=text_in(channel, "id"),
                name=_name(channel),
                handle=_handle(channel),
                scopes=scopes,
                missing=missing,
                secret=secret,
                expires_at=expiry_in(answer, now),
                refresh=refresh,
                refresh_expires_at=expiry_in(answer, now, "refresh_token_expires_in"),
            )
            for channel in _channels(host, secret, http, now)
        ]

    def renew(self, host: PlatformHost, token: Token, *, http: Client, now: datetime) -> Renewed | None:
        if token.refresh is None:
            return None
        form = {"grant_type": "refresh_token", "refresh_token": token.refresh.get_secret_value()}
        answer = _token_call(host, form, http, now)
        return renewed_in(answer, now)

    def probe(
        self, host: PlatformHost, token: Token, scopes: tuple[str, ...], *, http: Client, now: datetime
    ) -> Health:
        """No quota: it belongs to the app and is told nowhere. :raises PermissionMissing: no channel"""
        channels = _channels(host, token.secret, http, now)
        if not channels:
            raise PermissionMissing("This Google account has no YouTube channel.")
        mine = next((one for one in channels if text_in(one, "id") == token.remote_id), channels[0])
        return Health(
            remote_id=text_in(mine, "id"), name=_name(mine), handle=_handle(mine), missing=self.spec.missing_in(scopes)
        )

    def revoke(self, host: PlatformHost, token: Token, *, http: Client, now: datetime) -> None:
        """Ends the whole permission, by the refresh token where there is one. One that has ended already is fine."""
        secret = token.refresh or token.secret
        try:
            youtube_call(
                http,
                "POST",
                host.revoke_url,
                token=None,
                writes=False,
                now=now,
                params={"token": secret.get_secret_value()},
            )
        except Rejected as error:
            said = said_of(error)
            if said is None or said.code != "invalid_token":
                raise


def _token_call(host: PlatformHost, form: dict[str, str], http: Client, now: datetime) -> dict[str, Any]:
    """Nothing of ours changes by it, so a lost answer only means asking again or signing in again."""
    app = {"client_id": host.client_id, "client_secret": host.client_secret.get_secret_value()}
    reply = youtube_call(http, "POST", host.token_url, token=None, writes=False, now=now, form=app | form)
    body: dict[str, Any] = reply.body
    return body


def _channels(host: PlatformHost, secret: SecretStr, http: Client, now: datetime) -> list[dict[str, Any]]:
    """:raises Rejected: a channel without an id"""
    url, asked = f"{host.api_url}/channels", {"part": "snippet", "mine": "true"}
    answer = youtube_call(http, "GET", url, token=secret, writes=False, now=now, params=asked)
    found = objects_in(answer.body)
    if not all(text_in(channel, "id") for channel in found):
        raise Rejected("YouTube listed a channel without an id.")
    return found


def _name(channel: dict[str, Any]) -> str:
    return text_in(object_in(channel, "snippet"), "title") or text_in(channel, "id")


def _handle(channel: dict[str, Any]) -> str:
    return text_in(object_in(channel, "snippet"), "customUrl").removeprefix("@")


def _scopes(answer: dict[str, Any]) -> tuple[str, ...]:
    """People can untick scopes, so what was asked for proves nothing."""
    return tuple(text_in(answer, "scope").split())
