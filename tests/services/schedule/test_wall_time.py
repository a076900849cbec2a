"""Wall time in five zones across both changes of clocks."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import schedule

# zone, the skipped wall time, the repeated wall time with its first instant in UTC. Source: IANA tz database 2026.
CHANGES = [
    ("Europe/Berlin", datetime(2026, 3, 29, 2, 30), datetime(2026, 10, 25, 2, 30), datetime(2026, 10, 25, 0, 30)),
    ("America/New_York", datetime(2026, 3, 8, 2, 30), datetime(2026, 11, 1, 1, 30), datetime(2026, 11, 1, 5, 30)),
    ("Australia/Sydney", datetime(2026, 10, 4, 2, 30), datetime(2026, 4, 5, 2, 30), datetime(2026, 4, 4, 15, 30)),
    ("Europe/London", datetime(2026, 3, 29, 1, 30), datetime(2026, 10, 25, 1, 30), datetime(2026, 10, 25, 0, 30)),
    ("Australia/Lord_Howe", datetime(2026, 10, 4, 2, 15), datetime(2026, 4, 5, 1, 45), datetime(2026, 4, 4, 14, 45)),
]
ZONES = [zone for zone, *_ in CHANGES]


@pytest.mark.parametrize(("zone", "skipped", "repeated", "first"), CHANGES)
def test_a_skipped_time_is_refused_and_of_a_repeated_one_the_first_is_meant(
    zone: str, skipped: datetime, repeated: datetime, first: datetime
) -> None:
    with pytest.raises(schedule.TimeSkipped, match="does not exist"):
        schedule.instant_of(skipped, zone)
    assert schedule.instant_of(repeated, zone) == first.replace(tzinfo=UTC)


@pytest.mark.parametrize(("zone", "skipped", "repeated", "first"), CHANGES)
def test_moving_a_post_across_a_change_keeps_what_the_wall_clock_shows(
    zone: str, skipped: datetime, repeated: datetime, first: datetime
) -> None:
    before = schedule.instant_of(
        datetime.combine(skipped.date() - timedelta(days=1), datetime(2026, 1, 1, 9).time()), zone
    )
    after = schedule.moved_to_day(before, skipped.date() + timedelta(days=1), zone)
    assert schedule.wall_clock(after, zone).hour == 9
    assert after - before != timedelta(days=2)


@given(wall=st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 12, 31)), zone=st.sampled_from(ZONES))
def test_every_time_that_exists_comes_back_as_entered(wall: datetime, zone: str) -> None:
    try:
        instant = schedule.instant_of(wall, zone)
    except schedule.TimeSkipped:
        day_before = wall.replace(tzinfo=ZoneInfo(zone)) - timedelta(days=1)
        day_after = wall.replace(tzinfo=ZoneInfo(zone)) + timedelta(days=1)
        assert day_before.utcoffset() != day_after.utcoffset()
    else:
        assert schedule.wall_clock(instant, zone) == wall


def test_a_time_that_has_passed_is_refused() -> None:
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    with pytest.raises(schedule.TimePast, match="has passed"):
        schedule.future_instant_of(datetime(2026, 11, 23, 10, 0), "Europe/Berlin", now)
    assert schedule.future_instant_of(datetime(2026, 11, 23, 10, 1), "Europe/Berlin", now) > now


@given(
    day=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    target=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    zone=st.sampled_from(ZONES),
)
def test_dropping_a_post_on_an_hour_keeps_its_minute_or_is_refused(
    day: date, target: date, hour: int, minute: int, zone: str
) -> None:
    before = schedule.instant_of(datetime(day.year, day.month, day.day, 12, minute), zone)
    try:
        after = schedule.wall_clock(schedule.moved_to_hour(before, target, hour, zone), zone)
    except schedule.TimeSkipped:
        assert (
            any(skipped.date() == target and skipped.hour == hour for _, skipped, *_ in CHANGES) or target.year > 2026
        )
    else:
        assert (after.date(), after.hour, after.minute) == (target, hour, minute)


@given(monday=st.dates(date(2026, 1, 1), date(2027, 12, 31)), zone=st.sampled_from(ZONES))
def test_seven_days_make_a_week_whatever_the_clocks_do(monday: date, zone: str) -> None:
    days = [schedule.days_window(monday + timedelta(days=number), 1, zone) for number in range(7)]
    assert all(end == start for (_, end), (start, _) in pairwise(days))
    assert (days[0][0], days[-1][1]) == schedule.days_window(monday, 7, zone)
    assert all(timedelta(hours=23) <= end - start <= timedelta(hours=25) for start, end in days)
