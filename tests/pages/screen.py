"""One screen at a time in Streamlit's own test browser, as somebody of the cast."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import doors
from services import identity, wiring
from services.kit.db import Scope
from tests.makers.world import World

Show = Callable[..., AppTest]


@contextmanager
def showing(world: World, draw: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    """`show(cast.ana, identity.Role.OWNER, month="2026-11")` runs `draw` signed in, at that address."""

    def show(scope: Scope, role: identity.Role = identity.Role.OWNER, **query: str) -> AppTest:
        assert scope.org_id and scope.user_id
        person = identity.Viewer(
            user_id=scope.user_id,
            org_id=scope.org_id,
            org_name="Acme",
            role=role,
            display_name="Ana",
            email="ana@example.com",
        )
        monkeypatch.setattr(doors, "viewer", lambda: person)
        test = AppTest.from_function(draw, default_timeout=30)
        for name, value in query.items():
            test.query_params[name] = value
        return test.run()

    wiring.use(world.web)
    yield show
    wiring.use(None)
