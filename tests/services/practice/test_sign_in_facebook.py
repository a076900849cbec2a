"""Facebook Login on the practice platform: consent with Pages, tokens of people and Pages."""

import hashlib
import hmac
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx

from tests.makers.practice import FACEBOOK_SCOPES, PAGE_ACME, PERSON_ROBIN
from tests.services.practice.conftest import Platforms, error

BACK = "http://127.0.0.1:8501/oauth/facebook"
ASKED = {
    "client_id": "practice",
    "redirect_uri": BACK,
    "response_type": "code",
    "scope": ",".join(FACEBOOK_SCOPES),
    "state": "s1",
}
APP = {"client_id": "practice", "client_secret": "practice"}
EXCHANGE = "/facebook/v26.0/oauth/access_token"


def decide(platforms: Platforms, decision: str, **form: object) -> dict[str, list[str]]:
    data = {"subject": PERSON_ROBIN, "decision": decision, **form}
    answer = platforms.http.post(f"/facebook/v26.0/dialog/oauth?{urlencode(ASKED)}", data=data)
    assert answer.status_code == 302
    return parse_qs(urlsplit(answer.headers["location"]).query)


def from_code(platforms: Platforms, code: str, **changes: str) -> httpx.Response:
    return platforms.get(EXCHANGE, **APP | {"redirect_uri": BACK, "code": code} | changes)


def short_token(platforms: Platforms, decision: str = "allow", **form: object) -> str:
    return str(from_code(platforms, decide(platforms, decision, **form)["code"][0]).json()["access_token"])


def longer(platforms: Platforms, token: str) -> httpx.Response:
    return platforms.get(EXCHANGE, **APP, grant_type="fb_exchange_token", fb_exchange_token=token)


def pages(platforms: Platforms, token: str) -> list[dict[str, str]]:
    answer = platforms.get("/facebook/v26.0/me/accounts", token, fields="id,name,access_token,tasks")
    return list(answer.json()["data"])


def test_the_page_lets_people_tick_pages(platforms: Platforms) -> None:
    text = platforms.get("/facebook/v26.0/dialog/oauth", **ASKED).text
    assert "Robin Practice" in text and "Practice Bakery" in text and "pages_manage_posts" in text


def test_a_person_becomes_a_page_token_without_a_date(platforms: Platforms) -> None:
    made = longer(platforms, short_token(platforms)).json()
    assert made["expires_in"] == 5_184_000
    listed = pages(platforms, made["access_token"])
    assert [page["name"] for page in listed] == ["Practice Acme", "Practice Bakery"]
    assert "CREATE_CONTENT" in listed[0]["tasks"]
    assert pages(platforms, made["access_token"]) == listed
    platforms.clock.move(days=400)
    assert platforms.get("/facebook/v26.0/me", listed[0]["access_token"]).json()["id"] == PAGE_ACME
    assert error(platforms.get("/facebook/v26.0/me", made["access_token"])) == (190, 463)


def test_page_tokens_of_a_short_token_end_with_it(platforms: Platforms) -> None:
    page = pages(platforms, short_token(platforms))[0]["access_token"]
    platforms.clock.move(hours=1)
    assert error(platforms.get("/facebook/v26.0/me", page)) == (190, 463)


def test_allow_some_hides_pages_and_lists_what_was_declined(platforms: Platforms) -> None:
    token = short_token(platforms, "some", granted=["pages_show_list"], page=[PAGE_ACME])
    assert [page["id"] for page in pages(platforms, token)] == [PAGE_ACME]
    permissions = platforms.get("/facebook/v26.0/me/permissions", token).json()["data"]
    assert {"permission": "pages_show_list", "status": "granted"} in permissions
    assert {"permission": "pages_manage_posts", "status": "declined"} in permissions


def test_no_page_ticked_gives_an_empty_list_and_no_scope_an_error(platforms: Platforms) -> None:
    assert pages(platforms, short_token(platforms, "some", granted=["pages_show_list"])) == []
    token = short_token(platforms, "some", granted=["read_insights"])
    assert error(platforms.get("/facebook/v26.0/me/accounts", token)) == (10, None)


def test_deny_comes_back_as_access_denied(platforms: Platforms) -> None:
    assert decide(platforms, "deny")["error_reason"] == ["user_denied"]


def test_a_code_works_once_within_the_hour_for_its_own_address(platforms: Platforms) -> None:
    code = decide(platforms, "allow")["code"][0]
    assert from_code(platforms, code).status_code == 200
    assert error(from_code(platforms, code)) == (100, 36009)
    assert error(from_code(platforms, "made up")) == (100, 36009)
    assert error(from_code(platforms, decide(platforms, "allow")["code"][0], redirect_uri=BACK + "x")) == (100, 36008)
    late = decide(platforms, "allow")["code"][0]
    platforms.clock.move(hours=2)
    assert error(from_code(platforms, late)) == (100, 36007)


def test_tokens_are_exchanged_only_by_the_app_and_while_they_live(platforms: Platforms) -> None:
    token = short_token(platforms)
    asked = APP | {"grant_type": "fb_exchange_token", "fb_exchange_token": token}
    assert error(platforms.get(EXCHANGE, **asked | {"client_secret": "x"})) == (1, None)
    assert error(platforms.get(EXCHANGE, **asked | {"client_id": "x"})) == (101, None)
    assert error(platforms.get(EXCHANGE, **asked | {"grant_type": "x"})) == (100, None)
    assert error(longer(platforms, platforms.admin.page_token())) == (100, None)
    platforms.clock.move(hours=1)
    assert error(longer(platforms, token)) == (190, 463)


def test_debug_token_tells_what_a_token_is_worth(platforms: Platforms) -> None:
    token = platforms.admin.page_token()
    path = "/facebook/v26.0/debug_token"
    told = platforms.get(path, access_token="practice|practice", input_token=token).json()["data"]
    assert told["is_valid"] and told["type"] == "PAGE" and told["expires_at"] == 0 and told["profile_id"] == PAGE_ACME
    unknown = platforms.get(path, access_token="practice|practice", input_token="x").json()["data"]
    assert unknown["is_valid"] is False
    assert error(platforms.get(path, access_token="practice|wrong", input_token=token)) == (190, None)


def test_a_wrong_appsecret_proof_is_refused_with_100(platforms: Platforms) -> None:
    token = platforms.admin.page_token()
    proof = hmac.new(b"practice", token.encode(), hashlib.sha256).hexdigest()
    assert platforms.get("/facebook/v26.0/me", token, appsecret_proof=proof).status_code == 200
    assert error(platforms.get("/facebook/v26.0/me", token, appsecret_proof="0" * 64)) == (100, None)
