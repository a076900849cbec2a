"""Instagram Login on the practice platform: consent, code, tokens."""

from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from tests.makers.practice import INSTAGRAM_ACME, INSTAGRAM_SCOPES
from tests.services.practice.conftest import Platforms, error

BACK = "http://127.0.0.1:8501/oauth/instagram"
ASKED = {
    "client_id": "practice",
    "redirect_uri": BACK,
    "response_type": "code",
    "scope": ",".join(INSTAGRAM_SCOPES),
    "state": "s & 1",
}
PAGE = "/instagram/oauth/authorize"
CHANGED = [
    {"client_id": "other"},
    {"redirect_uri": "https://evil.example/"},
    {"redirect_uri": "http://127.0.0.1:8501@evil.example/"},
    {"redirect_uri": ""},
    {"response_type": "token"},
    {"scope": "instagram_business_basic,world_domination"},
    {"scope": ""},
]


def decide(platforms: Platforms, decision: str, **form: object) -> dict[str, list[str]]:
    """Answer the sign-in page and return what the redirect carries."""
    data = {"subject": INSTAGRAM_ACME, "decision": decision, **form}
    answer = platforms.http.post(f"{PAGE}?{urlencode(ASKED)}", data=data)
    assert answer.status_code == 302 and answer.headers["location"].startswith(BACK + "?")
    return parse_qs(urlsplit(answer.headers["location"]).query)


def exchange(platforms: Platforms, code: str, **changes: str) -> httpx.Response:
    form = {
        "client_id": "practice",
        "client_secret": "practice",
        "grant_type": "authorization_code",
        "redirect_uri": BACK,
        "code": code,
    }
    return platforms.http.post("/instagram/oauth/access_token", data=form | changes)


def short_token(platforms: Platforms) -> str:
    return str(exchange(platforms, decide(platforms, "allow")["code"][0]).json()["access_token"])


def long_token(platforms: Platforms) -> httpx.Response:
    token = short_token(platforms)
    params = {"grant_type": "ig_exchange_token", "client_secret": "practice", "access_token": token}
    return platforms.http.get("/instagram/access_token", params=params)


def refresh(platforms: Platforms, token: str) -> httpx.Response:
    params = {"grant_type": "ig_refresh_token", "access_token": token}
    return platforms.http.get("/instagram/refresh_access_token", params=params)


def test_the_page_shows_accounts_scopes_and_three_buttons(platforms: Platforms) -> None:
    text = platforms.get(PAGE, **ASKED).text
    assert "practice_acme" in text and "instagram_business_content_publish" in text
    assert all(f">{label}</button>" in text for label in ("Allow", "Allow some", "Deny"))


@pytest.mark.parametrize("changed", CHANGED)
def test_an_unknown_app_address_or_scope_is_refused_without_a_redirect(
    platforms: Platforms, changed: dict[str, str]
) -> None:
    for answer in (
        platforms.get(PAGE, **ASKED | changed),
        platforms.http.post(f"{PAGE}?{urlencode(ASKED | changed)}", data={"decision": "deny"}),
    ):
        assert answer.status_code == 400 and "location" not in answer.headers


def test_allow_gives_a_code_that_becomes_a_token_of_sixty_days(platforms: Platforms) -> None:
    back = decide(platforms, "allow")
    assert back["state"] == ["s & 1"]
    short = exchange(platforms, back["code"][0]).json()
    assert short["user_id"] == int(INSTAGRAM_ACME) and short["permissions"] == list(INSTAGRAM_SCOPES)
    made = long_token(platforms).json()
    assert made["expires_in"] == 5_184_000 and made["token_type"] == "bearer"
    me = platforms.get("/instagram/v26.0/me", made["access_token"], fields="user_id,username,name,account_type").json()
    assert me["user_id"] == INSTAGRAM_ACME and me["username"] == "practice_acme" and me["account_type"] == "BUSINESS"


def test_allow_some_gives_only_what_was_ticked(platforms: Platforms) -> None:
    back = decide(platforms, "some", granted=["instagram_business_basic"])
    token = exchange(platforms, back["code"][0]).json()["access_token"]
    assert platforms.get("/instagram/v26.0/me", token).status_code == 200
    assert error(platforms.container(token)) == (10, None)


def test_deny_comes_back_as_access_denied(platforms: Platforms) -> None:
    back = decide(platforms, "deny")
    assert back["error"] == ["access_denied"] and back["error_reason"] == ["user_denied"] and "code" not in back


def test_an_answer_without_a_decision_or_an_account_makes_no_code(platforms: Platforms) -> None:
    for data in ({}, {"decision": "allow"}, {"decision": "allow", "subject": "nobody"}):
        assert platforms.http.post(f"{PAGE}?{urlencode(ASKED)}", data=data).status_code == 400


def test_a_code_works_once(platforms: Platforms) -> None:
    code = decide(platforms, "allow")["code"][0]
    assert exchange(platforms, code).status_code == 200
    assert exchange(platforms, code).json()["error_message"] == "This authorization code has been used"


def test_a_code_dies_after_an_hour(platforms: Platforms) -> None:
    code = decide(platforms, "allow")["code"][0]
    platforms.clock.move(hours=1, seconds=1)
    assert "expired" in exchange(platforms, code).json()["error_message"]


@pytest.mark.parametrize(
    "changes",
    [{"client_secret": "x"}, {"redirect_uri": BACK + "/"}, {"grant_type": "x"}, {"client_id": ""}],
)
def test_a_code_is_exchanged_only_with_everything_right(platforms: Platforms, changes: dict[str, str]) -> None:
    answer = exchange(platforms, decide(platforms, "allow")["code"][0], **changes)
    assert answer.status_code == 400 and answer.json()["error_type"] == "OAuthException"
    assert exchange(platforms, "made up").json()["error_message"] == "Invalid authorization code"


def test_a_short_token_is_exchanged_with_the_secret_and_within_its_hour(platforms: Platforms) -> None:
    params = {"grant_type": "ig_exchange_token", "client_secret": "wrong", "access_token": short_token(platforms)}
    assert error(platforms.get("/instagram/access_token", **params)) == (101, None)
    platforms.clock.move(hours=1)
    assert error(platforms.get("/instagram/access_token", **params | {"client_secret": "practice"})) == (190, 463)
    assert error(platforms.get("/instagram/access_token", **params | {"grant_type": "x"})) == (100, None)


def test_a_token_is_refreshed_when_it_is_a_day_old_and_not_dead(platforms: Platforms) -> None:
    old = long_token(platforms).json()["access_token"]
    assert error(refresh(platforms, old)) == (100, None)
    platforms.clock.move(hours=24)
    new = refresh(platforms, old).json()
    assert new["access_token"] != old and new["expires_in"] == 5_184_000
    platforms.clock.move(days=59)
    assert error(platforms.get("/instagram/v26.0/me", old)) == (190, 463)
    assert error(refresh(platforms, old)) == (190, 463)
    assert platforms.get("/instagram/v26.0/me", new["access_token"]).status_code == 200
    assert error(refresh(platforms, short_token(platforms))) == (100, None)
