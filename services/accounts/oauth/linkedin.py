"""
LinkedIn: the member who signs in, and the organisations they may post for. Source: authorization code flow,
programmatic refresh tokens, organisation access control, September 2026.

One sign-in gives one token for all of them. LinkedIn's consent is all or nothing, and asking for other scopes later
ends every earlier token of that member, so everything is asked for at once.
"""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from pydantic import SecretStr

from services.accounts.adapter import AccountSpec, expiry_in, refresh_in, renewed_in, text_in, token_in
from services.accounts.hosts import PlatformHost
from services.accounts.models import Health, Offer, Renewed, Token
from services.kit.errors import CredentialsExpired, PermissionMissing, Rejected
from services.kit.http import Client
from services.kit.linkedin import linkedin_call
from services.kit.rest import said_of

_MEMBER = ("openid", "profile", "w_member_social")
_PAGE = ("w_organization_social", "r_organization_social", "rw_organization_admin")
_PERSON_URN, _PAGE_URN = "urn:li:person:", "urn:li:organization:"
_ADMIN = "ADMINISTRATOR"
# Both names of the second are in LinkedIn's documentation.
_POSTING = {_ADMIN, "CONTENT_ADMIN", "CONTENT_ADMINISTRATOR", "DIRECT_SPONSORED_CONTENT_POSTER"}
_ROWS, _PAGES_READ = 100, 5  # more than that is nobody's account but a loop
_REFUSED = {"invalid_request", "invalid_grant"}  # what a refresh token that has ended is answered with


class LinkedIn:
    """Members and organisations. The id is the URN, which is also the author of what is posted."""

    spec = AccountSpec("linkedin", "LinkedIn", "profile or page", _MEMBER + _PAGE)

    def authorize_url(self, host: PlatformHost, redirect_uri: str, state: str, verifier: str) -> str:
        asked = {
            "response_type": "code",
            "client_id": host.client_id,
            "redirect_uri": redirect_uri,
            "state": state,
            "scope": " ".join(self.spec.scopes),
        }
        return f"{host.authorize_url}?{urlencode(asked)}"

    def exchange(
        self, host: PlatformHost, code: str, redirect_uri: str, verifier: str, *, http: Client, now: datetime
    ) -> list[Offer]:
        """The member first, then each organisation."""
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
        answer = _token_call(host, form, http, now)
        secret, scopes = token_in(answer), _scopes(answer)
        given = {
            "scopes": scopes,
            "secret": secret,
            "expires_at": expiry_in(answer, now),
            "refresh": refresh_in(answer),
            "refresh_expires_at": expiry_in(answer, now, "refresh_token_expires_in"),
        }
        who = _who(host, secret, http, now)
        urn = _PERSON_URN + text_in(who, "sub")
        offers = [Offer(remote_id=urn, name=text_in(who, "name") or urn, missing=_lacking(_MEMBER, scopes), **given)]
        for page, roles in _pages(host, secret, http, now).items():
            name, handle = _named(host, page, secret, http, now)
            missing = _lacking(_PAGE, scopes) + _lacking_role(roles)
            offers.append(Offer(remote_id=page, name=name, handle=handle, missing=missing, **given))
        return offers

    def renew(self, host: PlatformHost, token: Token, *, http: Client, now: datetime) -> Renewed | None:
        """
        Only apps that LinkedIn approved for it are given refresh tokens; their own year does not begin anew.

        :raises CredentialsExpired: the refresh token has ended or was withdrawn
        """
        if token.refresh is None:
            return None
        form = {"grant_type": "refresh_token", "refresh_token": token.refresh.get_secret_value()}
        try:
            answer = _token_call(host, form, http, now)
        except Rejected as error:
            said = said_of(error)
            if said is not None and said.code in _REFUSED:
                raise CredentialsExpired(error.detail) from error.__cause__
            raise
        return renewed_in(answer, now)

    def probe(
        self, host: PlatformHost, token: Token, scopes: tuple[str, ...], *, http: Client, now: datetime
    ) -> Health:
        """
        LinkedIn tells neither scopes nor what is left of a quota.

        A member is asked for on an address without a version, so only a page's probe notices a version that has ended.

        :raises PermissionMissing: the person may no longer post for this page
        """
        if token.remote_id.startswith(_PAGE_URN):
            roles = _pages(host, token.secret, http, now, strictly=True).get(token.remote_id)
            if not roles:
                raise PermissionMissing("The person who connected this page may no longer post for it.")
            name, handle = _named(host, token.remote_id, token.secret, http, now)
            missing = _lacking(_PAGE, scopes) + _lacking_role(roles)
            return Health(remote_id=token.remote_id, name=name, handle=handle, missing=missing)
        who = _who(host, token.secret, http, now)
        urn = _PERSON_URN + text_in(who, "sub")
        return Health(remote_id=urn, name=text_in(who, "name") or urn, missing=_lacking(_MEMBER, scopes))

    def revoke(self, host: PlatformHost, token: Token, *, http: Client, now: datetime) -> None:
        """LinkedIn documents no way: the member withdraws it in their own settings."""


def _token_call(host: PlatformHost, form: dict[str, str], http: Client, now: datetime) -> dict[str, Any]:
    """
    Nothing of ours changes by it, so a lost answer only means asking again or signing in again.

    :raises Rejected: 401 as well, because here it is the app that signs in: a wrong app secret ends no account
    """
    app = {"client_id": host.client_id, "client_secret": host.client_secret.get_secret_value()}
    try:
        body = linkedin_call(http, "POST", host.token_url, token=None, writes=False, now=now, form=app | form).body
    except CredentialsExpired as error:
        raise Rejected(error.detail) from error.__cause__
    return body if isinstance(body, dict) else {}


def _who(host: PlatformHost, secret: SecretStr, http: Client, now: datetime) -> dict[str, Any]:
    who = linkedin_call(http, "GET", f"{host.root_url}/v2/userinfo", token=secret, writes=False, now=now).body
    if not isinstance(who, dict) or not text_in(who, "sub"):
        raise Rejected("LinkedIn did not say who this is.")
    return who


def _pages(
    host: PlatformHost, secret: SecretStr, http: Client, now: datetime, *, strictly: bool = False
) -> dict[str, set[str]]:
    """
    Each organisation the member may post for, with their roles; none where we may not ask, unless `strictly`.

    :raises PermissionMissing: we may not ask
    """
    found: dict[str, set[str]] = {}
    try:
        for page in range(_PAGES_READ):
            rows = _acls(host, secret, page * _ROWS, http, now)
            for row in rows:
                urn = text_in(row, "organization") or text_in(row, "organizationalTarget")
                if urn.startswith(_PAGE_URN) and text_in(row, "role") in _POSTING:
                    found.setdefault(urn, set()).add(text_in(row, "role"))
            if len(rows) < _ROWS:
                break
    except PermissionMissing:
        if strictly:
            raise
    return found


def _acls(host: PlatformHost, secret: SecretStr, start: int, http: Client, now: datetime) -> list[dict[str, Any]]:
    asked = {"q": "roleAssignee", "state": "APPROVED", "start": str(start), "count": str(_ROWS)}
    url = f"{host.api_url}/organizationAcls"
    body = linkedin_call(http, "GET", url, token=secret, writes=False, now=now, finder=True, params=asked).body
    rows = body.get("elements") if isinstance(body, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _named(host: PlatformHost, urn: str, secret: SecretStr, http: Client, now: datetime) -> tuple[str, str]:
    """A page's name and handle; only its administrators may read them, for others the number must do."""
    number = urn.removeprefix(_PAGE_URN)
    if not number.isalnum():
        raise Rejected("LinkedIn listed a page without a number.")
    try:
        url = f"{host.api_url}/organizations/{number}"
        body = linkedin_call(http, "GET", url, token=secret, writes=False, now=now).body
    except PermissionMissing:
        body = {}
    page = body if isinstance(body, dict) else {}
    return text_in(page, "localizedName") or f"LinkedIn page {number}", text_in(page, "vanityName")


def _lacking(wanted: tuple[str, ...], scopes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(scope for scope in wanted if scope not in scopes)


def _lacking_role(roles: set[str]) -> tuple[str, ...]:
    """Figures are shown to administrators only."""
    return () if _ADMIN in roles else ("Page role: administrator",)


def _scopes(answer: dict[str, Any]) -> tuple[str, ...]:
    """What was allowed: names with commas or spaces between them, both are seen."""
    return tuple(text_in(answer, "scope").replace(",", " ").split())
