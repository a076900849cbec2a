"""Practice LinkedIn's sign-in over real HTTP, and the sign-in adapter against it."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import httpx
import pytest
from pydantic import SecretStr

from services.accounts.hosts import PlatformHost, hosts
from services.accounts.models import Offer, Token
from services.accounts.registry import sign_in
from services.kit.clock import FixedClock
from services.kit.config import Settings
from services.kit.errors import CredentialsExpired, PermissionMissing, Rejected
from services.kit.http import make_client
from tests.makers.linkedin import ACME, BAKERY, KIM, ROBIN, SCOPES, api, post, token
from tests.makers.practice import RunningPractice

RETURN = "http://127.0.0.1:8501/oauth/return/linkedin"
LINKEDIN = sign_in("linkedin")


def host(practice: RunningPractice) -> PlatformHost:
    return hosts(Settings(_env_file=None, practice_url=practice.base))["linkedin", True]


def code(practice: RunningPractice, subject: str = ROBIN) -> str:
    address = LINKEDIN.authorize_url(host(practice), RETURN, "st", "v")
    back = parse_qs(urlsplit(practice.sign_in(address, subject=subject)).query)
    assert back["state"] == ["st"]
    return back["code"][0]


def exchange(practice: RunningPractice, clock: FixedClock, given: str, **changes: Any) -> list[Offer]:
    with make_client() as http:
        return LINKEDIN.exchange(host(practice), given, changes.get("back", RETURN), "v", http=http, now=clock.now())


def opened(offer: Offer) -> Token:
    return Token(
        channel_id=UUID(int=1), platform="linkedin", is_practice=True, remote_id=offer.remote_id, handle="",
        secret=offer.secret, refresh=offer.refresh,
    )  # fmt: skip


def test_a_sign_in_opens_the_member_and_their_pages(practice: RunningPractice, clock: FixedClock) -> None:
    offers = exchange(practice, clock, code(practice))
    assert [(one.remote_id, one.name) for one in offers] == [
        (ROBIN, "Robin Practice"),
        (ACME, "Practice Acme"),
        (BAKERY, "Practice Bakery"),
    ]
    assert all(one.missing == () and one.expires_at == clock.now() + timedelta(days=60) for one in offers)
    assert offers[1].handle == "practice_acme" and offers[1].refresh_expires_at == clock.now() + timedelta(days=365)
    answer = api(practice, offers[1].secret.get_secret_value(), "POST", "posts", json=post())
    assert answer.status_code == 201


def test_a_content_admin_is_offered_their_page_and_an_analyst_is_not(
    practice: RunningPractice, clock: FixedClock
) -> None:
    member, bakery = exchange(practice, clock, code(practice, KIM))
    assert (member.remote_id, bakery.remote_id) == (KIM, BAKERY)
    assert bakery.missing == ("Page role: administrator",)


def test_a_code_works_once_for_half_an_hour_and_for_one_address(practice: RunningPractice, clock: FixedClock) -> None:
    given = code(practice)
    exchange(practice, clock, given)
    with pytest.raises(Rejected):
        exchange(practice, clock, given)
    late = code(practice)
    clock.move(minutes=31)
    with pytest.raises(Rejected):
        exchange(practice, clock, late)
    with pytest.raises(Rejected):
        exchange(practice, clock, code(practice), back=f"{RETURN}/other")


def test_consent_is_all_or_nothing(practice: RunningPractice) -> None:
    address = LINKEDIN.authorize_url(host(practice), RETURN, "st", "v")
    answer = httpx.post(address, data={"subject": ROBIN, "decision": "some", "granted": ["openid"]})
    assert answer.status_code == 400 and "All or nothing" in answer.text
    assert "Robin Practice" in httpx.get(address).text
    assert "error=access_denied" in practice.sign_in(address, subject=ROBIN, decision="deny")


def test_a_renewal_brings_a_new_token_and_keeps_the_end_of_the_year(
    practice: RunningPractice, clock: FixedClock
) -> None:
    offer = exchange(practice, clock, code(practice))[0]
    clock.move(days=40)
    with make_client() as http:
        renewed = LINKEDIN.renew(host(practice), opened(offer), http=http, now=clock.now())
        assert renewed is not None and renewed.secret != offer.secret
        assert renewed.refresh == offer.refresh and renewed.refresh_expires_at == offer.refresh_expires_at
        clock.move(days=326)
        with pytest.raises(CredentialsExpired):
            LINKEDIN.renew(host(practice), opened(offer), http=http, now=clock.now())


def test_an_app_without_approval_gets_no_refresh_token(practice: RunningPractice, clock: FixedClock) -> None:
    practice.admin.settings(linkedin_renews=0)
    offer = exchange(practice, clock, code(practice))[0]
    assert offer.refresh is None and offer.refresh_expires_at is None


def test_asking_for_other_scopes_ends_every_earlier_token(practice: RunningPractice, clock: FixedClock) -> None:
    before = exchange(practice, clock, code(practice))[0].secret.get_secret_value()
    assert api(practice, before, "POST", "posts", json=post()).status_code == 201
    asked = f"{host(practice).authorize_url}?response_type=code&client_id=practice&redirect_uri={RETURN}"
    back = practice.sign_in(f"{asked}&scope=openid%20profile&state=s", subject=ROBIN)
    [member] = exchange(practice, clock, parse_qs(urlsplit(back).query)["code"][0])
    assert member.missing == ("w_member_social",)
    refused = api(practice, before, "POST", "posts", json=post(words="More."))
    assert (refused.status_code, refused.json()["code"]) == (401, "REVOKED_ACCESS_TOKEN")


def test_a_probe_tells_members_and_pages_and_lost_roles(practice: RunningPractice, clock: FixedClock) -> None:
    secret = SecretStr(token(practice))
    with make_client() as http:

        def probe(remote_id: str, held: SecretStr = secret) -> Any:
            at = opened(Offer(remote_id=remote_id, name="x", secret=held))
            return LINKEDIN.probe(host(practice), at, SCOPES, http=http, now=clock.now())

        assert (probe(ROBIN).remote_id, probe(ACME).handle) == (ROBIN, "practice_acme")
        with pytest.raises(PermissionMissing):
            probe(ACME, SecretStr(token(practice, subject=KIM)))
        with pytest.raises(CredentialsExpired):
            probe(ROBIN, SecretStr(token(practice, expires_in=-1)))


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": "refresh_token", "refresh_token": "wrong"}, 400, "invalid_request"),
    ],
)
def test_the_tokens_address_refuses_in_its_own_words(
    practice: RunningPractice, changes: dict[str, str], status: int, error: str
) -> None:
    form = {"grant_type": "authorization_code", "client_id": "practice", "client_secret": "practice", **changes}
    answer = httpx.post(host(practice).token_url, data=form)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert httpx.post(host(practice).token_url, json=form).json()["error"] == "invalid_request"
