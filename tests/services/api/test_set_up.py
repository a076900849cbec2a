"""The first start over HTTP: the link, the form, and everything at once or nothing."""

import io
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from PIL import Image
from starlette.testclient import TestClient

from services import brands, identity
from services.kit.db import Scope
from tests.makers.identity import PASSWORD, audited
from tests.makers.world import World
from tests.services.api.conftest import browser_of

FORM = {
    "organisation": "Acme",
    "your_name": "Ana Holm",
    "email": "Ana@Acme.example",
    "password": PASSWORD,
    "brand": "Acme Gelato",
    "web_address": "acme.example",
    "time_zone": "Europe/Oslo",
    "colour1": "#4b47d1",
    "colour2": "#ffd9a0",
    "colour3": "#4b47d1",
}


def _token(world: World) -> str:
    link = identity.set_up_link(world.web)
    assert link is not None and link.startswith(f"{world.web.settings.public_url}/?setup=")
    return link.split("=", 1)[1]


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, "PNG")
    return out.getvalue()


def _post(browser: TestClient, token: str, logo: bytes | None = None, **changes: str) -> str:
    """Where the browser is sent."""
    files = {"logo": ("logo.png", logo if logo is not None else b"", "image/png")}
    answer = browser.post("/auth/set-up", data=FORM | {"token": token} | changes, files=files)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def _problem(location: str) -> str:
    return parse_qs(urlsplit(location).query).get("problem", [""])[0]


def _count(world: World, table: str) -> int:
    with psycopg.connect(world.addresses.admin) as connection:
        row = connection.execute(f"select count(*) from {table}").fetchone()
    assert row is not None
    return int(row[0])


def test_the_link_makes_owner_organisation_and_brand_and_signs_the_owner_in(fresh: World) -> None:
    browser = browser_of(fresh)
    assert _post(browser, _token(fresh), _png()) == "/"
    person = identity.viewer(fresh.web, browser.cookies["ld_sid"])
    assert person is not None
    assert (person.display_name, person.email, person.role) == ("Ana Holm", "ana@acme.example", identity.Role.OWNER)
    with fresh.web.tx(Scope(person.org_id, person.user_id)) as tx:
        (brand,) = brands.brands(tx)
    assert (brand.name, brand.web_address, brand.time_zone) == ("Acme Gelato", "https://acme.example", "Europe/Oslo")
    assert brand.colours == ["#4B47D1", "#FFD9A0"]
    assert brand.logo_key is not None
    with fresh.web.files.open(brand.logo_key) as stored:
        assert stored.read(8) == b"\x89PNG\r\n\x1a\n"
    assert audited(fresh, person.org_id, "set_up") == 1
    assert identity.set_up_link(fresh.web) is None


@pytest.mark.parametrize("token", ["", "guess", "x" * 5000])
def test_nobody_claims_the_installation_without_the_link(fresh: World, token: str) -> None:
    identity.set_up_link(fresh.web)
    assert _problem(_post(browser_of(fresh), token)) == "link-spent"
    assert _count(fresh, "app.organisations") == _count(fresh, "auth.users") == 0


def test_the_link_expires_after_a_day(fresh: World) -> None:
    token = _token(fresh)
    fresh.clock.move(hours=24, seconds=1)
    assert _problem(_post(browser_of(fresh), token)) == "link-spent"


def test_a_second_link_is_worth_nothing_once_an_organisation_exists(fresh: World) -> None:
    first, second = _token(fresh), _token(fresh)
    assert _post(browser_of(fresh), first) == "/"
    assert _problem(_post(browser_of(fresh), second, email="eve@evil.example")) == "already-set-up"
    assert _count(fresh, "app.organisations") == 1


@pytest.mark.parametrize("same_link", [True, False])
def test_of_two_set_ups_at_once_one_happens(fresh: World, same_link: bool) -> None:
    first = _token(fresh)
    tokens = [first, first if same_link else _token(fresh)] * 2
    browsers = [browser_of(fresh) for _ in tokens]
    with ThreadPoolExecutor(4) as pool:
        went = list(pool.map(lambda n: _post(browsers[n], tokens[n], email=f"p{n}@acme.example"), range(4)))
    assert went.count("/") == 1
    assert [_count(fresh, t) for t in ("app.organisations", "app.brands", "auth.users", "app.org_members")] == [1] * 4


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"time_zone": "Mars/Olympus"}, "time-zone-wrong"),
        ({"colour2": "red"}, "colour-wrong"),
        ({"web_address": "javascript:alert(1)"}, "web-address-wrong"),
        ({"password": "short"}, "password-too-weak"),
        ({"email": "not an address"}, "email-wrong"),
        ({"your_name": " "}, "name-wrong"),
    ],
)
def test_a_wrong_field_makes_nothing_and_keeps_what_was_entered(
    fresh: World, changes: dict[str, str], problem: str
) -> None:
    token = _token(fresh)
    location = _post(browser_of(fresh), token, **changes)
    kept = parse_qs(urlsplit(location).query)
    assert kept["problem"] == [problem]
    assert kept["setup"] == [token]
    assert kept["organisation"] == ["Acme"]
    assert PASSWORD not in location
    assert _count(fresh, "app.organisations") == _count(fresh, "auth.users") == 0
    assert _post(browser_of(fresh), token) == "/"


def test_a_logo_that_is_no_picture_makes_nothing(fresh: World) -> None:
    token = _token(fresh)
    assert _problem(_post(browser_of(fresh), token, b"<svg onload=alert(1)>")) == "logo-wrong"
    assert _count(fresh, "app.organisations") == 0
