"""One screen at a time in Streamlit's own test browser, as somebody of the cast."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from streamlit.testing.v1 import AppTest

from services import identity, wiring
from services.kit.db import Scope
from tests.makers import screens
from tests.makers.world import World

Show = Callable[..., AppTest]


@contextmanager
def showing(world: World, screen: screens.Drawn, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    """`show(cast.ana, identity.Role.OWNER, month="2026-11")` draws this screen signed in, at that address."""

    def show(scope: Scope, role: identity.Role = identity.Role.OWNER, **query: str) -> AppTest:
        return screens.draw(screen, monkeypatch, scope, role, **query)

    wiring.use(world.web)
    yield show
    wiring.use(None)


class Shown:
    """What a test sees of a screen. Its own kind keeps what went to our components: the test browser draws none."""

    def __init__(self, show: Show) -> None:
        self._show = show

    def show(self, scope: Scope, role: identity.Role = identity.Role.OWNER, **query: str) -> AppTest:
        """Draws it; a screen that breaks fails the test."""
        test = self._show(scope, role, **query)
        assert not test.exception
        return test


def shows(screen: str) -> Callable[[World, pytest.MonkeyPatch], Iterator[Show]]:
    """The fixture `show` for a screen that needs nothing else: `show = shows("media")`."""

    @pytest.fixture
    def show(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
        with showing(world, screen, monkeypatch) as shown:
            yield shown

    return show
