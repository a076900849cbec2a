"""Week and day, campaigns, drafts where they are wanted, warnings, the file in and the address out."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from pages.parts import month, week
from services import creative, identity, schedule
from tests.makers.calendar import due_of, make_listed
from tests.makers.cast import Cast
from tests.makers.screens import texts
from tests.makers.world import START, World
from tests.pages.screen import Show

WEDNESDAY = datetime(2026, 11, 25, 9, 10, tzinfo=UTC)


def test_month_week_and_day_show_the_same_posts(world: World, cast: Cast, channel: UUID, show: Show, told: Any) -> None:
    instants = [datetime(2026, 11, 23, 23, 30, tzinfo=UTC), *(WEDNESDAY + timedelta(hours=9 * n) for n in range(9))]
    for instant in instants:
        make_listed(world, cast, channel, instant)
    show(cast.ana, month="2026-11")
    of_month = {day: [one.id for one in posts] for day, posts in told.days.items()}
    assert "10 posts" in texts(show(cast.ana, view="list", month="2026-11"))
    for monday in (date(2026, 11, 23), date(2026, 11, 16)):
        test = show(cast.ana, view="week", day=str(monday + timedelta(days=3)))
        assert not test.exception
        of_week = {day: [one.id for one in posts] for day, posts in told.days.items()}
        assert of_week == {day: ids for day, ids in of_month.items() if monday <= day < monday + timedelta(days=7)}
        assert f"{sum(map(len, of_week.values()))} posts" in texts(test)
    for day, ids in of_month.items():
        test = show(cast.ana, view="day", day=str(day))
        assert [one.id for one in told.days[day]] == ids
        assert f"{len(ids)} post" in texts(test)


def test_a_post_dropped_on_an_hour_keeps_its_minute_and_can_be_taken_back(
    world: World, cast: Cast, channel: UUID, show: Show, told: Any
) -> None:
    post_id = make_listed(world, cast, channel, WEDNESDAY)
    told.grid = month.MonthTold(None, month.Moved(str(post_id), date(2026, 11, 27), 16), None, None)
    test = show(cast.ana, view="week", day="2026-11-25")
    assert not test.exception
    assert due_of(world, cast, post_id) == datetime(2026, 11, 27, 15, 10, tzinfo=UTC)
    test.button(key="notices-take-back").click().run()
    assert due_of(world, cast, post_id) == WEDNESDAY


def test_an_hour_that_is_past_or_skipped_and_a_post_on_its_way_are_refused(
    world: World, cast: Cast, channel: UUID, show: Show, told: Any
) -> None:
    post_id = make_listed(world, cast, channel, WEDNESDAY)
    told.grid = month.MonthTold(None, month.Moved(str(post_id), START.date(), 0), None, None)
    assert "has passed" in show(cast.ana, view="week", day=str(START.date())).toast[0].value
    told.grid = month.MonthTold(None, month.Moved(str(post_id), date(2027, 3, 28), 2), None, None)
    show(cast.ana, view="week", day="2026-11-25")
    assert due_of(world, cast, post_id) == WEDNESDAY
    show(cast.ana, view="day", day="2027-03-28")
    assert told.drawn["clocks"].skipped == {(date(2027, 3, 28), 2)}
    out = make_listed(world, cast, channel, WEDNESDAY, "publishing")
    told.grid = month.MonthTold(None, month.Moved(str(out), date(2026, 11, 27), 9), None, None)
    assert "no longer waiting" in show(cast.ana, view="day", day="2026-11-25").toast[0].value


def test_a_pressed_slot_leads_to_the_creator_with_brand_day_and_hour(
    world: World, cast: Cast, channel: UUID, show: Show, told: Any
) -> None:
    make_listed(world, cast, channel, WEDNESDAY)
    told.grid = month.MonthTold(None, None, date(2026, 11, 27), None, 14)
    show(cast.ana, view="week", day="2026-11-25")
    assert told.gone == ("creator", {"new": "1", "on": "2026-11-27T14:00", "brand": str(cast.brand)})
    told.grid = month.MonthTold(None, None, date(2026, 11, 27), None)
    show(cast.ana)
    assert told.gone[1]["on"] == "2026-11-27"


def test_the_keys_stand_on_their_buttons_and_views_keep_the_day(
    world: World, cast: Cast, channel: UUID, show: Show
) -> None:
    make_listed(world, cast, channel, WEDNESDAY)
    test = show(cast.ana, month="2026-12")
    keys = {one.key: one.proto.shortcut for one in test.button if one.key}
    named = {key: keys[f"calendar-{key}"].upper() for key in ("view-month", "view-week", "view-day", "today", "new")}
    assert named == {"view-month": "M", "view-week": "W", "view-day": "D", "today": "T", "new": "N"}
    test.button(key="calendar-view-week").click().run()
    assert "30 November to 6 December 2026" in texts(test)
    test.button(key="calendar-after").click().run()
    assert "7 to 13 December 2026" in texts(test)
    test.button(key="calendar-view-day").click().run()
    assert "Tue 8 Dec 2026" in texts(test)
    test.button(key="calendar-view-month").click().run()
    assert "December 2026" in texts(test)
    test.button(key="calendar-view-week").click().run()
    test.button(key="calendar-today").click().run()
    assert "November 2026" in texts(test)


def test_clashes_are_warned_of_on_the_posts_and_after_a_move(
    world: World, cast: Cast, channel: UUID, show: Show, told: Any
) -> None:
    one = make_listed(world, cast, channel, WEDNESDAY)
    other = make_listed(world, cast, channel, WEDNESDAY + timedelta(minutes=59))
    alone = make_listed(world, cast, channel, WEDNESDAY + timedelta(days=20))
    gone = make_listed(world, cast, channel, WEDNESDAY, "cancelled")
    show(cast.ana)
    warned = {post.id: post.warning for posts in told.days.values() for post in posts}
    assert "within the hour" in warned[str(one)] and "same text" in warned[str(other)].lower()
    assert warned[str(gone)] == ""
    told.grid = month.MonthTold(None, month.Moved(str(alone), date(2026, 11, 25)), None, None)
    assert "Another post goes out on this channel within the hour." in texts(show(cast.ana, month="2026-12"))


def test_campaigns_and_holidays_are_drawn_and_viewers_get_no_buttons(
    world: World, cast: Cast, channel: UUID, show: Show, told: Any
) -> None:
    make_listed(world, cast, channel, WEDNESDAY)
    with world.web.tx(cast.ana) as tx:
        made = schedule.make_campaign(tx, cast.brand, "Cherry week", date(2026, 11, 23), date(2026, 11, 27), "blue")
    show(cast.ana)
    (bar,) = told.drawn["bars"]
    assert (bar.id, bar.name, bar.tone, bar.last) == (str(made), "Cherry week", "blue", date(2026, 11, 27))
    told.grid = month.MonthTold(None, None, None, None, bar=bar.id)
    assert show(cast.ana).text_input(key="calendar-campaign-name").value == "Cherry week"
    told.grid = month.MonthTold(None, None, None, None, bar=bar.id)
    looking = show(cast.vera, identity.Role.VIEWER)
    assert not looking.text_input
    assert not looking.get("menu_button")
    show(cast.ana, month="2026-12")
    assert told.drawn["holidays"][date(2026, 12, 25)] == "Christmas Day"


def test_a_draft_stands_where_it_is_wanted_and_is_moved_like_a_post(
    world: World, cast: Cast, show: Show, told: Any
) -> None:
    with world.web.tx(cast.ana) as tx:
        made = creative.create_draft(tx, cast.brand, name="Advent calendar", wanted_at=WEDNESDAY)
    assert "0 posts · 1 wanted" in texts(show(cast.ana))
    assert [(one.title, one.state) for one in told.days[date(2026, 11, 25)]] == [("Advent calendar", "draft")]
    told.grid = month.MonthTold(None, month.Moved(str(made.id), date(2026, 11, 26), 18), None, None)
    test = show(cast.ana, view="week", day="2026-11-25")
    with world.web.tx(cast.ana) as tx:
        assert creative.draft(tx, made.id).wanted_at == datetime(2026, 11, 26, 17, 10, tzinfo=UTC)
    test.button(key="notices-take-back").click().run()
    with world.web.tx(cast.ana) as tx:
        assert creative.draft(tx, made.id).wanted_at == WEDNESDAY
    told.grid = month.MonthTold(str(made.id), None, None, None)
    show(cast.ana)
    assert told.gone == ("creator", {"draft": str(made.id)})


def test_hours_fold_and_the_quiet_ones_are_drawn_low(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: dict[str, Any] = {}

    def mount(_: str, data: dict[str, Any], **__: Any) -> SimpleNamespace:
        drawn.update(data)
        moved = {"id": "4", "date": "2026-11-26", "hour": 15}
        return SimpleNamespace(
            post="7", moved=moved, day={"date": "2026-11-26", "hour": 24}, more="2026-11-25", bar="x"
        )

    monkeypatch.setattr(week, "mount", mount)
    columns = [date(2026, 11, 23) + timedelta(days=n) for n in range(7)]
    posts = {columns[2]: [month.Post(str(n), "x", "planned", "10:00", "<b>", hour=10) for n in range(5)]}
    said = week.week(columns, posts, week.Clocks(datetime(2026, 11, 24, 10, 30), "Berlin"), key="w")
    ten = drawn["hours"][10]["cells"]
    assert (len(ten[2]["posts"]), ten[2]["more"], ten[1]["now"], ten[0]["past"]) == (2, 3, 30, True)
    assert [row["hour"] for row in drawn["hours"] if row["low"]] == sorted(week.QUIET)
    assert (said.moved, said.more_on) == (month.Moved("4", date(2026, 11, 26), 15), columns[2])
    assert (said.opened, said.new_hour, said.bar) == (None, None, None)  # none of these is on screen
