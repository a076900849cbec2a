"""TikTok's sign-in: client_key, a token for a day, a refresh token that is new after every refresh."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pydantic import SecretStr

from services.accounts.hosts import PlatformHost, hosts
from services.accounts.models import Offer, Token
from services.accounts.registry import sign_in
from services.kit.clock import FixedClock
from services.kit.config import Settings
from services.kit.errors import CredentialsExpired, PermissionMissing, ProviderError, Rejected, Unavailable
from tests.makers.practice import RunningPractice, running_practice
from tests.makers.tiktok import ACME
from tests.services.accounts.oauth.answers import held

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RETURN = "http://127.0.0.1:8501/oauth/return/tiktok"
TIKTOK = sign_in("tiktok")
SETTINGS = Settings(_env_file=None, practice_url="", tiktok_client_id="aw17", tiktok_client_secret=SecretStr("s1"))
HOST = hosts(SETTINGS)["tiktok", False]
GIVEN = {
    "access_token": "act.a", "expires_in": 86_400, "refresh_token": "rft.b", "refresh_expires_in": 31_536_000,
    "open_id": "o-1", "scope": "user.info.basic,user.info.profile,video.publish", "token_type": "Bearer",
}  # fmt: skip
USER = {"open_id": "o-1", "display_name": "Acme", "username": "acme"}


def answering(*answers: Any, seen: list[httpx.Request] | None = None) -> httpx.Client:
    """The answers in their order; a pair is a status and a body."""
    left = list(answers)

    def answer(request: httpx.Request) -> httpx.Response:
        if seen is not None:
            seen.append(request)
        given = left.pop(0)
        status, body = given if isinstance(given, tuple) else (200, given)
        return httpx.Response(status, json=body)

    return httpx.Client(transport=httpx.MockTransport(answer))


def envelope(data: Any, code: str = "ok") -> dict[str, Any]:
    return {"data": data, "error": {"code": code, "message": "", "log_id": "L"}}


def exchange(http: httpx.Client, host: PlatformHost = HOST, code: str = "c") -> list[Offer]:
    return TIKTOK.exchange(host, code, RETURN, "v", http=http, now=NOW)


def token(refresh: str | None = "rft.b", secret: str = "act.a") -> Token:
    return held("tiktok", ACME, secret, refresh, is_practice=True)


def test_the_app_is_called_client_key_and_scopes_have_commas() -> None:
    address = TIKTOK.authorize_url(HOST, RETURN, "st", "v")
    assert address.startswith("https://www.tiktok.com/v2/auth/authorize/?")
    assert parse_qs(urlsplit(address).query) == {
        "client_key": ["aw17"],
        "response_type": ["code"],
        "scope": ["user.info.basic,user.info.profile,video.publish,video.upload,video.list"],
        "redirect_uri": [RETURN],
        "state": ["st"],
    }


def test_a_code_opens_one_account_with_both_tokens_and_what_was_not_allowed() -> None:
    seen: list[httpx.Request] = []
    (offer,) = exchange(answering(GIVEN, envelope({"user": USER}), seen=seen))
    assert (offer.remote_id, offer.name, offer.handle) == ("o-1", "Acme", "acme")
    assert offer.missing == ("video.upload", "video.list")
    assert (offer.secret.get_secret_value(), offer.refresh and offer.refresh.get_secret_value()) == ("act.a", "rft.b")
    assert offer.expires_at == NOW + timedelta(days=1) and offer.refresh_expires_at == NOW + timedelta(days=365)
    form = {key: value[0] for key, value in parse_qs(seen[0].content.decode()).items()}
    assert form == {
        "client_key": "aw17", "client_secret": "s1", "grant_type": "authorization_code", "code": "c",
        "redirect_uri": RETURN,
    }  # fmt: skip
    assert seen[1].headers["authorization"] == "Bearer act.a" and "act.a" not in str(seen[1].url)


def test_the_user_name_is_asked_for_only_where_it_may_be_read() -> None:
    seen: list[httpx.Request] = []
    given = GIVEN | {"scope": "user.info.basic"}
    (offer,) = exchange(answering(given, envelope({"user": {"open_id": "o-1"}}), seen=seen))
    assert parse_qs(seen[1].url.query.decode()) == {"fields": ["open_id,display_name"]}
    assert (offer.name, offer.handle) == ("o-1", "")


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ([GIVEN | {"access_token": ""}], Rejected),
        ([{"error": "invalid_grant", "error_description": "Expired.", "log_id": "L"}], CredentialsExpired),
        ([(401, {"error": "invalid_client", "log_id": "L"})], Rejected),
        ([(503, {})], Unavailable),
        ([GIVEN, envelope({})], Rejected),
        ([GIVEN, envelope({"user": {"open_id": ""}})], Rejected),
        ([GIVEN, (401, envelope({}, "scope_not_authorized"))], PermissionMissing),
        ([GIVEN, (500, {})], Unavailable),
    ],
)
def test_answers_without_substance_are_one_of_our_errors(answers: list[Any], error: type[ProviderError]) -> None:
    with pytest.raises(error):
        exchange(answering(*answers))


def test_a_refresh_without_a_new_refresh_token_keeps_the_old_one() -> None:
    for sent in ({}, {"refresh_token": ""}, {"refresh_token": None}):
        given = {name: value for name, value in GIVEN.items() if name != "refresh_token"} | sent
        renewed = TIKTOK.renew(HOST, token(), http=answering(given), now=NOW)
        assert renewed is not None and renewed.refresh is None and renewed.secret.get_secret_value() == "act.a"
    assert TIKTOK.renew(HOST, token(refresh=None), http=answering(), now=NOW) is None


def practice_host(practice: RunningPractice) -> PlatformHost:
    return hosts(Settings(_env_file=None, practice_url=practice.base))["tiktok", True]


def signed_in(practice: RunningPractice, http: httpx.Client, **answer: Any) -> Offer:
    host = practice_host(practice)
    back = practice.sign_in(TIKTOK.authorize_url(host, RETURN, "st", "v"), subject=ACME, **answer)
    (offer,) = exchange(http, host, parse_qs(urlsplit(back).query)["code"][0])
    return offer


def test_the_whole_life_of_a_connection_over_real_http(tmp_path: Path) -> None:
    clock = FixedClock(NOW)
    with running_practice(tmp_path, clock=clock) as practice, httpx.Client(trust_env=False) as http:
        host, offer = practice_host(practice), signed_in(practice, http)
        assert (offer.remote_id, offer.handle, offer.missing) == (ACME, "practice_acme", ())
        assert offer.refresh is not None
        held = token(offer.refresh.get_secret_value(), offer.secret.get_secret_value())
        assert TIKTOK.probe(host, held, offer.scopes, http=http, now=NOW).remote_id == ACME
        clock.move(hours=25)
        with pytest.raises(CredentialsExpired):
            TIKTOK.probe(host, held, offer.scopes, http=http, now=NOW)
        renewed = TIKTOK.renew(host, held, http=http, now=NOW)
        assert renewed is not None and renewed.refresh is not None
        with pytest.raises(CredentialsExpired):  # the old refresh token was used up
            TIKTOK.renew(host, held, http=http, now=NOW)
        fresh = token(renewed.refresh.get_secret_value(), renewed.secret.get_secret_value())
        assert TIKTOK.probe(host, fresh, offer.scopes, http=http, now=NOW).handle == "practice_acme"
        TIKTOK.revoke(host, fresh, http=http, now=NOW)
        for gone in (lambda: TIKTOK.probe(host, fresh, (), http=http, now=NOW),
                     lambda: TIKTOK.renew(host, fresh, http=http, now=NOW)):  # fmt: skip
            with pytest.raises(CredentialsExpired):
                gone()


def test_a_person_may_allow_only_some(tmp_path: Path) -> None:
    with running_practice(tmp_path) as practice, httpx.Client(trust_env=False) as http:
        offer = signed_in(practice, http, decision="some", granted=["user.info.basic", "video.publish"])
        assert offer.missing == ("user.info.profile", "video.upload", "video.list")
        assert (offer.name, offer.handle) == ("Practice Acme", "")


def test_a_code_works_once_and_only_for_its_return_address(tmp_path: Path) -> None:
    with running_practice(tmp_path) as practice, httpx.Client(trust_env=False) as http:
        host = practice_host(practice)
        back = practice.sign_in(TIKTOK.authorize_url(host, RETURN, "st", "v"), subject=ACME)
        code = parse_qs(urlsplit(back).query)["code"][0]
        with pytest.raises(Rejected):
            TIKTOK.exchange(host, code, f"{RETURN}/x", "v", http=http, now=NOW)
        with pytest.raises(CredentialsExpired):
            exchange(http, host, code)
