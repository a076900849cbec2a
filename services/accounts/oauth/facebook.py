"""Facebook Pages with Facebook Login. Source: Facebook Login and Pages API documentation, July 2026; Graph v26.0."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from pydantic import SecretStr

from services.accounts.adapter import AccountSpec, text_in, token_in
from services.accounts.hosts import PlatformHost
from services.accounts.models import Health, Offer, Renewed, Token
from services.kit.errors import CredentialsExpired, Rejected, Unavailable
from services.kit.graph import graph_call
from services.kit.http import Client

_PAGES_READ = 5  # answers of 100 Pages each; more than that is nobody's account but a loop
_TASKS = {"CREATE_CONTENT": "Page task: create content", "ANALYZE": "Page task: analyse"}


class Facebook:
    """Pages. One sign-in can open several; each gets its own Page token, which has no end date."""

    spec = AccountSpec(
        "facebook",
        "Facebook Page",
        "Page",
        ("pages_show_list", "pages_read_engagement", "pages_manage_posts", "read_insights", "pages_read_user_content"),
        also=("pages_manage_engagement",),  # the first comment
    )

    def authorize_url(self, host: PlatformHost, redirect_uri: str, state: str, verifier: str) -> str:
        asked = {
            "client_id": host.client_id,
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": ",".join((*self.spec.scopes, *self.spec.also)),
            "auth_type": "rerequest",  # asks again for what was unticked before
            "state": state,
        }
        return f"{host.authorize_url}?{urlencode(asked)}"

    def exchange(
        self, host: PlatformHost, code: str, redirect_uri: str, verifier: str, *, http: Client, now: datetime
    ) -> list[Offer]:
        app = {"client_id": host.client_id, "client_secret": host.client_secret.get_secret_value()}
        asked = {**app, "redirect_uri": redirect_uri, "code": code}
        first = graph_call(http, "GET", host.token_url, token=None, writes=False, now=now, params=asked)
        # The exchange takes the token by name only, so this one address carries it.
        asked = {**app, "grant_type": "fb_exchange_token", "fb_exchange_token": token_in(first).get_secret_value()}
        longer = graph_call(http, "GET", host.token_url, token=None, writes=False, now=now, params=asked)
        return self.offers_of(host, token_in(longer), http=http, now=now)

    def offers_of(self, host: PlatformHost, secret: SecretStr, *, http: Client, now: datetime) -> list[Offer]:
        """The Pages of a person's or a system user's token."""
        scopes = _granted(host, secret, http, now)
        missing = self.spec.missing_in(scopes)
        if "pages_show_list" in missing:
            return []
        return [_offer(page, scopes, missing) for page in _pages(host, secret, http, now)]

    def renew(self, host: PlatformHost, token: Token, *, http: Client, now: datetime) -> Renewed | None:
        return None  # Page tokens from a 60-day token end by refusal, not by date

    def probe(
        self, host: PlatformHost, token: Token, scopes: tuple[str, ...], *, http: Client, now: datetime
    ) -> Health:
        fields = {"fields": "id,name"}
        url = f"{host.api_url}/{token.remote_id}"
        page = graph_call(http, "GET", url, token=token.secret, writes=False, now=now, params=fields)
        worth = _worth(host, token.secret, http, now)
        told = worth.get("scopes")
        granted = tuple(str(scope) for scope in told) if isinstance(told, list) else ()
        return Health(
            remote_id=text_in(page, "id"),
            name=text_in(page, "name"),
            scopes=granted,
            missing=self.spec.missing_in(granted),
            kind=text_in(worth, "type").lower(),
        )

    def revoke(self, host: PlatformHost, token: Token, *, http: Client, now: datetime) -> None:
        """Nothing to call: that takes the person's own token, which is not kept. The Page's token is deleted here."""


def _granted(host: PlatformHost, person: SecretStr, http: Client, now: datetime) -> tuple[str, ...]:
    """People can untick scopes, so what was asked for proves nothing."""
    answer = graph_call(http, "GET", f"{host.api_url}/me/permissions", token=person, writes=False, now=now)
    return tuple(text_in(row, "permission") for row in _rows(answer) if row.get("status") == "granted")


def _pages(host: PlatformHost, person: SecretStr, http: Client, now: datetime) -> list[dict[str, Any]]:
    asked: dict[str, Any] = {"fields": "id,name,access_token,tasks", "limit": 100}
    found: list[dict[str, Any]] = []
    for _ in range(_PAGES_READ):
        answer = graph_call(
            http, "GET", f"{host.api_url}/me/accounts", token=person, writes=False, now=now, params=asked
        )
        found += _rows(answer)
        paging = answer.get("paging") or {}
        after = (paging.get("cursors") or {}).get("after")
        if not paging.get("next") or not after:
            break
        asked = {**asked, "after": after}
    return found


def _offer(page: dict[str, Any], scopes: tuple[str, ...], missing: tuple[str, ...]) -> Offer:
    told = page.get("tasks")
    lacking = tuple(words for task, words in _TASKS.items() if isinstance(told, list) and task not in told)
    if not text_in(page, "id"):
        raise Rejected("Facebook listed a Page without an id.")
    return Offer(
        remote_id=text_in(page, "id"),
        name=text_in(page, "name") or text_in(page, "id"),
        scopes=scopes,
        missing=missing + lacking,
        secret=token_in(page),
    )


def _worth(host: PlatformHost, secret: SecretStr, http: Client, now: datetime) -> dict[str, Any]:
    """
    What a Page token is worth, asked as the app.

    :raises CredentialsExpired: the platform calls it invalid
    :raises Unavailable: it does not say whether it is
    """
    app = SecretStr(f"{host.client_id}|{host.client_secret.get_secret_value()}")
    asked = {"input_token": secret.get_secret_value()}
    answer = graph_call(http, "GET", f"{host.api_url}/debug_token", token=app, writes=False, now=now, params=asked)
    told = answer.get("data")
    worth = told if isinstance(told, dict) else {}
    if worth.get("is_valid") is False:
        raise CredentialsExpired("Facebook no longer accepts this Page's token.")
    if worth.get("is_valid") is not True:
        raise Unavailable("Facebook did not say whether this Page's token is good.")
    return worth


def _rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    rows = answer.get("data")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
