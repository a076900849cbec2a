"""The web without Streamlit: our routes and middleware, driven over ASGI."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from services import api
from tests.conftest import PASSWORDS
from tests.makers.identity import empty_database
from tests.makers.world import World, make_world

ORIGIN = "http://127.0.0.1:8501"

Browser = Callable[[], TestClient]


def browser_of(world: World) -> TestClient:
    app = Starlette(routes=api.routes(lambda: world.web), middleware=api.middleware(lambda: world.web))
    return TestClient(app, base_url=ORIGIN, headers={"origin": ORIGIN}, follow_redirects=False)


@pytest.fixture
def browser(world: World) -> TestClient:
    """A browser that keeps cookies and follows no redirect."""
    return browser_of(world)


@pytest.fixture
def fresh(cluster: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    """An installation that nobody has set up."""
    with empty_database(cluster, f"fresh_{abs(hash(request.node.nodeid)):x}", PASSWORDS) as addresses:
        made = make_world(addresses, tmp_path)
        yield made
        made.close()
