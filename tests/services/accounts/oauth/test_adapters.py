"""What the sign-in adapters ask for and how they read odd answers. Shapes: platform documentation, Sep 2026."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import httpx
import pytest
from pydantic import SecretStr, ValidationError

from services.accounts.adapter import challenge_of, expiry_in, refresh_in, token_in
from services.accounts.hosts import PlatformHost, hosts
from services.accounts.models import Offer, Renewed, Token
from services.accounts.registry import sign_in
from services.kit.config import Settings
from services.kit.errors import CredentialsExpired, ProviderError, Rejected, Unavailable

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RETURN = "https://desk.example/oauth/return/instagram"
VERIFIER = "v" * 43
SETTINGS = Settings(
    _env_file=None,
    practice_url="http://127.0.0.1:8601",
    instagram_client_id="17",
    instagram_client_secret=SecretStr("s1"),
    facebook_client_id="18",
    facebook_client_secret=SecretStr("s2"),
)

TOKEN = Token(
    channel_id=UUID(int=1),
    platform="facebook",
    is_practice=False,
    remote_id="10",
    handle="",
    secret=SecretStr("EAApage"),
)


def host(platform: str) -> PlatformHost:
    return hosts(SETTINGS)[platform, False]


def answering(answers: Mapping[str, Any], seen: list[httpx.Request] | None = None) -> httpx.Client:
    """Answers by the end of the path; an int is a status."""

    def respond(request: httpx.Request) -> httpx.Response:
        if seen is not None:
            seen.append(request)
        for end, answer in answers.items():
            if request.url.path.endswith(end):
                return httpx.Response(answer) if isinstance(answer, int) else httpx.Response(200, json=answer)
        raise AssertionError(request.url.path)

    return httpx.Client(transport=httpx.MockTransport(respond))


INSTAGRAM = {
    "/oauth/access_token": {
        "data": [{"access_token": "short", "user_id": 1, "permissions": "instagram_business_basic"}]
    },
    "/access_token": {"access_token": "long", "token_type": "bearer", "expires_in": 5_183_944},
    "/me": {"user_id": 17841400000000001, "username": "acme", "id": "24"},
}
FACEBOOK = {
    "/oauth/access_token": {"access_token": "EAAlong", "token_type": "bearer", "expires_in": 5_184_000},
    "/me/permissions": {
        "data": [
            {"permission": "pages_show_list", "status": "granted"},
            {"permission": "pages_manage_posts", "status": "declined"},
        ]
    },
    "/me/accounts": {"data": [{"id": "10", "name": "Acme", "access_token": "EAApage", "tasks": ["ANALYZE"]}]},
}


def test_the_real_and_the_practice_platforms_stand_side_by_side() -> None:
    found = hosts(SETTINGS)
    assert found["instagram", False].api_url == "https://graph.instagram.com/v26.0"
    assert found["facebook", True].authorize_url == "http://127.0.0.1:8601/facebook/v26.0/dialog/oauth"
    assert found["instagram", True].token_url == "http://127.0.0.1:8601/instagram/oauth/access_token"
    assert hosts(Settings(_env_file=None)) == {}


def test_every_practice_address_is_the_path_of_the_real_one() -> None:
    ids = {f"{platform}_client_id": "1" for platform, _ in hosts(SETTINGS)}
    found = hosts(SETTINGS.model_copy(update=ids))
    assert len(found) == 14
    for platform in {name for name, _ in found}:
        real, practice = found[platform, False], found[platform, True]
        for name in ("authorize_url", "token_url", "root_url", "api_url", "revoke_url"):
            address = getattr(real, name)
            wanted = f"http://127.0.0.1:8601/{platform}{urlsplit(address).path}" if address else ""
            assert getattr(practice, name) == wanted
    assert found["linkedin", True].api_url == "http://127.0.0.1:8601/linkedin/rest"
    assert found["youtube", True].api_url == "http://127.0.0.1:8601/youtube/youtube/v3"


def test_a_challenge_is_the_one_of_the_standard() -> None:
    # RFC 7636, appendix B
    assert challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_refresh_tokens_and_dates_are_read_from_odd_answers() -> None:
    assert refresh_in({"refresh_token": " "}) is None
    assert refresh_in({"refresh_token": 5}) is None
    for odd_token in ("\x80", "a\nb", "", None):
        with pytest.raises(Rejected):
            token_in({"access_token": odd_token})
    kept = refresh_in({"refresh_token": "r1"})
    assert kept is not None and kept.get_secret_value() == "r1"
    assert expiry_in({"expires_in": 60}, NOW) == NOW + timedelta(seconds=60)
    assert expiry_in({"refresh_expires_in": 60}, NOW, "refresh_expires_in") == NOW + timedelta(seconds=60)
    for odd in ({}, {"expires_in": "60"}, {"expires_in": True}, {"expires_in": 0}, {"expires_in": -5}):
        assert expiry_in(odd, NOW) is None
    assert expiry_in({"expires_in": 10**18}, NOW) is not None


def test_instagram_asks_for_what_we_need_and_nothing_else() -> None:
    address = sign_in("instagram").authorize_url(host("instagram"), RETURN, "st", VERIFIER)
    asked = parse_qs(urlsplit(address).query)
    assert address.startswith("https://www.instagram.com/oauth/authorize?")
    assert asked == {
        "client_id": ["17"],
        "redirect_uri": [RETURN],
        "response_type": ["code"],
        "state": ["st"],
        "scope": [
            "instagram_business_basic,instagram_business_content_publish,instagram_business_manage_insights,"
            "instagram_business_manage_comments"
        ],
    }


def test_instagram_reads_the_listed_token_answer_numbers_and_commas() -> None:
    http = answering(INSTAGRAM)
    [offer] = sign_in("instagram").exchange(host("instagram"), "code", RETURN, VERIFIER, http=http, now=NOW)
    assert (offer.remote_id, offer.name, offer.handle) == ("17841400000000001", "acme", "acme")
    assert offer.scopes == ("instagram_business_basic",)
    assert offer.missing == ("instagram_business_content_publish", "instagram_business_manage_insights")
    assert offer.expires_at == NOW + timedelta(seconds=5_183_944)


@pytest.mark.parametrize(
    ("changed", "answer", "error"),
    [
        ("/oauth/access_token", {"access_token": ""}, Rejected),
        ("/oauth/access_token", {"user_id": 1}, Rejected),
        ("/me", {"username": "acme"}, Rejected),
        ("/me", 500, Unavailable),
    ],
)
def test_instagram_refuses_answers_without_substance(changed: str, answer: Any, error: type[Exception]) -> None:
    http = answering({**INSTAGRAM, changed: answer})
    with pytest.raises(error):
        sign_in("instagram").exchange(host("instagram"), "code", RETURN, VERIFIER, http=http, now=NOW)


def test_facebook_offers_each_page_with_its_own_token_and_what_is_missing() -> None:
    seen: list[httpx.Request] = []
    [offer] = sign_in("facebook").exchange(
        host("facebook"), "code", RETURN, VERIFIER, http=answering(FACEBOOK, seen), now=NOW
    )
    assert offer.secret.get_secret_value() == "EAApage"
    assert offer.expires_at is None
    assert "pages_manage_posts" in offer.missing
    assert "Page task: create content" in offer.missing
    assert all("access_token=" not in str(request.url) for request in seen)


def test_facebook_reads_the_pages_of_the_list_and_stops() -> None:
    endless = {
        "data": [{"id": "10", "name": "", "access_token": "EAApage"}],
        "paging": {"cursors": {"after": "x"}, "next": "https://graph.facebook.com/next"},
    }
    http = answering({**FACEBOOK, "/me/accounts": endless})
    offers = sign_in("facebook").exchange(host("facebook"), "code", RETURN, VERIFIER, http=http, now=NOW)
    assert [offer.name for offer in offers] == ["10"] * 5


def test_facebook_offers_nothing_without_the_right_to_list() -> None:
    http = answering({**FACEBOOK, "/me/permissions": {"data": []}})
    assert sign_in("facebook").exchange(host("facebook"), "code", RETURN, VERIFIER, http=http, now=NOW) == []


def test_facebook_says_when_a_page_token_is_no_longer_valid() -> None:
    http = answering({"/debug_token": {"data": {"is_valid": False}}, "/10": {"id": "10", "name": "Acme"}})
    with pytest.raises(CredentialsExpired):
        sign_in("facebook").probe(host("facebook"), TOKEN, (), http=http, now=NOW)
    assert sign_in("facebook").renew(host("facebook"), TOKEN, http=http, now=NOW) is None


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_token_is_never_taken(empty: str) -> None:
    with pytest.raises(ValidationError):
        Renewed(secret=SecretStr(empty))
    with pytest.raises(ValidationError):
        Offer(remote_id="1", name="x", secret=SecretStr(empty))
    assert Renewed(secret=SecretStr("a"), refresh=SecretStr(empty)).refresh is None


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({"data": {"is_valid": False}}, CredentialsExpired),
        ({"data": {"scopes": []}}, Unavailable),
        ({"data": None}, Unavailable),
        ({}, Unavailable),
    ],
)
def test_only_a_page_token_that_is_called_invalid_ends_the_connection(told: Any, error: type[ProviderError]) -> None:
    http = answering({"/debug_token": told, "/10": {"id": "10", "name": "Acme"}})
    with pytest.raises(ProviderError) as caught:
        sign_in("facebook").probe(host("facebook"), TOKEN, (), http=http, now=NOW)
    assert type(caught.value) is error
