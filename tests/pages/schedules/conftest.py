"""The screen of schedules as a test shows it: what is drawn is kept, and what the browser presses is told."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from pages.parts import schedule_acts, schedule_course, schedule_list, schedule_table
from tests.makers.world import World
from tests.pages.screen import Show, showing

NOTHING = schedule_table.Pressed(None, None, None)
HOSTILE = "<img src=x onerror=alert(1)> :red[x]"


@pytest.fixture
def told() -> SimpleNamespace:
    """What the browser presses on the table in the next run; what was drawn; where the person was sent."""
    return SimpleNamespace(pressed=NOTHING, lines=[], rows=[], sent=[])


@pytest.fixture
def show(world: World, told: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    def draw_table(lines: list[schedule_table.Line], **_: object) -> schedule_table.Pressed:
        told.lines = lines
        said, told.pressed = told.pressed, NOTHING
        return said

    def draw_rows(items: list[Any], **_: object) -> Any:
        told.rows = items
        return SimpleNamespace(opened=None)

    monkeypatch.setattr(schedule_list, "table", draw_table)
    monkeypatch.setattr(schedule_course, "rows", draw_rows)
    monkeypatch.setattr(schedule_acts.paths, "go", lambda name, **query: told.sent.append((name, query)))
    with showing(world, "schedules", monkeypatch) as shown:
        yield shown
