"""LinkedIn's sign-in: a member and their pages from one token. Shapes: LinkedIn documentation, September 2026."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pydantic import SecretStr

from services.accounts.hosts import PlatformHost, hosts
from services.accounts.models import Offer, Token
from services.accounts.registry import sign_in
from services.kit.config import Settings
from services.kit.errors import CredentialsExpired, PermissionMissing, ProviderError, Rejected, Unavailable
from tests.services.accounts.oauth.answers import held

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RETURN = "https://desk.example/oauth/return/linkedin"
SETTINGS = Settings(_env_file=None, linkedin_client_id="86", linkedin_client_secret=SecretStr("s1"))
HOST: PlatformHost = hosts(SETTINGS)["linkedin", False]
LINKEDIN = sign_in("linkedin")
MEMBER, ACME, BAKERY = "urn:li:person:Ana_1", "urn:li:organization:17", "urn:li:organization:18"
EVERYTHING = LINKEDIN.spec.scopes
TOKEN_ANSWER = {
    "access_token": "AQXlong",
    "expires_in": 5_184_000,
    "refresh_token": "AQWrefresh",
    "refresh_token_expires_in": 31_536_000,
    "scope": ",".join(EVERYTHING),
}
ACLS = [
    {"organization": ACME, "role": "ADMINISTRATOR", "state": "APPROVED"},
    {"organization": BAKERY, "role": "CONTENT_ADMINISTRATOR", "state": "APPROVED"},
    {"organizationalTarget": "urn:li:organization:19", "role": "ANALYST", "state": "APPROVED"},
    {"organization": "urn:li:organizationBrand:20", "role": "ADMINISTRATOR", "state": "APPROVED"},
]
ANSWERS: dict[str, Any] = {
    "/oauth/v2/accessToken": TOKEN_ANSWER,
    "/v2/userinfo": {"sub": "Ana_1", "name": "Ana Practice"},
    "/rest/organizationAcls": {"elements": ACLS},
    "/rest/organizations/17": {"id": 17, "localizedName": "Acme", "vanityName": "acme"},
    "/rest/organizations/18": 403,
}


def answering(changes: Mapping[str, Any] | None = None, seen: list[httpx.Request] | None = None) -> httpx.Client:
    """Answers by path; an int is a status, a pair is a status and its body."""
    answers = {**ANSWERS, **(changes or {})}

    def respond(request: httpx.Request) -> httpx.Response:
        request.read()
        if seen is not None:
            seen.append(request)
        told = answers[request.url.path]
        status, body = told if isinstance(told, tuple) else (told, {}) if isinstance(told, int) else (200, told)
        return httpx.Response(status, json=body)

    return httpx.Client(transport=httpx.MockTransport(respond))


def exchange(changes: Mapping[str, Any] | None = None, seen: list[httpx.Request] | None = None) -> list[Offer]:
    return LINKEDIN.exchange(HOST, "code", RETURN, "verifier", http=answering(changes, seen), now=NOW)


def token(remote_id: str = MEMBER, refresh: str | None = "AQWrefresh") -> Token:
    return held("linkedin", remote_id, "AQXlong", refresh)


def test_everything_is_asked_for_at_once_because_asking_again_ends_what_was_given() -> None:
    asked = parse_qs(urlsplit(LINKEDIN.authorize_url(HOST, RETURN, "st", "verifier")).query)
    assert asked["scope"] == [" ".join(EVERYTHING)]
    assert (asked["client_id"], asked["redirect_uri"], asked["state"]) == (["86"], [RETURN], ["st"])
    assert asked["response_type"] == ["code"] and "code_challenge" not in asked


def test_one_sign_in_offers_the_member_and_each_page_they_may_post_for() -> None:
    seen: list[httpx.Request] = []
    member, acme, bakery = exchange(seen=seen)
    assert (member.remote_id, member.name, member.missing) == (MEMBER, "Ana Practice", ())
    assert (acme.remote_id, acme.name, acme.handle, acme.missing) == (ACME, "Acme", "acme", ())
    assert (bakery.remote_id, bakery.name) == (BAKERY, "LinkedIn page 18")
    assert bakery.missing == ("Page role: administrator",)
    form = parse_qs(seen[0].content.decode())
    assert (form["grant_type"], form["code"], form["client_secret"]) == (["authorization_code"], ["code"], ["s1"])
    assert seen[2].headers["x-restli-method"] == "FINDER"


def test_each_offer_carries_the_one_token_and_its_refresh_token() -> None:
    for offer in exchange():
        assert offer.secret.get_secret_value() == "AQXlong"
        assert offer.expires_at == NOW + timedelta(days=60)
        assert offer.refresh is not None and offer.refresh.get_secret_value() == "AQWrefresh"
        assert offer.refresh_expires_at == NOW + timedelta(days=365)


def test_an_app_that_may_only_post_for_members_offers_the_member() -> None:
    granted = TOKEN_ANSWER | {"scope": "openid profile w_member_social", "refresh_token": ""}
    [member] = exchange({"/oauth/v2/accessToken": granted, "/rest/organizationAcls": 403})
    assert (member.missing, member.refresh) == ((), None)


def test_what_was_not_allowed_is_named() -> None:
    member, acme, _ = exchange({"/oauth/v2/accessToken": TOKEN_ANSWER | {"scope": "openid,profile"}})
    assert member.missing == ("w_member_social",)
    assert acme.missing == ("w_organization_social", "r_organization_social", "rw_organization_admin")


def test_the_list_of_pages_is_read_on_and_stops() -> None:
    full = [{"organization": ACME, "role": "ADMINISTRATOR"}] * 100
    seen: list[httpx.Request] = []
    assert len(exchange({"/rest/organizationAcls": {"elements": full}}, seen)) == 2
    asked = [one.url.params["start"] for one in seen if one.url.path.endswith("organizationAcls")]
    assert asked == ["0", "100", "200", "300", "400"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"/oauth/v2/accessToken": {}}, Rejected),
        ({"/oauth/v2/accessToken": []}, Rejected),
        ({"/oauth/v2/accessToken": (400, {"error": "invalid_request"})}, Rejected),
        ({"/oauth/v2/accessToken": 503}, Unavailable),
        ({"/v2/userinfo": {"name": "Ana"}}, Rejected),
        ({"/v2/userinfo": 401}, CredentialsExpired),
        ({"/rest/organizationAcls": 500}, Unavailable),
        ({"/rest/organizationAcls": (426, {"code": "NONEXISTENT_VERSION"})}, Rejected),
        ({"/rest/organizationAcls": {"elements": [ACLS[0] | {"organization": f"{ACME}/../x"}]}}, Rejected),
    ],
)
def test_a_broken_sign_in_is_one_of_our_errors(changes: dict[str, Any], error: type[ProviderError]) -> None:
    with pytest.raises(error):
        exchange(changes)


@pytest.mark.parametrize("elements", [None, "x", [None, 1, {}], [{"organization": ACME, "role": []}]])
def test_odd_rows_are_no_pages(elements: Any) -> None:
    assert [offer.remote_id for offer in exchange({"/rest/organizationAcls": {"elements": elements}})] == [MEMBER]


def test_a_token_is_renewed_with_its_refresh_token_whose_own_date_is_kept() -> None:
    seen: list[httpx.Request] = []
    answer = TOKEN_ANSWER | {"access_token": "AQXnew", "refresh_token_expires_in": 86_400}
    http = answering({"/oauth/v2/accessToken": answer}, seen)
    renewed = LINKEDIN.renew(HOST, token(), http=http, now=NOW)
    assert renewed is not None and renewed.secret.get_secret_value() == "AQXnew"
    assert renewed.refresh_expires_at == NOW + timedelta(days=1)
    form = parse_qs(seen[0].content.decode())
    assert (form["grant_type"], form["refresh_token"]) == (["refresh_token"], ["AQWrefresh"])


def test_without_a_refresh_token_nothing_can_be_renewed() -> None:
    assert LINKEDIN.renew(HOST, token(refresh=None), http=answering(), now=NOW) is None


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((400, {"error": "invalid_request", "error_description": "expired or revoked"}), CredentialsExpired),
        ((400, {"error": "unsupported_grant_type"}), Rejected),
        ((401, {"error": "invalid_client", "error_description": "Client authentication failed"}), Rejected),
        ((503, {}), Unavailable),
        ({"access_token": " "}, Rejected),
    ],
)
def test_only_a_refused_refresh_token_ends_the_connection(answer: Any, error: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        LINKEDIN.renew(HOST, token(), http=answering({"/oauth/v2/accessToken": answer}), now=NOW)
    assert type(caught.value) is error


def test_a_probe_says_who_it_is_and_what_is_missing() -> None:
    health = LINKEDIN.probe(HOST, token(), ("openid",), http=answering(), now=NOW)
    assert (health.remote_id, health.name, health.missing) == (MEMBER, "Ana Practice", ("profile", "w_member_social"))
    page = LINKEDIN.probe(HOST, token(ACME), EVERYTHING, http=answering(), now=NOW)
    assert (page.remote_id, page.name, page.handle, page.missing) == (ACME, "Acme", "acme", ())


@pytest.mark.parametrize("acls", [{"elements": ACLS[1:]}, 403])
def test_a_page_somebody_may_no_longer_post_for_is_told_without_ending_the_connection(acls: Any) -> None:
    with pytest.raises(PermissionMissing):
        LINKEDIN.probe(HOST, token(ACME), EVERYTHING, http=answering({"/rest/organizationAcls": acls}), now=NOW)


def test_there_is_nothing_to_withdraw_by_a_call() -> None:
    seen: list[httpx.Request] = []
    LINKEDIN.revoke(HOST, token(), http=answering({}, seen), now=NOW)
    assert seen == []
