"""Every route there is, as somebody from elsewhere and as nobody: nothing of Acme comes out, and nothing changes."""

import io
import re
from uuid import UUID

import psycopg
import pytest
from starlette.routing import BaseRoute, Route
from starlette.testclient import TestClient

from services import api
from tests.makers.cast import Cast
from tests.makers.identity import sign_in
from tests.makers.world import World
from tests.services.api.conftest import browser_of

ROUTES = api.routes(lambda: pytest.fail("no App was asked for while the routes were listed"))
PUBLIC = {"/health", "/healthz", "/readyz"}  # say to anybody whether we live and can work (test_health.py), no more
SECRET = b"what only Acme may read"


def _targets() -> list[tuple[str, str]]:
    return [
        (method, route.path)
        for route in ROUTES
        if isinstance(route, Route)
        for method in sorted(route.methods or set())
        if method != "HEAD"
    ]


def _filled(path: str, acme: UUID, key: str) -> str:
    """The route's path with Acme's own organisation, file key and ids in the place of its parameters."""

    def value(match: re.Match[str]) -> str:
        return key if match[2] == "path" or "key" in match[1] else str(acme)

    return re.sub(r"\{(\w+)(?::(\w+))?\}", value, path)


def _rows(world: World, acme: UUID) -> list[tuple[object, ...]]:
    """How many rows Acme has, table by table."""
    with psycopg.connect(world.addresses.admin) as connection:
        tables = connection.execute(
            "select table_schema || '.' || table_name from information_schema.columns "
            "where table_schema in ('app', 'private') and column_name = 'org_id' order by 1"
        ).fetchall()
        return [
            (name, connection.execute(f"select count(*) from {name} where org_id = %s", [acme]).fetchone())
            for (name,) in tables
        ]


@pytest.fixture
def key(world: World, cast: Cast) -> str:
    name = f"{cast.acme}/{world.web.ids.new()}.png"
    world.web.files.put(name, io.BytesIO(SECRET), "image/png")
    return name


@pytest.fixture(params=["Cleo", "nobody"])
def outsider(world: World, cast: Cast, request: pytest.FixtureRequest) -> TestClient:
    browser = browser_of(world)
    if request.param == "Cleo":
        browser.cookies.set("ld_sid", sign_in(world, cast.cleo))
    return browser


def test_every_route_is_walked() -> None:
    assert all(isinstance(route, Route) for route in ROUTES), "teach the walk this kind of route"
    assert len(_targets()) >= 10


@pytest.mark.parametrize(("method", "path"), _targets())
def test_an_outsider_gets_nothing_from_any_route(
    world: World, cast: Cast, outsider: TestClient, key: str, method: str, path: str
) -> None:
    before = _rows(world, cast.acme)
    fields = {"org": str(cast.acme), "token": "guess", "email": "eve@evil.example", "password": "x", "state": "guess"}
    sends = {"data": fields} if method == "POST" else {"params": fields | {"code": "guess", "exp": "9", "sig": "0"}}
    answer = outsider.request(method, _filled(path, cast.acme, key), **sends)  # type: ignore[arg-type]
    if path in PUBLIC:
        assert set(answer.json()) <= {"status", "checks"}
        assert str(cast.acme) not in answer.text
    else:
        assert answer.status_code in (302, 303, 307, 404, 405), answer.text
        assert not answer.headers.get("location", "/").startswith(("http:", "https:", "//"))
    assert SECRET not in answer.content
    assert b"Acme" not in answer.content
    assert _rows(world, cast.acme) == before


@pytest.mark.parametrize("query", ["", "exp=9999999999&sig=0", "exp=9999999999", "sig=", "exp=%00&sig=%F0"])
def test_a_stored_file_needs_its_signature(outsider: TestClient, key: str, query: str) -> None:
    answer = outsider.get(f"/files/{key}?{query}")
    assert answer.status_code == 404
    assert SECRET not in answer.content


def _names(routes: list[BaseRoute]) -> list[str]:
    return [route.path for route in routes if isinstance(route, Route)]


def test_no_route_shadows_another() -> None:
    assert len(set(_names(ROUTES))) == len(_names(ROUTES))
