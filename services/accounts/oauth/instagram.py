"""Instagram with Instagram Login. Source: Instagram Platform documentation, September 2026; Graph v26.0."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from pydantic import SecretStr

from services.accounts.adapter import AccountSpec, expiry_in, text_in, token_in
from services.accounts.hosts import PlatformHost
from services.accounts.models import Health, Offer, Renewed, Token
from services.kit.errors import Rejected
from services.kit.graph import graph_call
from services.kit.http import Client

_PUBLISH = "instagram_business_content_publish"


class Instagram:
    """Professional accounts. One sign-in opens one account."""

    spec = AccountSpec(
        "instagram",
        "Instagram",
        "account",
        ("instagram_business_basic", _PUBLISH, "instagram_business_manage_insights"),
        also=("instagram_business_manage_comments",),  # the first comment
        renew_within=timedelta(days=30),  # of 60; a daily check then has thirty tries
        renew_after=timedelta(hours=24),  # younger tokens are refused
    )

    def authorize_url(self, host: PlatformHost, redirect_uri: str, state: str, verifier: str) -> str:
        asked = {
            "client_id": host.client_id,
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": ",".join((*self.spec.scopes, *self.spec.also)),
            "state": state,
        }
        return f"{host.authorize_url}?{urlencode(asked)}"

    def exchange(
        self, host: PlatformHost, code: str, redirect_uri: str, verifier: str, *, http: Client, now: datetime
    ) -> list[Offer]:
        form = {
            "client_id": host.client_id,
            "client_secret": host.client_secret.get_secret_value(),
            "grant_type": "authorization_code",
            "redirect_uri": redirect_uri,
            "code": code,
        }
        # Nothing of ours changes by it and a code works once: a lost answer means signing in again.
        first = _flat(graph_call(http, "POST", host.token_url, token=None, writes=False, now=now, form=form))
        asked = {"grant_type": "ig_exchange_token", "client_secret": host.client_secret.get_secret_value()}
        url = f"{host.root_url}/access_token"
        longer = graph_call(http, "GET", url, token=token_in(first), writes=False, now=now, params=asked)
        secret = token_in(longer)
        who = _who(host, secret, http, now)
        scopes = _scopes(first) or _scopes(longer)
        return [
            Offer(
                remote_id=text_in(who, "user_id"),
                name=text_in(who, "name") or text_in(who, "username"),
                handle=text_in(who, "username"),
                scopes=scopes,
                missing=self.spec.missing_in(scopes),
                secret=secret,
                expires_at=expiry_in(longer, now),
            )
        ]

    def renew(self, host: PlatformHost, token: Token, *, http: Client, now: datetime) -> Renewed | None:
        url = f"{host.root_url}/refresh_access_token"
        asked = {"grant_type": "ig_refresh_token"}
        answer = graph_call(http, "GET", url, token=token.secret, writes=False, now=now, params=asked)
        return Renewed(secret=token_in(answer), expires_at=expiry_in(answer, now))

    def probe(
        self, host: PlatformHost, token: Token, scopes: tuple[str, ...], *, http: Client, now: datetime
    ) -> Health:
        who = _who(host, token.secret, http, now)
        used, total = None, None
        if _PUBLISH in scopes:
            used, total = _quota(host, token, http, now)
        return Health(
            remote_id=text_in(who, "user_id"),
            name=text_in(who, "name") or text_in(who, "username"),
            handle=text_in(who, "username"),
            missing=self.spec.missing_in(scopes),
            quota_used=used,
            quota_total=total,
        )

    def revoke(self, host: PlatformHost, token: Token, *, http: Client, now: datetime) -> None:
        """Nothing to call: people remove the app in their Instagram settings."""


def _who(host: PlatformHost, secret: SecretStr, http: Client, now: datetime) -> dict[str, Any]:
    url, fields = f"{host.api_url}/me", {"fields": "user_id,username,name"}
    who = graph_call(http, "GET", url, token=secret, writes=False, now=now, params=fields)
    if not text_in(who, "user_id"):
        raise Rejected("Instagram did not say which account this is.")
    return who


def _quota(host: PlatformHost, token: Token, http: Client, now: datetime) -> tuple[int | None, int | None]:
    url = f"{host.api_url}/{token.remote_id}/content_publishing_limit"
    answer = graph_call(
        http, "GET", url, token=token.secret, writes=False, now=now, params={"fields": "quota_usage,config"}
    )
    rows = answer.get("data")
    row = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else {}
    config = row.get("config")
    used, total = row.get("quota_usage"), config.get("quota_total") if isinstance(config, dict) else None
    return used if isinstance(used, int) else None, total if isinstance(total, int) else None


def _flat(answer: dict[str, Any]) -> dict[str, Any]:
    """The token answer comes bare or as the one entry of a `data` list, depending on the app's age."""
    rows = answer.get("data")
    return rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else answer


def _scopes(answer: dict[str, Any]) -> tuple[str, ...]:
    """Granted scopes: a list or one text with commas, both are seen."""
    told = answer.get("permissions")
    names = told.split(",") if isinstance(told, str) else told if isinstance(told, list) else []
    return tuple(str(name).strip() for name in names if str(name).strip())
