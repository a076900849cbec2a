"""The calendar's dialogs: a campaign, a table of posts, the address to subscribe to."""

from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import calendar_sheet
from services import creative, publishing, schedule
from tests.makers.accounts import make_channel
from tests.makers.calendar import make_listed
from tests.makers.cast import Cast
from tests.makers.screens import texts
from tests.makers.world import START, World
from tests.pages.screen import showing

FIRST, LAST = date(2026, 11, 23), date(2026, 11, 27)
TABLE = b"date,time,channel,text\n2026-12-01,10:00,instagram,<b>Two scoops</b>\nsoon,,,Bad\n2026-12-02,,,Three\n"


def _campaign() -> None:
    from datetime import date

    from pages.parts import calendar_campaigns, doors, notices
    from services import brands, schedule

    with doors.app().tx(doors.scope()) as tx:
        brand = brands.brands(tx)[0]
        known = schedule.campaigns(tx, brand.id, date(2026, 11, 1), date(2026, 11, 30))
    calendar_campaigns.campaign_dialog(brand.id, date(2026, 11, 24), known[0] if known else None)
    notices.show_notices()


def _sheet() -> None:
    from pages.parts import calendar_sheet, doors, notices
    from services import accounts, brands

    with doors.app().tx(doors.scope()) as tx:
        brand, channels = brands.brands(tx)[0], accounts.channels(tx)
    calendar_sheet.sheet_dialog(brand, channels)
    notices.show_notices()


def _feed() -> None:
    from pages.parts import calendar_feed, doors
    from services import brands

    with doors.app().tx(doors.scope()) as tx:
        brand = brands.brands(tx)[0]
    calendar_feed.feed_dialog(brand)


@pytest.fixture
def as_ana(world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """`as_ana(_feed)` draws a dialog that stays open over reruns."""
    with showing(world, lambda: None, monkeypatch) as shown:
        shown(cast.ana)
        yield lambda draw: AppTest.from_function(draw, default_timeout=30).run()


def _campaigns(world: World, cast: Cast) -> list[schedule.Campaign]:
    with world.web.tx(cast.ana) as tx:
        return schedule.campaigns(tx, cast.brand, date(2026, 11, 1), date(2026, 11, 30))


def test_a_campaign_is_made_changed_taken_off_and_brought_back(world: World, cast: Cast, as_ana: Any) -> None:
    test = as_ana(_campaign)
    test.button(key="calendar-campaign-save").click().run()
    assert test.error[0].value == "A campaign needs a name of up to 80 characters."
    test.text_input(key="calendar-campaign-name").set_value("Black cherry week")
    test.date_input(key="calendar-campaign-days").set_value((FIRST, LAST))
    test.button(key="calendar-campaign-save").click().run()
    (made,) = _campaigns(world, cast)
    assert (made.name, made.starts_on, made.ends_on) == ("Black cherry week", FIRST, LAST)
    again = as_ana(_campaign)
    assert again.text_input(key="calendar-campaign-name").value == "Black cherry week"
    again.button(key="calendar-campaign-remove").click().run()
    assert _campaigns(world, cast) == []
    again.button(key="notices-take-back").click().run()
    assert [one.name for one in _campaigns(world, cast)] == ["Black cherry week"]


def test_a_table_is_shown_with_its_errors_before_anything_is_saved(
    world: World, cast: Cast, as_ana: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_channel(world, cast)
    file = SimpleNamespace(file_id="one", getvalue=lambda: TABLE)
    monkeypatch.setattr(calendar_sheet.st, "file_uploader", lambda *_, **__: file)
    test = as_ana(_sheet)
    assert not test.exception
    assert "Row 3" in texts(test) and "“soon” is no date" in texts(test)
    assert "&lt;b&gt;Two scoops" in texts(test) and "<b>Two scoops" not in texts(test)
    with world.web.tx(cast.ana) as tx:
        assert creative.list_drafts(tx) == []
    save = test.button(key="calendar-sheet-save")
    assert save.label == "Save 2 drafts"
    save.click().run()
    with world.web.tx(cast.ana) as tx:
        assert sorted(draft.caption for draft in creative.list_drafts(tx)) == ["<b>Two scoops</b>", "Three"]
        assert publishing.is_empty(tx)
    test.button(key="notices-take-back").click().run()
    with world.web.tx(cast.ana) as tx:
        assert creative.list_drafts(tx) == []


def test_a_file_that_is_no_table_is_refused_in_the_dialog(
    world: World, cast: Cast, as_ana: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = SimpleNamespace(file_id="one", getvalue=lambda: b"PK\0\0")
    monkeypatch.setattr(calendar_sheet.st, "file_uploader", lambda *_, **__: file)
    test = as_ana(_sheet)
    assert "no text file" in test.error[0].value
    assert "calendar-sheet-save" not in {one.key for one in test.button}


def test_the_address_is_shown_once_and_ended(world: World, cast: Cast, as_ana: Any) -> None:
    make_listed(world, cast, make_channel(world, cast), START + timedelta(days=2))
    test = as_ana(_feed)
    test.button(key="calendar-feed-make").click().run()
    token = test.code[0].value.rpartition("/")[2].removesuffix(".ics")
    assert b"Made this morning" in publishing.read_feed(world.web, token)
    with world.web.tx(cast.ana) as tx:
        (feed,) = publishing.feeds_of(tx, cast.brand)
    test.button(key=f"calendar-feed-end-{feed.id}").click().run()
    assert not test.code
    with pytest.raises(publishing.FeedNotFound):
        publishing.read_feed(world.web, token)
