"""Instants are told in the brand's zone, also around the changes of the clock."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pages.parts import zones

NOW = datetime(2026, 11, 20, 10, 12, tzinfo=UTC)


def test_an_instant_is_told_in_the_brands_zone() -> None:
    assert zones.when(datetime(2026, 11, 26, 8, tzinfo=UTC), "Europe/Oslo", NOW) == "Thu 26 Nov, 09:00"
    assert zones.clock(datetime(2026, 7, 1, 8, tzinfo=UTC), "Europe/Oslo") == "10:00"


def test_another_year_is_named() -> None:
    assert zones.when(datetime(2027, 1, 1, 0, 30, tzinfo=UTC), "UTC", NOW) == "Fri 1 Jan 2027, 00:30"
    assert zones.day(date(2026, 1, 2), date(2026, 11, 20)) == "Fri 2 Jan"


def test_the_year_turns_in_the_brands_zone() -> None:
    now = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert zones.when(now, "Europe/Oslo", now) == "Fri 1 Jan, 00:30"


def test_a_reader_elsewhere_sees_both_clocks() -> None:
    at = datetime(2026, 11, 26, 8, tzinfo=UTC)
    told = zones.when(at, "Europe/Oslo", NOW, viewer="America/New_York")
    assert told == "Thu 26 Nov, 09:00 Oslo (03:00 New York)"
    told = zones.when(at, "Europe/Oslo", NOW, viewer="Pacific/Honolulu")
    assert told == "Thu 26 Nov, 09:00 Oslo (Wed 22:00 Honolulu)"


def test_a_reader_whose_clock_shows_the_same_sees_one() -> None:
    at = datetime(2026, 11, 26, 8, tzinfo=UTC)
    assert zones.when(at, "Europe/Oslo", NOW, viewer="Europe/Paris") == "Thu 26 Nov, 09:00"


def test_the_hour_that_happens_twice_is_told_with_its_offset() -> None:
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert zones.when(first, "Europe/Oslo", NOW) == "Sun 25 Oct, 02:30 (UTC+2)"
    assert zones.when(second, "Europe/Oslo", NOW) == "Sun 25 Oct, 02:30 (UTC+1)"
    assert zones.clock(datetime(2026, 11, 1, 6, 30, tzinfo=UTC), "America/New_York") == "01:30 (UTC-5)"
    assert zones.clock(datetime(2026, 4, 4, 14, 45, tzinfo=UTC), "Australia/Lord_Howe") == "01:45 (UTC+11)"


def test_spring_skips_an_hour_and_says_nothing_about_it() -> None:
    assert zones.clock(datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "Europe/Oslo") == "01:59"
    assert zones.clock(datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "Europe/Oslo") == "03:00"


@pytest.mark.parametrize("zone", ["Europe/Oslo", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"])
def test_no_two_instants_of_a_day_are_told_alike(zone: str) -> None:
    starts = [datetime(2026, month, day, tzinfo=UTC) for month, day in ((3, 29), (4, 4), (10, 25), (11, 1))]
    for start in starts:
        told = [zones.when(start + timedelta(minutes=15 * step), zone, NOW) for step in range(96)]
        assert len(set(told)) == 96


@pytest.mark.parametrize(
    ("hours", "told"),
    [(0, "11:12"), (-24, "yesterday 11:12"), (24, "tomorrow 11:12"), (72, "Mon 11:12"), (200, "Sat 28 Nov, 19:12")],
)
def test_rows_tell_near_instants_shortly(hours: int, told: str) -> None:
    assert zones.near(NOW + timedelta(hours=hours), "Europe/Oslo", NOW) == told


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "0 s"),
        (0.03, "0 s"),
        (0.4, "0.4 s"),
        (1.96, "2 s"),
        (18, "18 s"),
        (59.6, "1 min"),
        (360, "6 min"),
        (3_599.9, "1 h"),
        (200_000, "2 d"),
    ],
)
def test_a_length_has_one_unit(seconds: float, told: str) -> None:
    assert zones.span(seconds) == told


def test_age_has_no_direction() -> None:
    assert zones.ago(NOW - timedelta(hours=5), NOW) == zones.ago(NOW + timedelta(hours=5), NOW) == "5 h"


def test_an_instant_without_a_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="zone"):
        zones.clock(datetime(2026, 1, 1), "UTC")
