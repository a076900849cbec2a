"""The Channels screen, which offers practice platforms; what it says and what can be pressed."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from tests.makers.accounts import on_practice
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.screen import Show, showing


@pytest.fixture
def show(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    desk = replace(world, web=on_practice(world.web, "http://127.0.0.1:8601"))
    with showing(desk, "channels", monkeypatch) as shown:
        yield shown


def text_of(test: AppTest) -> str:
    """Everything drawn as markup or message."""
    return "\n".join([texts(test), *(one.value for one in test.error)])


def labels(test: AppTest) -> list[str]:
    return [button.label for button in test.button]
