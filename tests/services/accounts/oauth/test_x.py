"""X's sign-in: a proof key, two hours, and a refresh token that works once."""

import base64
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from services.accounts.adapter import challenge_of
from services.accounts.hosts import PlatformHost
from services.accounts.models import Offer, Token
from services.accounts.oauth.x import X
from services.kit import calls
from services.kit.errors import CredentialsExpired, OutcomeUnknown, ProviderError, RateLimited, Rejected, Unavailable
from tests.makers.x import Bill
from tests.services.accounts.oauth.answers import Answers, held

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RETURN = "https://desk.example/oauth/return/x"
SCOPES = X.spec.scopes
HOST = PlatformHost(
    authorize_url="https://x.com/i/oauth2/authorize",
    token_url="https://api.x.com/2/oauth2/token",
    root_url="https://api.x.com",
    api_url="https://api.x.com/2",
    revoke_url="https://api.x.com/2/oauth2/revoke",
    client_id="app",
    client_secret=SecretStr("s1"),
    is_practice=False,
)
BASIC = f"Basic {base64.b64encode(b'app:s1').decode()}"
GIVEN = {
    "token_type": "bearer",
    "expires_in": 7200,
    "access_token": "a1",
    "refresh_token": "r1",
    "scope": " ".join(SCOPES),
}
INVALID = {"error": "invalid_request", "error_description": "Value passed for the token was invalid."}


@dataclass
class Platform(Answers):
    token: Any = field(default_factory=lambda: GIVEN)
    me: Any = field(default_factory=lambda: {"data": {"id": "1700", "name": "Acme", "username": "acme"}})
    revoke: Any = field(default_factory=lambda: {"revoked": True})


def token(refresh: str | None = "r1") -> Token:
    return held("x", "1700", "a1", refresh)


def exchange(platform: Platform, host: PlatformHost = HOST) -> list[Offer]:
    return X().exchange(host, "c0de", RETURN, "verifier", http=platform.http(), now=NOW)


def test_the_person_is_sent_with_a_proof_key_and_every_scope_we_need() -> None:
    address = X().authorize_url(HOST, RETURN, "st", "verifier")
    assert address.startswith("https://x.com/i/oauth2/authorize?")
    assert parse_qs(urlsplit(address).query) == {
        "response_type": ["code"],
        "client_id": ["app"],
        "redirect_uri": [RETURN],
        "scope": ["tweet.read tweet.write users.read media.write offline.access"],
        "state": ["st"],
        "code_challenge": [challenge_of("verifier")],
        "code_challenge_method": ["S256"],
    }
    assert "verifier" not in address


def test_a_code_opens_the_account_with_both_tokens() -> None:
    platform = Platform()
    (offer,) = exchange(platform)
    assert (offer.remote_id, offer.name, offer.handle, offer.missing) == ("1700", "Acme", "acme", ())
    assert (offer.expires_at, offer.refresh_expires_at) == (NOW + timedelta(hours=2), None)
    assert offer.refresh is not None and offer.refresh.get_secret_value() == "r1"
    assert platform.form() == {
        "grant_type": "authorization_code",
        "code": "c0de",
        "redirect_uri": RETURN,
        "code_verifier": "verifier",
    }
    assert [one.headers["authorization"] for one in platform.seen] == [BASIC, "Bearer a1"]


def test_an_app_without_a_secret_names_itself() -> None:
    platform = Platform()
    public = PlatformHost(**{**HOST.__dict__, "client_secret": SecretStr("")})
    exchange(platform, public)
    assert platform.form()["client_id"] == "app" and "authorization" not in platform.seen[0].headers


def test_a_right_that_was_held_back_is_told() -> None:
    (offer,) = exchange(Platform(token=GIVEN | {"scope": "tweet.read tweet.write users.read offline.access"}))
    assert offer.missing == ("media.write",)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"token": {"access_token": ""}}, Rejected),
        ({"token": GIVEN | {"refresh_token": ""}}, Rejected),
        ({"me": {"data": {"name": "Acme"}}}, Rejected),
        ({"me": {"errors": [{"title": "No"}]}}, Unavailable),
        ({"token": INVALID, "status": 400}, Rejected),
        ({"token": {"error": "unauthorized_client"}, "status": 401}, Rejected),
        ({"token": {}, "status": 503}, Unavailable),
    ],
)
def test_answers_without_substance_connect_nothing(changed: dict[str, Any], error: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        exchange(Platform(**changed))
    assert type(caught.value) is error


def test_a_renewal_spends_the_refresh_token_and_brings_the_next() -> None:
    platform = Platform(token=GIVEN | {"access_token": "a2", "refresh_token": "r2"})
    renewed = X().renew(HOST, token(), http=platform.http(), now=NOW)
    assert renewed is not None and renewed.refresh is not None
    assert (renewed.secret.get_secret_value(), renewed.refresh.get_secret_value()) == ("a2", "r2")
    assert renewed.expires_at == NOW + timedelta(hours=2)
    assert platform.form() == {"grant_type": "refresh_token", "refresh_token": "r1"}
    assert platform.seen[0].headers["authorization"] == BASIC


def test_a_renewal_that_brings_no_refresh_token_claims_none() -> None:
    answer = {key: value for key, value in GIVEN.items() if key != "refresh_token"}
    renewed = X().renew(HOST, token(), http=Platform(token=answer).http(), now=NOW)
    assert renewed is not None and renewed.refresh is None
    assert X().renew(HOST, token(refresh=None), http=Platform().http(), now=NOW) is None


@pytest.mark.parametrize(
    ("status", "answer", "error"),
    [
        (400, INVALID, CredentialsExpired),
        (400, {"error": "invalid_grant"}, CredentialsExpired),
        (401, {"error": "unauthorized_client"}, Rejected),
        (400, {"error": "unsupported_grant_type"}, Rejected),
        (429, {"title": "Too Many Requests"}, RateLimited),
        (503, {}, OutcomeUnknown),
    ],
)
def test_only_the_refusal_of_the_token_itself_ends_the_connection(
    status: int, answer: Any, error: type[ProviderError]
) -> None:
    with pytest.raises(ProviderError) as caught:
        X().renew(HOST, token(), http=Platform(token=answer, status=status).http(), now=NOW)
    assert type(caught.value) is error


def test_a_probe_says_who_we_are_and_what_is_missing() -> None:
    health = X().probe(HOST, token(), ("tweet.read",), http=Platform().http(), now=NOW)
    assert (health.remote_id, health.name, health.handle) == ("1700", "Acme", "acme")
    assert "tweet.write" in health.missing and health.scopes is None


def test_disconnecting_withdraws_both_tokens_the_lasting_one_first() -> None:
    platform = Platform()
    X().revoke(HOST, token(), http=platform.http(), now=NOW)
    sent = [(platform.form(place)["token"], platform.form(place)["token_type_hint"]) for place in (0, 1)]
    assert sent == [("r1", "refresh_token"), ("a1", "access_token")]


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from([*GIVEN, "data", "id"]), inner),
    max_leaves=8,
)


@given(JUNK, JUNK, st.sampled_from([200, 201, 204, 302, 400, 401, 403, 418, 429, 500]))
def test_damaged_answers_are_only_our_errors(first: Any, second: Any, status: int) -> None:
    platform = Platform(token=first, me=second, status=status)
    for act in (
        lambda: exchange(platform),
        lambda: X().renew(HOST, token(), http=platform.http(), now=NOW),
        lambda: X().probe(HOST, token(), (), http=platform.http(), now=NOW),
    ):
        try:
            act()
        except ProviderError as error:
            assert error.sentence


def test_asking_who_we_are_is_billed_where_x_answers_and_renewing_is_free() -> None:
    with calls.counted(told := Bill()):
        X().probe(HOST, token(), SCOPES, http=Platform().http(), now=NOW)
        X().renew(HOST, token(), http=Platform().http(), now=NOW)
        with pytest.raises(CredentialsExpired):
            X().probe(HOST, token(), SCOPES, http=Platform(status=401).http(), now=NOW)
    assert (told.api_calls, told.micros) == (3, 10_000)
