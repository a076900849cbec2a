"""Signing in with Google, from the button to the page one wanted, against the stand-in."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from services import identity
from services.identity.providers.supabase import SupabaseIdentity
from services.kit.http import make_client
from tests.makers.cast import Cast
from tests.makers.identity import email_of
from tests.makers.world import World
from tests.services.api.conftest import browser_of
from tests.stand_ins.supabase_auth import PUBLISHABLE_KEY, SECRET_KEY, StandIn, serving


@pytest.fixture
def project() -> Iterator[StandIn]:
    with serving() as made:
        yield made


@pytest.fixture
def hosted(world: World, project: StandIn) -> World:
    provider = SupabaseIdentity(project.url, PUBLISHABLE_KEY, SECRET_KEY, make_client(5.0), has_google=True)
    return replace(world, web=replace(world.web, identity=provider))


def _known(project: StandIn, scope_id: object, email: str) -> None:
    project.users[str(scope_id)] = {"id": str(scope_id), "email": email, "user_metadata": {}}


def _leave(browser: TestClient, next_path: str = "/") -> str:
    answer = browser.get("/auth/google", params={"next": next_path})
    assert answer.status_code == 303
    return answer.headers["location"]


def test_a_member_comes_back_signed_in_where_they_wanted_to_go(hosted: World, cast: Cast, project: StandIn) -> None:
    browser, email = browser_of(hosted), email_of(hosted, cast.ben)
    _known(project, cast.ben.user_id, email)
    code = project.sign_in_with_google(_leave(browser, "/calendar?month=2026-12"), email, "Ben")
    answer = browser.get("/auth/google/return", params={"code": code})
    assert answer.headers["location"] == "/calendar?month=2026-12"
    person = identity.viewer(hosted.web, browser.cookies["ld_sid"])
    assert person is not None and person.user_id == cast.ben.user_id


def test_another_browser_cannot_use_the_return(hosted: World, cast: Cast, project: StandIn) -> None:
    mine, theirs, email = browser_of(hosted), browser_of(hosted), email_of(hosted, cast.ben)
    _known(project, cast.ben.user_id, email)
    code = project.sign_in_with_google(_leave(mine), email, "Ben")
    for browser in (theirs, browser_of(hosted)):
        answer = browser.get("/auth/google/return", params={"code": code})
        assert answer.headers["location"] == "/?problem=link-spent"
        assert "ld_sid" not in browser.cookies
    _leave(theirs)
    assert theirs.get("/auth/google/return", params={"code": code}).headers["location"] == "/?problem=link-spent"


def test_a_google_account_without_membership_gets_nowhere(hosted: World, project: StandIn) -> None:
    browser = browser_of(hosted)
    code = project.sign_in_with_google(_leave(browser), "stranger@example.com", "Stranger")
    answer = browser.get("/auth/google/return", params={"code": code})
    assert answer.headers["location"] == "/?problem=no-organisation"
    assert "ld_sid" not in browser.cookies


def test_without_google_the_button_leads_back(world: World, browser: TestClient) -> None:
    assert _leave(browser) == "/?problem=google-off"
