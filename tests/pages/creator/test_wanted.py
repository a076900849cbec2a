"""The wanted time: from a pressed slot of the calendar to the draft, and from there to the question."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.parts.creator_wanted import wanted_from, wanted_wall
from services import creative
from tests.makers.cast import Cast
from tests.makers.world import World
from tests.pages.screen import Show

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ZONE = "Europe/Berlin"


def test_a_pressed_hour_becomes_the_time_the_question_starts_with(world: World, cast: Cast, show: Show) -> None:
    test = show(cast.ana, new="1", on="2026-11-27T14:00", brand=str(cast.brand))
    assert not test.exception
    with world.web.tx(cast.ana) as tx:
        (draft,) = [creative.draft(tx, one.id) for one in creative.list_drafts(tx)]
    assert draft.wanted_at == datetime(2026, 11, 27, 13, tzinfo=UTC)
    test.button(key="creator-send").click().run()
    assert test.datetime_input(key="creator-send-wanted").value == datetime(2026, 11, 27, 14)


@pytest.mark.parametrize(
    ("on", "wanted"),
    [
        ("2026-11-27", datetime(2026, 11, 27, 8, tzinfo=UTC)),  # a day alone is nine o'clock
        ("2026-11-27T14:00", datetime(2026, 11, 27, 13, tzinfo=UTC)),
        ("2026-11-20", None),  # nine has passed
        ("2027-03-28T02:00", None),  # the clocks skip it
        ("2026-13-40", None),
        ("0001-01-01", None),
        ("", None),
    ],
)
def test_an_address_is_read_in_the_brands_zone_or_left_out(on: str, wanted: datetime | None) -> None:
    assert wanted_from(on, ZONE, NOW) == wanted


def test_a_wish_that_has_passed_is_not_offered_again() -> None:
    assert wanted_wall(NOW, ZONE, NOW) is None
    assert wanted_wall(None, ZONE, NOW) is None
    assert wanted_wall(NOW + timedelta(hours=1), ZONE, NOW) == datetime(2026, 11, 20, 14)


@given(on=st.one_of(st.text(max_size=30), st.datetimes().map(lambda one: one.isoformat())))
def test_any_address_gives_a_time_to_come_or_none(on: str) -> None:
    wanted = wanted_from(on, ZONE, NOW)
    assert wanted is None or wanted > NOW
