"""Pinterest's sign-in: HTTP Basic, two tokens that are both renewed, and what its answers mean."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr

from services.accounts.hosts import PlatformHost
from services.accounts.models import Offer, Token
from services.accounts.oauth.pinterest import Pinterest
from services.kit.errors import (
    CredentialsExpired,
    PermissionMissing,
    ProviderError,
    RateLimited,
    Rejected,
    Unavailable,
)
from tests.services.accounts.oauth.answers import Answers, held

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RETURN = "https://desk.example/oauth/return/pinterest"
SCOPES = Pinterest.spec.scopes
HOST = PlatformHost(
    authorize_url="https://www.pinterest.com/oauth/",
    token_url="https://api.pinterest.com/v5/oauth/token",
    root_url="https://api.pinterest.com",
    api_url="https://api.pinterest.com/v5",
    revoke_url="",
    client_id="1417",
    client_secret=SecretStr("s1"),
    is_practice=False,
)
GIVEN = {
    "access_token": "pina_a",
    "refresh_token": "pinr_r",
    "expires_in": 2_592_000,
    "refresh_token_expires_in": 5_184_000,
    "refresh_token_expires_at": 1_769_000_000,
    "scope": " ".join(SCOPES),
    "token_type": "bearer",
}
WHO = {"id": "5497", "username": "acme", "business_name": "Acme", "account_type": "BUSINESS"}


@dataclass
class Api(Answers):
    token: Any = field(default_factory=lambda: GIVEN)
    user_account: Any = field(default_factory=lambda: WHO)


def token(refresh: str | None = "pinr_r") -> Token:
    return held("pinterest", "5497", "pina_old", refresh)


def exchange(api: Api) -> list[Offer]:
    return Pinterest().exchange(HOST, "c0de", RETURN, "verifier", http=api.http(), now=NOW)


def test_the_person_is_asked_for_every_scope_between_commas() -> None:
    url = urlsplit(Pinterest().authorize_url(HOST, RETURN, "state", "verifier"))
    asked = {key: value[0] for key, value in parse_qs(url.query).items()}
    assert (url.netloc, url.path, asked["scope"]) == ("www.pinterest.com", "/oauth/", ",".join(SCOPES))
    assert (asked["client_id"], asked["redirect_uri"], asked["state"]) == ("1417", RETURN, "state")


def test_a_code_opens_one_account_with_both_tokens_and_their_ends() -> None:
    api = Api()
    (offer,) = exchange(api)
    assert (offer.remote_id, offer.name, offer.handle, offer.missing) == ("5497", "Acme", "acme", ())
    assert offer.secret.get_secret_value() == "pina_a" and offer.expires_at == NOW + timedelta(days=30)
    assert offer.refresh is not None and offer.refresh.get_secret_value() == "pinr_r"
    assert offer.refresh_expires_at == NOW + timedelta(days=60)
    basic = "Basic " + base64.b64encode(b"1417:s1").decode()
    assert api.seen[0].headers["authorization"] == basic and "client_secret" not in api.form()
    assert api.form() == {
        "grant_type": "authorization_code",
        "code": "c0de",
        "redirect_uri": RETURN,
        "continuous_refresh": "true",
    }
    assert api.seen[1].headers["authorization"] == "Bearer pina_a"


def test_what_was_not_granted_is_missing() -> None:
    (offer,) = exchange(Api(token=GIVEN | {"scope": "pins:read,user_accounts:read"}))
    assert offer.scopes == ("pins:read", "user_accounts:read")
    assert offer.missing == ("boards:read", "boards:write", "pins:write")
    assert exchange(Api(token=GIVEN | {"scope": "pins:read"})) == []


def test_a_renewal_brings_both_anew() -> None:
    api = Api(token=GIVEN | {"access_token": "pina_new", "refresh_token": "pinr_new"})
    renewed = Pinterest().renew(HOST, token(), http=api.http(), now=NOW)
    assert renewed is not None and renewed.secret.get_secret_value() == "pina_new"
    assert renewed.refresh is not None and renewed.refresh.get_secret_value() == "pinr_new"
    assert (renewed.expires_at, renewed.refresh_expires_at) == (NOW + timedelta(days=30), NOW + timedelta(days=60))
    assert api.form() == {"grant_type": "refresh_token", "refresh_token": "pinr_r"}


def test_a_renewal_without_a_refresh_token_keeps_the_stored_one() -> None:
    api = Api(token={name: value for name, value in GIVEN.items() if name != "refresh_token"})
    renewed = Pinterest().renew(HOST, token(), http=api.http(), now=NOW)
    assert renewed is not None and renewed.refresh is None
    with pytest.raises(Rejected):
        Pinterest().renew(HOST, token(), http=Api(token={"access_token": " "}).http(), now=NOW)


def test_without_a_refresh_token_there_is_no_renewal() -> None:
    api = Api()
    assert Pinterest().renew(HOST, token(refresh=None), http=api.http(), now=NOW) is None and api.seen == []


@pytest.mark.parametrize(
    ("status", "error"), [(400, CredentialsExpired), (401, Rejected), (429, RateLimited), (500, Unavailable)]
)
def test_only_a_refusal_of_the_refresh_token_itself_ends_the_connection(status: int, error: type[Exception]) -> None:
    api = Api(token={"code": 1, "message": "No."}, status=status)
    with pytest.raises(error) as caught:
        Pinterest().renew(HOST, token(), http=api.http(), now=NOW)
    assert type(caught.value) is error


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [(401, 2, CredentialsExpired), (401, 3, PermissionMissing), (403, 1, Rejected), (503, 0, Unavailable)],
)
def test_a_probe_says_what_the_token_is_worth(status: int, code: int, error: type[Exception]) -> None:
    api = Api(user_account={"code": code, "message": "No."}, status=status)
    with pytest.raises(error) as caught:
        Pinterest().probe(HOST, token(), SCOPES, http=api.http(), now=NOW)
    assert type(caught.value) is error


def test_a_probe_tells_who_and_what_is_missing() -> None:
    health = Pinterest().probe(HOST, token(), ("pins:read", "user_accounts:read"), http=Api().http(), now=NOW)
    assert (health.remote_id, health.name, health.handle) == ("5497", "Acme", "acme")
    assert "boards:write" in health.missing and health.quota_total is None
    nameless = Pinterest().probe(HOST, token(), SCOPES, http=Api(user_account={"id": "5497"}).http(), now=NOW)
    assert (nameless.remote_id, nameless.name) == ("5497", "5497")


def test_an_account_is_known_by_its_id_and_never_by_a_name_that_may_change() -> None:
    unnamed = Api(user_account={"username": "acme"})
    with pytest.raises(Rejected):
        exchange(unnamed)
    with pytest.raises(Rejected):
        Pinterest().probe(HOST, token(), SCOPES, http=unnamed.http(), now=NOW)
    renamed = Pinterest().probe(HOST, token(), SCOPES, http=Api(user_account=WHO | {"username": "b"}).http(), now=NOW)
    assert renamed.remote_id == "5497"


@pytest.mark.parametrize("told", [WHO, {"username": "acme"}])
def test_an_account_that_was_kept_by_its_name_stays_the_same_account(told: dict[str, str]) -> None:
    kept = token().model_copy(update={"remote_id": "acme"})
    health = Pinterest().probe(HOST, kept, SCOPES, http=Api(user_account=told).http(), now=NOW)
    assert health.remote_id == "acme"


@pytest.mark.parametrize(
    "act",
    [
        lambda api: exchange(api),
        lambda api: Pinterest().renew(HOST, token(), http=api.http(), now=NOW),
        lambda api: Pinterest().probe(HOST, token(), SCOPES, http=api.http(), now=NOW),
    ],
)
@pytest.mark.parametrize("body", [[], "text", None, {"id": True}])
def test_an_odd_answer_is_one_of_our_errors(act: Callable[[Api], Any], body: Any) -> None:
    with pytest.raises(ProviderError):
        act(Api(token=body, user_account=body))


def test_revoking_has_nothing_to_call() -> None:
    api = Api()
    Pinterest().revoke(HOST, token(), http=api.http(), now=NOW)
    assert api.seen == []
