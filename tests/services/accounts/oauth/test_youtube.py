"""YouTube's sign-in: Google's form, one refresh token for good, and what its answers mean."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr

from services.accounts.hosts import PlatformHost
from services.accounts.models import Offer, Token
from services.accounts.oauth.youtube import Youtube
from services.kit.errors import CredentialsExpired, PermissionMissing, ProviderError, Rejected, Unavailable
from tests.services.accounts.oauth.answers import Answers, held

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RETURN = "https://desk.example/oauth/return/youtube"
SCOPES = Youtube.spec.scopes
HOST = PlatformHost(
    authorize_url="https://accounts.google.com/o/oauth2/v2/auth",
    token_url="https://oauth2.googleapis.com/token",
    root_url="https://www.googleapis.com",
    api_url="https://www.googleapis.com/youtube/v3",
    revoke_url="https://oauth2.googleapis.com/revoke",
    client_id="17.apps.example",
    client_secret=SecretStr("s1"),
    is_practice=False,
)
GIVEN = {
    "access_token": "ya29.a",
    "expires_in": 3599,
    "refresh_token": "1//r",
    "scope": " ".join(SCOPES),
    "token_type": "Bearer",
}
CHANNEL = {"items": [{"id": "UC1", "snippet": {"title": "Acme", "customUrl": "@acme"}}]}


@dataclass
class Google(Answers):
    token: Any = field(default_factory=lambda: GIVEN)
    channels: Any = field(default_factory=lambda: CHANNEL)
    revoke: Any = field(default_factory=dict)


def token(refresh: str | None = "1//r", remote_id: str = "UC1") -> Token:
    return held("youtube", remote_id, "ya29.old", refresh)


def exchange(google: Google) -> list[Offer]:
    return Youtube().exchange(HOST, "c0de", RETURN, "verifier", http=google.http(), now=NOW)


def test_the_person_is_asked_for_a_lasting_permission_every_time() -> None:
    address = Youtube().authorize_url(HOST, RETURN, "st", "verifier")
    assert address.startswith("https://accounts.google.com/o/oauth2/v2/auth?")
    assert parse_qs(urlsplit(address).query) == {
        "client_id": ["17.apps.example"],
        "redirect_uri": [RETURN],
        "response_type": ["code"],
        "scope": [" ".join(SCOPES)],
        "access_type": ["offline"],
        "prompt": ["consent"],
        "state": ["st"],
    }


def test_a_code_opens_the_channel_with_both_tokens() -> None:
    google = Google()
    (offer,) = exchange(google)
    assert (offer.remote_id, offer.name, offer.handle, offer.missing) == ("UC1", "Acme", "acme", ())
    assert offer.secret.get_secret_value() == "ya29.a"
    assert offer.refresh is not None and offer.refresh.get_secret_value() == "1//r"
    assert (offer.expires_at, offer.refresh_expires_at) == (NOW + timedelta(seconds=3599), None)
    assert google.form() == {
        "client_id": "17.apps.example",
        "client_secret": "s1",
        "grant_type": "authorization_code",
        "redirect_uri": RETURN,
        "code": "c0de",
    }
    assert google.seen[1].headers["authorization"] == "Bearer ya29.a"


def test_an_app_in_testing_tells_when_the_sign_in_ends() -> None:
    (offer,) = exchange(Google(token=GIVEN | {"refresh_token_expires_in": 604_799}))
    assert offer.refresh_expires_at == NOW + timedelta(seconds=604_799)


def test_unticked_scopes_are_told_and_without_reading_there_is_no_channel_to_offer() -> None:
    (offer,) = exchange(Google(token=GIVEN | {"scope": " ".join(SCOPES[1:])}))
    assert offer.missing == SCOPES[:1]
    assert exchange(Google(token=GIVEN | {"scope": SCOPES[0]})) == []


def test_a_google_account_without_a_channel_offers_nothing() -> None:
    assert exchange(Google(channels={"items": []})) == []
    assert exchange(Google(channels={})) == []


@pytest.mark.parametrize(
    "google",
    [
        Google(token={name: value for name, value in GIVEN.items() if name != "refresh_token"}),
        Google(token=GIVEN | {"access_token": ""}),
        Google(channels={"items": [{"snippet": {"title": "Acme"}}]}),
    ],
)
def test_answers_without_substance_are_refused(google: Google) -> None:
    with pytest.raises(Rejected):
        exchange(google)


def test_a_renewal_brings_no_new_refresh_token_and_the_old_one_is_left_alone() -> None:
    google = Google(token={"access_token": "ya29.b", "expires_in": 3599, "scope": "x", "token_type": "Bearer"})
    renewed = Youtube().renew(HOST, token(), http=google.http(), now=NOW)
    assert renewed is not None and renewed.refresh is None
    assert (renewed.secret.get_secret_value(), renewed.expires_at) == ("ya29.b", NOW + timedelta(seconds=3599))
    assert google.form()["refresh_token"] == "1//r" and google.form()["grant_type"] == "refresh_token"


def test_a_new_refresh_token_is_taken_where_one_comes() -> None:
    renewed = Youtube().renew(HOST, token(), http=Google(token=GIVEN | {"refresh_token": "1//n"}).http(), now=NOW)
    assert renewed is not None and renewed.refresh is not None
    assert renewed.refresh.get_secret_value() == "1//n"


def test_without_a_refresh_token_nothing_is_renewed() -> None:
    google = Google()
    assert Youtube().renew(HOST, token(None), http=google.http(), now=NOW) is None
    assert google.seen == []


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (
            400,
            {"error": "invalid_grant", "error_description": "Token has been expired or revoked."},
            CredentialsExpired,
        ),
        (401, {"error": "invalid_client"}, Rejected),
        (400, {"error": "redirect_uri_mismatch"}, Rejected),
        (503, {}, Unavailable),
        (200, ["no object"], Unavailable),
    ],
)
def test_only_a_dead_permission_ends_the_connection(status: int, body: Any, error: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        Youtube().renew(HOST, token(), http=Google(token=body, status=status).http(), now=NOW)
    assert type(caught.value) is error and "1//r" not in caught.value.sentence


def test_a_probe_finds_the_stored_channel_among_several() -> None:
    rows = {"items": [{"id": "UC0", "snippet": {"title": "Other"}}, *CHANNEL["items"]]}
    health = Youtube().probe(HOST, token(), SCOPES[:2], http=Google(channels=rows).http(), now=NOW)
    assert (health.remote_id, health.name, health.handle, health.missing) == ("UC1", "Acme", "acme", SCOPES[2:])
    assert (health.quota_used, health.quota_total) == (None, None)


def test_a_probe_tells_another_channel_and_one_that_is_gone() -> None:
    other = Youtube().probe(HOST, token(remote_id="UC9"), SCOPES, http=Google().http(), now=NOW)
    assert other.remote_id == "UC1"
    with pytest.raises(PermissionMissing):
        Youtube().probe(HOST, token(), SCOPES, http=Google(channels={"items": []}).http(), now=NOW)


@pytest.mark.parametrize(
    ("given", "sent"), [(token(), "1//r"), (token(None), "ya29.old")], ids=["refresh", "access only"]
)
def test_the_whole_permission_is_withdrawn(given: Token, sent: str) -> None:
    google = Google()
    Youtube().revoke(HOST, given, http=google.http(), now=NOW)
    assert dict(google.seen[0].url.params) == {"token": sent} and google.seen[0].method == "POST"


def test_withdrawing_what_has_ended_already_is_fine_and_anything_else_is_told() -> None:
    dead = Google(revoke={"error": "invalid_token", "error_description": "Token expired or revoked"}, status=400)
    Youtube().revoke(HOST, token(), http=dead.http(), now=NOW)
    with pytest.raises(Rejected):
        Youtube().revoke(HOST, token(), http=Google(revoke={"error": "other"}, status=400).http(), now=NOW)


def test_no_answer_is_read_as_something_it_is_not() -> None:
    odd: list[Any] = [None, [], "x", {"items": "x"}, {"items": [1, None]}, {"error": 7}, {"items": [{"id": {}}]}]
    acts: list[Callable[[Any], Any]] = [
        lambda body: exchange(Google(channels=body)),
        lambda body: Youtube().probe(HOST, token(), SCOPES, http=Google(channels=body).http(), now=NOW),
        lambda body: Youtube().renew(HOST, token(), http=Google(token=body).http(), now=NOW),
    ]
    for body in odd:
        for act in acts:
            try:
                assert act(body) == []
            except ProviderError as error:
                assert "ya29" not in error.sentence
