"""Practice X's sign-in over real HTTP, and the sign-in adapter against it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import httpx
import pytest

from services.accounts.hosts import PlatformHost, hosts
from services.accounts.models import Offer, Renewed, Token
from services.accounts.oauth.x import X
from services.kit.clock import FixedClock
from services.kit.config import Settings
from services.kit.errors import CredentialsExpired, OutcomeUnknown, Rejected
from tests.makers.practice import RunningPractice, running_practice
from tests.makers.x import ACME, BAKERY, START

RETURN = "http://127.0.0.1:8501/oauth/return/x"


@dataclass
class Place:
    practice: RunningPractice
    clock: FixedClock
    http: httpx.Client

    @property
    def host(self) -> PlatformHost:
        return hosts(Settings(_env_file=None, practice_url=self.practice.base))["x", True]

    def code(self, subject: str = ACME, verifier: str = "v" * 43, **ticked: list[str]) -> str:
        address = X().authorize_url(self.host, RETURN, "st", verifier)
        decision = "some" if ticked else "allow"
        back = parse_qs(urlsplit(self.practice.sign_in(address, subject=subject, decision=decision, **ticked)).query)
        assert back["state"] == ["st"]
        return back["code"][0]

    def exchange(self, code: str, verifier: str = "v" * 43, returned: str = RETURN) -> Offer:
        (offer,) = X().exchange(self.host, code, returned, verifier, http=self.http, now=self.clock.now())
        return offer

    def renew(self, given: Offer | Renewed) -> Renewed:
        renewed = X().renew(self.host, self.token(given), http=self.http, now=self.clock.now())
        assert renewed is not None
        return renewed

    def token(self, given: Offer | Renewed) -> Token:
        return Token(
            channel_id=UUID(int=1), platform="x", is_practice=True, remote_id=ACME, handle="practice_acme",
            secret=given.secret, refresh=given.refresh,
        )  # fmt: skip

    def probe(self, given: Offer | Renewed) -> str:
        return X().probe(self.host, self.token(given), X.spec.scopes, http=self.http, now=self.clock.now()).remote_id


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    clock = FixedClock(START)
    with running_practice(tmp_path, clock=clock) as practice, httpx.Client(trust_env=False) as http:
        yield Place(practice, clock, http)


def test_a_person_signs_in_and_the_account_is_offered_with_every_right(place: Place) -> None:
    offer = place.exchange(place.code(BAKERY))
    assert (offer.remote_id, offer.name, offer.handle) == (BAKERY, "Practice Bakery", "practice_bakery")
    assert (offer.scopes, offer.missing) == (X.spec.scopes, ())
    assert offer.refresh is not None and offer.expires_at == START + timedelta(hours=2)


def test_a_right_that_was_not_given_is_missing(place: Place) -> None:
    granted = ["tweet.read", "tweet.write", "users.read", "offline.access"]
    assert place.exchange(place.code(granted=granted)).missing == ("media.write",)


def test_without_staying_connected_there_is_nothing_to_connect(place: Place) -> None:
    with pytest.raises(Rejected, match="two hours"):
        place.exchange(place.code(granted=["tweet.read", "tweet.write", "users.read", "media.write"]))


def test_a_code_works_once_for_thirty_seconds_with_its_own_key_and_address(place: Place) -> None:
    used, old = place.code(), place.code()
    place.exchange(used)
    with pytest.raises(Rejected):
        place.exchange(used)
    with pytest.raises(Rejected, match="verifier"):
        place.exchange(place.code(), verifier="w" * 43)
    with pytest.raises(Rejected, match="redirect"):
        place.exchange(place.code(), returned=f"{RETURN}2")
    place.clock.move(seconds=31)
    with pytest.raises(Rejected):
        place.exchange(old)


def test_there_is_no_sign_in_without_a_proof_key(place: Place) -> None:
    address = X().authorize_url(place.host, RETURN, "st", "v" * 43)
    without = "&".join(part for part in address.split("&") if not part.startswith("code_challenge"))
    assert httpx.get(without).status_code == 400


def test_a_refresh_token_works_once_and_brings_the_next(place: Place) -> None:
    offer = place.exchange(place.code())
    place.clock.move(hours=2)
    with pytest.raises(CredentialsExpired):
        place.probe(offer)
    renewed = place.renew(offer)
    assert place.probe(renewed) == ACME
    with pytest.raises(CredentialsExpired):
        place.renew(offer)
    assert place.probe(place.renew(renewed)) == ACME


def test_a_renewal_whose_answer_is_lost_spent_the_refresh_token(place: Place) -> None:
    offer = place.exchange(place.code())
    place.practice.admin.fault("lose_reply", match="/oauth2/token", count=1)
    with pytest.raises(OutcomeUnknown):
        place.renew(offer)
    with pytest.raises(CredentialsExpired):
        place.renew(offer)


def test_disconnecting_ends_both_tokens(place: Place) -> None:
    offer = place.exchange(place.code())
    X().revoke(place.host, place.token(offer), http=place.http, now=place.clock.now())
    with pytest.raises(CredentialsExpired):
        place.probe(offer)
    with pytest.raises(CredentialsExpired):
        place.renew(offer)


def test_the_app_must_prove_who_it_is(place: Place) -> None:
    form = {"grant_type": "refresh_token", "refresh_token": "x"}
    answer = place.http.post(place.host.token_url, data=form, auth=("practice", "wrong"))
    assert (answer.status_code, answer.json()["error"]) == (401, "unauthorized_client")
    answer = place.http.post(place.host.token_url, data={"grant_type": "password"}, auth=("practice", "practice"))
    assert (answer.status_code, answer.json()["error"]) == (400, "unsupported_grant_type")
    answer = place.http.post(place.host.revoke_url, data={}, auth=("practice", "practice"))
    assert answer.status_code == 400


def test_no_token_appears_in_the_record_of_requests(place: Place) -> None:
    offer = place.exchange(place.code())
    place.renew(offer)
    assert offer.refresh is not None
    record = str(place.practice.admin.requests())
    assert offer.secret.get_secret_value() not in record and offer.refresh.get_secret_value() not in record
