"""Out to the platform and back, as a browser does it."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from services import accounts, api
from services.kit.db import Scope
from tests.makers.accounts import on_practice
from tests.makers.cast import Cast
from tests.makers.identity import sign_in
from tests.makers.practice import INSTAGRAM_ACME, PERSON_ROBIN, RunningPractice, running_practice
from tests.makers.world import World

ORIGIN = "http://127.0.0.1:8501"


@pytest.fixture
def practice(world: World, tmp_path: Path) -> Iterator[RunningPractice]:
    with running_practice(tmp_path, clock=world.clock) as running:
        yield running


def browser_of(world: World, practice: RunningPractice, who: Scope | None) -> TestClient:
    web = on_practice(world.web, practice.base)
    app = Starlette(routes=api.routes(lambda: web), middleware=api.middleware(lambda: web))
    cookies = {api.SESSION_COOKIE: sign_in(world, who)} if who else {}
    return TestClient(app, base_url=ORIGIN, follow_redirects=False, cookies=cookies)


def start(cast: Cast, platform: str = "instagram") -> str:
    return f"/oauth/start?platform={platform}&brand={cast.brand}&practice=1"


def sent(answer_location: str) -> tuple[str, dict[str, list[str]]]:
    parts = urlsplit(answer_location)
    return parts.path, parse_qs(parts.query)


def test_a_browser_connects_an_account_and_lands_on_channels(
    world: World, practice: RunningPractice, cast: Cast
) -> None:
    browser = browser_of(world, practice, cast.ana)
    left = browser.get(start(cast))
    assert left.status_code == 303
    assert left.headers["location"].startswith(f"{practice.base}/instagram/oauth/authorize?")
    back = practice.sign_in(left.headers["location"], subject=INSTAGRAM_ACME)
    assert back.startswith(f"{ORIGIN}/oauth/return/instagram?")
    path, query = sent(browser.get(back.removeprefix(ORIGIN)).headers["location"])
    with world.web.tx(cast.ana) as tx:
        [channel] = accounts.channels(tx)
    assert (path, query) == ("/channels", {"connected": [str(channel.id)]})
    again = browser.get(back.removeprefix(ORIGIN)).headers["location"]
    assert sent(again) == ("/channels", {"problem": ["invalid"]})


def test_several_pages_and_a_refusal_are_told_on_channels(world: World, practice: RunningPractice, cast: Cast) -> None:
    browser = browser_of(world, practice, cast.ana)
    left = browser.get(start(cast, "facebook")).headers["location"]
    back = practice.sign_in(left, subject=PERSON_ROBIN)
    assert sent(browser.get(back.removeprefix(ORIGIN)).headers["location"]) == ("/channels", {"choose": ["1"]})
    left = browser.get(start(cast)).headers["location"]
    back = practice.sign_in(left, subject=INSTAGRAM_ACME, decision="deny")
    location = browser.get(back.removeprefix(ORIGIN)).headers["location"]
    assert sent(location) == ("/channels", {"problem": ["denied"]})
    assert accounts.sentence_for("denied") == "You did not allow access, so nothing was connected."
    assert accounts.sentence_for("<script>") is None


def test_what_is_wrong_leads_back_with_a_code(world: World, practice: RunningPractice, cast: Cast) -> None:
    browser = browser_of(world, practice, cast.ana)
    other = f"/oauth/start?platform=instagram&practice=1&brand={uuid4()}"
    for address, code in (
        (start(cast, "elsewhere"), "platform"),
        (f"/oauth/start?platform=instagram&brand={cast.brand}", "platform"),
        ("/oauth/start?platform=instagram&practice=1&brand=nonsense", "gone"),
        (f"{start(cast)}&channel=nonsense", "gone"),
        (f"{start(cast)}&channel={uuid4()}", "gone"),
        (other, "gone"),
        ("/oauth/return/instagram", "invalid"),
        ("/oauth/return/instagram?state=x&code=y", "invalid"),
        ("/oauth/return/nowhere?state=x&code=y", "invalid"),
    ):
        assert sent(browser.get(address).headers["location"]) == ("/channels", {"problem": [code]}), address
    editor = browser_of(world, practice, cast.ben)
    assert sent(editor.get(start(cast)).headers["location"]) == ("/channels", {"problem": ["role"]})


def test_strangers_and_other_sites_begin_nothing(world: World, practice: RunningPractice, cast: Cast) -> None:
    nobody = browser_of(world, practice, None)
    assert nobody.get(start(cast)).headers["location"] == "/channels"
    assert nobody.get("/oauth/return/instagram?state=x&code=y").headers["location"] == "/channels"
    browser = browser_of(world, practice, cast.ana)
    lured = browser.get(start(cast), headers={"sec-fetch-site": "cross-site"})
    assert lured.headers["location"] == "/channels"
    cleo = browser_of(world, practice, cast.cleo)
    assert sent(cleo.get(start(cast)).headers["location"]) == ("/channels", {"problem": ["gone"]})
