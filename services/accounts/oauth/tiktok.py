"""TikTok with Login Kit for web. Source: TikTok for Developers, token management and scopes, September 2026; API v2."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from pydantic import SecretStr

from services.accounts.adapter import AccountSpec, expiry_in, refresh_in, renewed_in, text_in, token_in
from services.accounts.hosts import PlatformHost
from services.accounts.models import Health, Offer, Renewed, Token
from services.kit.errors import Rejected
from services.kit.http import Client
from services.kit.tiktok import tiktok_call, tiktok_token_call

_PROFILE = "user.info.profile"


class TikTok:
    """Accounts. One sign-in opens one; its token lives for a day, its refresh token for a year and rotates."""

    spec = AccountSpec(
        "tiktok",
        "TikTok",
        "account",
        ("user.info.basic", _PROFILE, "video.publish", "video.upload", "video.list"),
        renew_within=timedelta(hours=12),
    )

    def authorize_url(self, host: PlatformHost, redirect_uri: str, state: str, verifier: str) -> str:
        """TikTok calls the app `client_key`, and takes PKCE from phones and desktops only."""
        asked = {
            "client_key": host.client_id,
            "response_type": "code",
            "scope": ",".join(self.spec.scopes),
            "redirect_uri": redirect_uri,
            "state": state,
        }
        return f"{host.authorize_url}?{urlencode(asked)}"

    def exchange(
        self, host: PlatformHost, code: str, redirect_uri: str, verifier: str, *, http: Client, now: datetime
    ) -> list[Offer]:
        asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
        answer = tiktok_token_call(http, host.token_url, {**_app(host), **asked}, now=now)
        secret, scopes = token_in(answer), _scopes(answer)
        who = _who(host, secret, scopes, http, now)
        return [
            Offer(
                remote_id=text_in(who, "open_id"),
                name=text_in(who, "display_name") or text_in(who, "username") or text_in(who, "open_id"),
                handle=text_in(who, "username"),
                scopes=scopes,
                missing=self.spec.missing_in(scopes),
                secret=secret,
                expires_at=expiry_in(answer, now),
                refresh=refresh_in(answer),
                refresh_expires_at=expiry_in(answer, now, "refresh_expires_in"),
            )
        ]

    def renew(self, host: PlatformHost, token: Token, *, http: Client, now: datetime) -> Renewed | None:
        """:raises CredentialsExpired: the refresh token is no longer good (`invalid_grant`)"""
        if token.refresh is None:
            return None
        asked = {"grant_type": "refresh_token", "refresh_token": token.refresh.get_secret_value()}
        answer = tiktok_token_call(http, host.token_url, {**_app(host), **asked}, now=now)
        return renewed_in(answer, now, "refresh_expires_in")

    def probe(
        self, host: PlatformHost, token: Token, scopes: tuple[str, ...], *, http: Client, now: datetime
    ) -> Health:
        """TikTok tells neither scopes nor how many posts are left."""
        who = _who(host, token.secret, scopes, http, now)
        return Health(
            remote_id=text_in(who, "open_id"),
            name=text_in(who, "display_name") or text_in(who, "username"),
            handle=text_in(who, "username"),
            missing=self.spec.missing_in(scopes),
        )

    def revoke(self, host: PlatformHost, token: Token, *, http: Client, now: datetime) -> None:
        """One call ends what the person allowed, with it the refresh token."""
        tiktok_token_call(http, host.revoke_url, {**_app(host), "token": token.secret.get_secret_value()}, now=now)


def _app(host: PlatformHost) -> dict[str, str]:
    return {"client_key": host.client_id, "client_secret": host.client_secret.get_secret_value()}


def _who(host: PlatformHost, secret: SecretStr, scopes: tuple[str, ...], http: Client, now: datetime) -> dict[str, Any]:
    """Whose token this is. The user name is asked for only where it may be read: one field too many fails the call."""
    fields = "open_id,display_name,username" if _PROFILE in scopes else "open_id,display_name"
    url = f"{host.api_url}/user/info/"
    data = tiktok_call(http, "GET", url, token=secret, writes=False, now=now, params={"fields": fields})
    user = data.get("user")
    if not isinstance(user, dict) or not text_in(user, "open_id"):
        raise Rejected("TikTok did not say which account this is.")
    return user


def _scopes(answer: dict[str, Any]) -> tuple[str, ...]:
    """What the person allowed, which may be less than what was asked for."""
    return tuple(name.strip() for name in text_in(answer, "scope").split(",") if name.strip())
