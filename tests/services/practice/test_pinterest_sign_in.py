"""Sign-in to practice Pinterest: a code, two tokens, and renewals that replace both."""

import httpx

from services.practice.seeds import ACCOUNTS
from tests.services.practice.conftest import Platforms
from tests.services.practice.test_pinterest import SCOPES, V5, refusal

ACME = next(iter(ACCOUNTS["pinterest"]))
BACK = "http://127.0.0.1:8501/oauth/return/pinterest"


def signed_in(platforms: Platforms) -> str:
    asked = {"client_id": "practice", "redirect_uri": BACK, "response_type": "code", "state": "s"}
    address = httpx.URL("/pinterest/oauth/").copy_merge_params(asked | {"scope": ",".join(SCOPES)})
    assert "Practice Acme" in platforms.http.get(address).text
    sent = platforms.http.post(address, data={"subject": ACME, "decision": "allow"})
    return httpx.URL(sent.headers["location"]).params["code"]


def exchange(platforms: Platforms, app: tuple[str, str] = ("practice", "practice"), **form: str) -> httpx.Response:
    return platforms.http.post(f"{V5}/oauth/token", data=form, auth=app)


def test_a_code_gives_two_tokens_and_a_renewal_ends_the_one_it_used(platforms: Platforms) -> None:
    form = {"grant_type": "authorization_code", "code": signed_in(platforms), "redirect_uri": BACK}
    first = exchange(platforms, **form).json()
    assert (first["expires_in"], first["refresh_token_expires_in"]) == (2_592_000, 5_184_000)
    assert first["scope"].split() == list(SCOPES)
    who = platforms.get(f"{V5}/user_account", first["access_token"]).json()
    assert (who["id"], who["username"], who["business_name"]) == (ACME, "practice_acme", "Practice Acme")
    assert refusal(exchange(platforms, **form)) == (400, 1)
    renewal = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    second = exchange(platforms, **renewal).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert refusal(exchange(platforms, **renewal)) == (400, 1)
    assert platforms.get(f"{V5}/boards", second["access_token"]).status_code == 200
    platforms.clock.move(days=61)
    late = {"grant_type": "refresh_token", "refresh_token": second["refresh_token"]}
    assert refusal(exchange(platforms, **late)) == (400, 1)


def test_a_token_is_given_to_the_app_alone_and_for_the_right_address(platforms: Platforms) -> None:
    form = {"grant_type": "authorization_code", "code": signed_in(platforms)}
    assert refusal(exchange(platforms, app=("practice", "wrong"), **form, redirect_uri=BACK)) == (401, 2)
    assert refusal(exchange(platforms, grant_type="password")) == (400, 1)
    assert refusal(platforms.http.post(f"{V5}/oauth/token", json=form, auth=("practice", "practice"))) == (400, 1)
    assert refusal(exchange(platforms, **form, redirect_uri=BACK + "/x")) == (400, 1)
    platforms.clock.move(seconds=601)
    late = {"grant_type": "authorization_code", "code": signed_in(platforms), "redirect_uri": BACK}
    platforms.clock.move(seconds=601)
    assert refusal(exchange(platforms, **late)) == (400, 1)
