"""A screen drawn for one person, without a browser."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import doors
from services import identity
from services.kit.db import Scope

Drawn = str | Callable[[], None]  # a screen of ours by the name of its file, or what draws
_SCREEN = "from pages import {} as screen\nfrom pages.parts import notices\n\nscreen.page()\nnotices.show_notices()\n"


def viewer_of(scope: Scope, role: identity.Role) -> identity.Viewer:
    assert scope.org_id and scope.user_id
    return identity.Viewer(
        user_id=scope.user_id, org_id=scope.org_id, org_name="Acme", role=role, display_name="Ana", email="a@b.example"
    )


def draw(screen: Drawn, monkeypatch: pytest.MonkeyPatch, scope: Scope, role: identity.Role, **query: str) -> AppTest:
    """Run a screen as this person, at an address with this query."""
    person = viewer_of(scope, role)
    monkeypatch.setattr(doors, "viewer", lambda: person)
    if isinstance(screen, str):
        test = AppTest.from_string(_SCREEN.format(screen), default_timeout=30)
    else:
        test = AppTest.from_function(screen, default_timeout=30)
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def texts(test: AppTest) -> str:
    """All markup of the run."""
    return " ".join(str(element.proto.body) for element in test.get("html"))


def press_inside(test: AppTest, opener: str, button: str) -> None:
    """Press a button in a drawer; the test browser draws a drawer only in the run that opens it."""
    test.button(key=opener).click()
    test.button(key=button).click().run()


def went(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """Notes where a screen wants to go, instead of going."""
    from pages.parts import paths

    found: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(paths, "go", lambda name, **query: found.append((name, query)))
    return found
