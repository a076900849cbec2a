"""Holidays by the country of a time zone. Expected days: the holidays package 0.109, read on 2026-11-21."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import schedule
from services.schedule.holidays import easter

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
EASTERS = {2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2028: (4, 16), 2029: (4, 1), 2030: (4, 21)}
EXPECTED = {
    "Europe/Berlin": ["01-01", "04-03", "04-06", "05-01", "05-14", "05-25", "10-03", "12-25", "12-26"],
    "America/New_York": ["01-01", "01-19", "02-16", "05-25", "06-19", "07-04", "09-07", "10-12", "11-11", "11-26",
                         "12-25"],
    "Europe/London": ["01-01", "04-03", "05-04", "05-25", "12-25", "12-26"],
    "Europe/Oslo": ["01-01", "04-02", "04-03", "04-05", "04-06", "05-01", "05-14", "05-17", "05-24", "05-25", "12-25",
                    "12-26"],
    "Europe/Stockholm": ["01-01", "01-06", "04-03", "04-05", "04-06", "05-01", "05-14", "05-24", "06-06", "06-20",
                         "10-31", "12-25", "12-26"],
}  # fmt: skip


@pytest.mark.parametrize("zone", EXPECTED)
def test_a_country_keeps_its_days(zone: str) -> None:
    found = schedule.holidays(zone, *YEAR)
    assert sorted(f"{on:%m-%d}" for on in found) == EXPECTED[zone]


def test_easter_moves_as_the_church_says() -> None:
    assert {year: (easter(year).month, easter(year).day) for year in EASTERS} == EASTERS


def test_two_on_one_day_are_both_told_and_the_ends_are_included() -> None:
    day = date(2026, 5, 3)
    assert schedule.holidays("Europe/Berlin", day, day) == {}
    both = date(2027, 5, 17)  # Whit Monday and Constitution Day in Norway
    assert schedule.holidays("Europe/Oslo", both, both)[both].count(",") == 1


def test_where_no_country_is_known_there_are_none() -> None:
    assert schedule.holidays("UTC", *YEAR) == {}
    assert schedule.holidays("Asia/Tokyo", *YEAR) == {}


@given(year=st.integers(1900, 2200))
def test_easter_is_a_sunday_between_22_march_and_25_april(year: int) -> None:
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)
