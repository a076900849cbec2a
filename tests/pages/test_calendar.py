"""The calendar screen: what is counted, shown, moved, opened and refused."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from pages.parts import calendar_list, calendar_month, month, rows
from services import identity, publishing
from tests.makers.accounts import make_channel
from tests.makers.calendar import make_listed
from tests.makers.cast import Cast
from tests.makers.world import START, World
from tests.pages.screen import Show, showing

WEDNESDAY = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def _screen() -> None:
    from pages import calendar as screen
    from pages.parts import notices

    screen.page()
    notices.show_notices()


@pytest.fixture
def told() -> SimpleNamespace:
    """What the browser does to the month and the list in the next run; and what was drawn."""
    return SimpleNamespace(month=month.MonthTold(None, None, None, None), opened=None, days={}, rows=[])


@pytest.fixture
def show(world: World, told: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    def draw_month(*_: object, **__: object) -> month.MonthTold:
        told.days = _[2]
        said, told.month = told.month, month.MonthTold(None, None, None, None)
        return said

    def draw_rows(items: list[Any], **_: object) -> Any:
        told.rows = items
        return SimpleNamespace(opened=told.opened)

    monkeypatch.setattr(calendar_month, "month", draw_month)
    monkeypatch.setattr(calendar_list, "rows", draw_rows)
    with showing(world, _screen, monkeypatch) as shown:
        yield shown


@pytest.fixture
def channel(world: World, cast: Cast) -> UUID:
    return make_channel(world, cast)


def _html(test: Any) -> str:
    return " ".join(str(one.proto.body) for one in test.get("html"))


def _due(world: World, cast: Cast, post_id: UUID) -> datetime:
    with world.web.tx(cast.ana) as tx:
        return publishing.post_detail(tx, post_id).post.due_at


def test_month_list_and_header_agree(world: World, cast: Cast, channel: UUID, show: Show, told: Any) -> None:
    for day, state in enumerate(("published", "published", "planned", "failed", "held"), start=20):
        make_listed(world, cast, channel, datetime(2026, 11, day, 9, tzinfo=UTC), state)
    make_listed(world, cast, channel, datetime(2026, 12, 1, 9, tzinfo=UTC))
    first = show(cast.ana)
    assert not first.exception
    assert "5 posts · 2 out, 1 scheduled, 2 need you · times in Berlin" in _html(first)
    drawn = sum(len(posts) for day, posts in told.days.items() if day.month == 11)
    assert len(told.days[date(2026, 12, 1)]) == 1  # the neighbour's day that shares the week
    listed = show(cast.ana, view="list")
    assert "5 posts" in _html(listed)
    assert len([row for row in told.rows if isinstance(row, rows.Row)]) == drawn == 5


def test_a_dropped_post_keeps_its_time_of_day_and_can_be_taken_back(
    world: World, cast: Cast, channel: UUID, show: Show, told: Any
) -> None:
    post_id = make_listed(world, cast, channel, WEDNESDAY)
    told.month = month.MonthTold(None, month.Moved(str(post_id), date(2026, 11, 27)), None, None)
    test = show(cast.ana)
    assert not test.exception
    assert _due(world, cast, post_id) == WEDNESDAY + timedelta(days=2)
    assert "“Made this morning” moved to Fri 27 Nov, 10:00." in _html(test)
    test.button(key="notices-take-back").click().run()
    assert _due(world, cast, post_id) == WEDNESDAY


def test_a_past_slot_and_a_published_post_are_refused_with_a_sentence(
    world: World, cast: Cast, channel: UUID, show: Show, told: Any
) -> None:
    early = make_listed(world, cast, channel, START.replace(hour=23) - timedelta(days=0, hours=15))
    told.month = month.MonthTold(None, month.Moved(str(early), START.date()), None, None)
    assert "has passed" in show(cast.ana).toast[0].value
    out = make_listed(world, cast, channel, WEDNESDAY, "publishing")
    told.month = month.MonthTold(None, month.Moved(str(out), date(2026, 11, 27)), None, None)
    assert "no longer waiting" in show(cast.ana).toast[0].value
    assert _due(world, cast, out) == WEDNESDAY


def test_a_time_that_the_new_day_does_not_have_is_refused(
    world: World, cast: Cast, channel: UUID, show: Show, told: Any
) -> None:
    at_half_past_two = datetime(2027, 3, 27, 1, 30, tzinfo=UTC)  # Berlin skips 02:30 on the 28th
    post_id = make_listed(world, cast, channel, at_half_past_two)
    told.month = month.MonthTold(None, month.Moved(str(post_id), date(2027, 3, 28)), None, None)
    assert "the clocks go forward" in show(cast.ana, month="2027-03").toast[0].value
    assert _due(world, cast, post_id) == at_half_past_two


def test_filters_and_view_are_read_from_the_address(world: World, cast: Cast, show: Show, told: Any) -> None:
    one, other = make_channel(world, cast), make_channel(world, cast, "facebook")
    make_listed(world, cast, one, WEDNESDAY, "held")
    make_listed(world, cast, other, WEDNESDAY, platform="facebook")
    assert "1 post · 1 scheduled" in _html(show(cast.ana, channel=str(other)))
    assert "1 post · 1 needs you" in _html(show(cast.ana, state="attention", view="list"))
    test = show(cast.ana, state="published")
    assert "Nothing matches these filters." in _html(test)
    test.button(key="calendar-clear-filters").click().run()
    assert "2 posts" in _html(test)
    nonsense = show(cast.ana, month="2026-13", view="<b>", state="x", channel="no-id", post="?")
    assert not nonsense.exception
    assert "2 posts" in _html(nonsense)


def test_the_months_are_walked_with_buttons(world: World, cast: Cast, channel: UUID, show: Show) -> None:
    make_listed(world, cast, channel, WEDNESDAY)
    test = show(cast.ana)
    test.button(key="calendar-after").click().run()
    test.button(key="calendar-after").click().run()
    assert "January 2027" in _html(test)
    test.button(key="calendar-today").click().run()
    assert "November 2026" in _html(test)
    test.button(key="calendar-view-list").click().run()
    assert test.query_params["view"] == "list"


def test_an_empty_calendar_says_what_it_is_for(cast: Cast, show: Show) -> None:
    test = show(cast.ana)
    assert "Nothing planned yet" in _html(test)
    looking = show(cast.vera, identity.Role.VIEWER)
    assert [button.key for button in looking.button if button.key == "calendar-first"] == []


def test_cleo_sees_nothing_of_it(world: World, cast: Cast, channel: UUID, show: Show, told: Any) -> None:
    post_id = make_listed(world, cast, channel, WEDNESDAY, title="Secret plan")
    from tests.makers.cast import make_brand

    make_brand(world, cast.other, "Elsewhere")
    test = show(cast.cleo, post=str(post_id))
    assert not test.exception
    assert "Secret plan" not in _html(test)
