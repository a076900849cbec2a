"""Signing in over HTTP: the cookie, where one lands, and what an address may say."""

from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from services import api, identity
from tests.makers.cast import Cast
from tests.makers.identity import PASSWORD, give_password
from tests.makers.world import World
from tests.services.api.conftest import browser_of


def _sign_in(browser: TestClient, email: str, password: str = PASSWORD, next_path: str = "/") -> str:
    answer = browser.post("/auth/sign-in", data={"email": email, "password": password, "next": next_path})
    assert answer.status_code == 303
    assert answer.headers["cache-control"] == "no-store"
    return answer.headers["location"]


def _person(world: World, browser: TestClient) -> identity.Viewer | None:
    return identity.viewer(world.web, browser.cookies.get("ld_sid"))


def test_the_cookie_is_http_only_lax_and_lasts_thirty_days(world: World, cast: Cast, browser: TestClient) -> None:
    email = give_password(world, cast.ana)
    answer = browser.post("/auth/sign-in", data={"email": email, "password": PASSWORD})
    parts = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")[1:]}
    assert parts == {"httponly", "samesite=lax", "path=/", "max-age=2592000"}
    person = _person(world, browser)
    assert person is not None and person.email == email


def test_a_wrong_password_goes_back_with_a_code_and_no_cookie(world: World, cast: Cast, browser: TestClient) -> None:
    location = _sign_in(browser, give_password(world, cast.ana), "wrong", "/approvals?state=waiting")
    assert location == "/approvals?state=waiting&problem=wrong-sign-in"
    assert "ld_sid" not in browser.cookies
    assert api.problem_sentence("wrong-sign-in") == "The e-mail or the password is not right."


@pytest.mark.parametrize(
    ("asked", "lands"),
    [
        ("/calendar?month=2026-11", "/calendar?month=2026-11"),
        ("/competitors?q=a%20b&q=c", "/competitors?q=a+b&q=c"),
        ("/?problem=wrong-sign-in&tab=x&setup=t", "/?tab=x"),
        ("//evil.example", "/"),
        ("///evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("evil.example", "/"),
        ("/auth/sign-out", "/"),
        ("/x\r\nset-cookie: a=b", "/"),
        ("", "/"),
    ],
)
def test_signing_in_leads_to_our_own_pages_only(
    world: World, cast: Cast, browser: TestClient, asked: str, lands: str
) -> None:
    assert _sign_in(browser, give_password(world, cast.ana), next_path=asked) == lands


def test_signing_out_ends_the_session_and_forgets_the_cookie(world: World, cast: Cast, browser: TestClient) -> None:
    _sign_in(browser, give_password(world, cast.ana))
    session = browser.cookies["ld_sid"]
    assert browser.post("/auth/sign-out").headers["location"] == "/"
    assert "ld_sid" not in browser.cookies
    assert identity.viewer(world.web, session) is None


def test_signing_out_everywhere_reaches_the_other_browser(world: World, cast: Cast, browser: TestClient) -> None:
    other, email = browser_of(world), give_password(world, cast.ana)
    for one in (browser, other):
        _sign_in(one, email)
    browser.post("/auth/sign-out-everywhere")
    assert _person(world, other) is None
    assert other.post("/auth/sign-out-everywhere").status_code == 303


def test_an_invitation_is_accepted_and_a_password_reset_over_http(
    world: World, cast: Cast, browser: TestClient
) -> None:
    with world.web.tx(cast.ana) as tx:
        token = identity.invite(tx, f"{tx.new_id().hex}@example.com", identity.Role.VIEWER)
    back = browser.post("/auth/invitation", data={"token": token, "your_name": "Nia", "password": "short"})
    assert back.headers["location"] == f"/?invite={token}&your_name=Nia&problem=password-too-weak"
    browser.post("/auth/invitation", data={"token": token, "your_name": "Nia", "password": PASSWORD})
    person = _person(world, browser)
    assert person is not None and person.org_id == cast.acme
    link = identity.make_password_link(world.web, cast.ana, person.user_id)
    differ = {"token": link, "password": "a new sentence", "again": "another one"}
    assert "passwords-differ" in browser.post("/auth/reset", data=differ).headers["location"]
    browser.post("/auth/reset", data=differ | {"again": "a new sentence"})
    assert _sign_in(browser_of(world), person.email, "a new sentence") == "/"


def test_a_password_is_changed_by_its_owner_only(world: World, cast: Cast, browser: TestClient) -> None:
    form = {"present": PASSWORD, "password": "a new sentence", "again": "a new sentence"}
    assert browser.post("/auth/password", data=form).headers["location"] == "/account"
    email = give_password(world, cast.ana)
    _sign_in(browser, email)
    wrong = browser.post("/auth/password", data=form | {"present": "not it"})
    assert wrong.headers["location"] == "/account?problem=password-wrong"
    assert browser.post("/auth/password", data=form).headers["location"] == "/account?told=password-changed"
    assert _sign_in(browser_of(world), email, "a new sentence") == "/"


def test_nobody_moves_into_an_organisation_they_do_not_belong_to(world: World, cast: Cast, browser: TestClient) -> None:
    _sign_in(browser, give_password(world, cast.cleo))
    for org in (str(cast.acme), "x", ""):
        location = browser.post("/auth/organisation", data={"org": org}).headers["location"]
        assert parse_qs(urlsplit(location).query)["problem"] == ["member-gone"]
    person = _person(world, browser)
    assert person is not None and person.org_id == cast.other


def test_a_sentence_is_never_taken_from_the_address() -> None:
    for code in ("<script>", "your account is closed", "", "link-spent'"):
        assert api.problem_sentence(code) == "That did not work. Nothing was changed; try again."


def test_huge_and_lengthless_forms_are_refused_unread(browser: TestClient) -> None:
    assert browser.post("/auth/sign-in", content=b"x" * 20_000).status_code == 413
    assert browser.post("/auth/sign-in", content=iter([b"email=a"])).status_code == 411
    assert browser.post("/auth/set-up", content=b"x" * 3_000_000).status_code == 413


def test_health_says_whether_the_database_answers(world: World, browser: TestClient) -> None:
    assert browser.get("/health").json() == {"status": "ok"}
