"""Posting slots: whose they are, and which instants they mean through the changes of the clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import brands, identity, schedule
from services.schedule import Slot
from tests.makers.cast import Cast
from tests.makers.world import World

NINE = 9 * 60
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu"]


def _at(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=UTC)  # type: ignore[arg-type]


def test_an_admin_sets_the_slots_and_setting_again_replaces_them(world: World, cast: Cast) -> None:
    with world.web.tx(cast.ana) as tx:
        schedule.set_slots(tx, cast.brand, [Slot(weekday=4, minute=NINE), Slot(weekday=0, minute=NINE)] * 2)
        assert schedule.slots(tx, cast.brand) == [Slot(weekday=0, minute=NINE), Slot(weekday=4, minute=NINE)]
        schedule.set_slots(tx, cast.brand, [Slot(weekday=1, minute=0)])
        assert schedule.slots(tx, cast.brand) == [Slot(weekday=1, minute=0)]


def test_an_editor_an_outsider_and_a_wrong_slot_are_refused(world: World, cast: Cast) -> None:
    for scope, slots, error in (
        (cast.ben, [], identity.RoleTooLow),
        (cast.cleo, [], brands.BrandNotFound),
        (cast.ana, [Slot(weekday=7, minute=0)], schedule.SlotWrong),
        (cast.ana, [Slot(weekday=0, minute=1440)], schedule.SlotWrong),
        (cast.ana, [Slot(weekday=0, minute=minute) for minute in range(101)], schedule.TooManySlots),
    ):
        with pytest.raises(error), world.web.tx(scope) as tx:
            schedule.set_slots(tx, cast.brand, slots)


def test_a_slot_keeps_its_wall_time_when_the_clocks_change() -> None:
    found = schedule.instants_of(
        [Slot(weekday=5, minute=NINE)], "Europe/Berlin", _at(2027, 3, 20, 12), timedelta(days=15)
    )
    assert list(found) == [_at(2027, 3, 27, 8), _at(2027, 4, 3, 7)]


def test_a_slot_that_spring_skips_falls_out_that_day() -> None:
    slots = [Slot(weekday=6, minute=150), Slot(weekday=6, minute=NINE)]
    found = schedule.instants_of(slots, "Europe/Berlin", _at(2027, 3, 27, 12), timedelta(days=2))
    assert list(found) == [_at(2027, 3, 28, 7)]


def test_of_the_hour_that_comes_twice_the_first_is_meant_once() -> None:
    found = schedule.instants_of(
        [Slot(weekday=6, minute=150)], "Europe/Berlin", _at(2027, 10, 31, 0), timedelta(days=1)
    )
    assert list(found) == [_at(2027, 10, 31, 0, 30)]


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 1439)), min_size=1, max_size=6),
    st.sampled_from(ZONES),
    st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)),
)
def test_instants_rise_lie_ahead_and_show_a_slot_on_the_wall(
    chosen: list[tuple[int, int]], zone: str, after: datetime
) -> None:
    slots, start = [Slot(weekday=day, minute=minute) for day, minute in chosen], after.replace(tzinfo=UTC)
    found = list(schedule.instants_of(slots, zone, start, timedelta(days=20)))
    assert found == sorted(set(found))
    assert all(instant > start for instant in found)
    walls = [instant.astimezone(ZoneInfo(zone)) for instant in found]
    assert {(wall.weekday(), wall.hour * 60 + wall.minute) for wall in walls} <= set(chosen)
    assert len(found) >= len(set(chosen))  # in twenty days each comes twice at least, skipped once at most
