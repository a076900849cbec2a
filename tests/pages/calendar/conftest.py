"""The calendar's screen as a test shows it: what is drawn is kept, and what the browser does is told."""

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from pages.parts import calendar_list, calendar_month, month
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.world import World
from tests.pages.screen import Show, showing

WEDNESDAY = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
NOTHING = month.MonthTold(None, None, None, None)


@pytest.fixture
def told() -> SimpleNamespace:
    """What the browser does to the grid, or opens in the list, in the next run; what was drawn; where one was sent."""
    return SimpleNamespace(grid=NOTHING, opened=None, days={}, drawn={}, rows=[], gone=None)


@pytest.fixture
def show(world: World, told: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    def drawn(days: Any, **also: Any) -> month.MonthTold:
        told.days, told.drawn = days, also
        said, told.grid = told.grid, NOTHING
        return said

    def draw_month(_: int, __: int, days: Any, **also: Any) -> month.MonthTold:
        return drawn(days, **also)

    def draw_week(columns: Any, days: Any, clocks: Any, **also: Any) -> month.MonthTold:
        shown = {day: posts for day, posts in days.items() if day in columns}
        return drawn(shown, columns=columns, clocks=clocks, **also)

    def draw_rows(items: list[Any], **_: object) -> Any:
        told.rows = items
        return SimpleNamespace(opened=told.opened)

    monkeypatch.setattr(calendar_month, "month", draw_month)
    monkeypatch.setattr(calendar_month, "week", draw_week)
    monkeypatch.setattr(calendar_list, "rows", draw_rows)
    monkeypatch.setattr(calendar_month.paths, "go", lambda name, **asked: setattr(told, "gone", (name, asked)))
    with showing(world, "calendar", monkeypatch) as shown:
        yield shown


@pytest.fixture
def channel(world: World, cast: Cast) -> UUID:
    return make_channel(world, cast)
