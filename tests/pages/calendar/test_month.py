"""The calendar screen: what is counted, shown, moved, opened and refused."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from pages.parts import month, rows
from services import identity
from tests.makers.accounts import make_channel
from tests.makers.calendar import due_of, make_listed
from tests.makers.cast import Cast, make_brand
from tests.makers.screens import texts
from tests.makers.world import START, World
from tests.pages.calendar.conftest import WEDNESDAY
from tests.pages.screen import Show


def test_month_list_and_header_agree(world: World, cast: Cast, channel: UUID, show: Show, told: Any) -> None:
    for day, state in enumerate(("published", "published", "planned", "failed", "held"), start=20):
        make_listed(world, cast, channel, datetime(2026, 11, day, 9, tzinfo=UTC), state)
    make_listed(world, cast, channel, datetime(2026, 12, 1, 9, tzinfo=UTC))
    first = show(cast.ana)
    assert not first.exception
    assert "5 posts · 2 out, 1 scheduled, 2 need you · times in Berlin" in texts(first)
    drawn = sum(len(posts) for day, posts in told.days.items() if day.month == 11)
    assert len(told.days[date(2026, 12, 1)]) == 1  # the neighbour's day that shares the week
    listed = show(cast.ana, view="list")
    assert "5 posts" in texts(listed)
    assert len([row for row in told.rows if isinstance(row, rows.Row)]) == drawn == 5


def test_a_dropped_post_keeps_its_time_of_day_and_can_be_taken_back(
    world: World, cast: Cast, channel: UUID, show: Show, told: Any
) -> None:
    post_id = make_listed(world, cast, channel, WEDNESDAY)
    told.grid = month.MonthTold(None, month.Moved(str(post_id), date(2026, 11, 27)), None, None)
    test = show(cast.ana)
    assert not test.exception
    assert due_of(world, cast, post_id) == WEDNESDAY + timedelta(days=2)
    assert "“Made this morning” moved to Fri 27 Nov, 10:00." in texts(test)
    test.button(key="notices-take-back").click().run()
    assert due_of(world, cast, post_id) == WEDNESDAY


def test_a_past_slot_and_a_published_post_are_refused_with_a_sentence(
    world: World, cast: Cast, channel: UUID, show: Show, told: Any
) -> None:
    early = make_listed(world, cast, channel, START.replace(hour=23) - timedelta(days=0, hours=15))
    told.grid = month.MonthTold(None, month.Moved(str(early), START.date()), None, None)
    assert "has passed" in show(cast.ana).toast[0].value
    out = make_listed(world, cast, channel, WEDNESDAY, "publishing")
    told.grid = month.MonthTold(None, month.Moved(str(out), date(2026, 11, 27)), None, None)
    assert "no longer waiting" in show(cast.ana).toast[0].value
    assert due_of(world, cast, out) == WEDNESDAY


def test_a_time_that_the_new_day_does_not_have_is_refused(
    world: World, cast: Cast, channel: UUID, show: Show, told: Any
) -> None:
    at_half_past_two = datetime(2027, 3, 27, 1, 30, tzinfo=UTC)  # Berlin skips 02:30 on the 28th
    post_id = make_listed(world, cast, channel, at_half_past_two)
    told.grid = month.MonthTold(None, month.Moved(str(post_id), date(2027, 3, 28)), None, None)
    assert "the clocks go forward" in show(cast.ana, month="2027-03").toast[0].value
    assert due_of(world, cast, post_id) == at_half_past_two


def test_filters_and_view_are_read_from_the_address(world: World, cast: Cast, show: Show, told: Any) -> None:
    one, other = make_channel(world, cast), make_channel(world, cast, "facebook")
    make_listed(world, cast, one, WEDNESDAY, "held")
    make_listed(world, cast, other, WEDNESDAY, platform="facebook")
    assert "1 post · 1 scheduled" in texts(show(cast.ana, channel=str(other)))
    assert "1 post · 1 needs you" in texts(show(cast.ana, state="attention", view="list"))
    test = show(cast.ana, state="published")
    assert "Nothing matches these filters." in texts(test)
    test.button(key="calendar-clear-filters").click().run()
    assert "2 posts" in texts(test)
    nonsense = show(cast.ana, month="2026-13", view="<b>", state="x", channel="no-id", post="?")
    assert not nonsense.exception
    assert "2 posts" in texts(nonsense)


def test_the_months_are_walked_with_buttons(world: World, cast: Cast, channel: UUID, show: Show) -> None:
    make_listed(world, cast, channel, WEDNESDAY)
    test = show(cast.ana)
    test.button(key="calendar-after").click().run()
    test.button(key="calendar-after").click().run()
    assert "January 2027" in texts(test)
    test.button(key="calendar-today").click().run()
    assert "November 2026" in texts(test)
    test.button(key="calendar-view-list").click().run()
    assert test.query_params["view"] == "list"


def test_an_empty_calendar_says_what_it_is_for(cast: Cast, show: Show) -> None:
    test = show(cast.ana)
    assert "Nothing planned yet" in texts(test)
    looking = show(cast.vera, identity.Role.VIEWER)
    assert [button.key for button in looking.button if button.key == "calendar-first"] == []


def test_cleo_sees_nothing_of_it(world: World, cast: Cast, channel: UUID, show: Show, told: Any) -> None:
    post_id = make_listed(world, cast, channel, WEDNESDAY, title="Secret plan")
    make_brand(world, cast.other, "Elsewhere")
    test = show(cast.cleo, post=str(post_id))
    assert not test.exception
    assert "Secret plan" not in texts(test)
