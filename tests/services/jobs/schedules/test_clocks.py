"""When schedules are due where clocks change: known cases, and samples of what `./test dst` proves whole."""

from datetime import datetime, timedelta
from functools import cache
from itertools import islice, pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from services import jobs
from tests.dst.by_the_minute import due_in, span_of
from tests.dst.zones import MINUTE, Changes, changes_of, utc

BERLIN = "Europe/Berlin"
SPRING, AUTUMN = utc(2026, 3, 28), utc(2026, 10, 24, 12)


def _berlin(expression: str, after: datetime, count: int) -> list[str]:
    times = islice(jobs.due_times(jobs.cron(expression, BERLIN), after), count)
    return [f"{one.astimezone(ZoneInfo(BERLIN)):%d %H:%M%z}" for one in times]


def test_a_time_that_clocks_skip_comes_right_after_the_gap() -> None:
    assert _berlin("30 2 * * *", SPRING, 3) == ["28 02:30+0100", "29 03:00+0200", "30 02:30+0200"]


def test_a_time_that_comes_twice_counts_once() -> None:
    assert _berlin("30 2 * * *", AUTUMN, 2) == ["25 02:30+0200", "26 02:30+0100"]


def test_every_quarter_of_an_hour_goes_on_through_the_doubled_hour() -> None:
    times = list(islice(jobs.due_times(jobs.cron("*/15 * * * *", BERLIN), utc(2026, 10, 24, 23, 50)), 20))
    assert {late - early for early, late in pairwise(times)} == {timedelta(minutes=15)}


def test_an_interval_is_elapsed_time() -> None:
    day = jobs.interval(86_400).model_copy(update={"anchor": utc(2026, 10, 24, 7)})
    times = islice(jobs.due_times(day, utc(2026, 10, 24, 6)), 2)
    assert [f"{one.astimezone(ZoneInfo(BERLIN)):%H:%M}" for one in times] == ["09:00", "08:00"]


def test_once_refuses_a_time_that_clocks_skip_and_takes_the_first_of_two() -> None:
    with pytest.raises(jobs.CadenceWrong, match=r"02:30 does not exist on 29 March 2026 in Europe/Berlin"):
        jobs.wall_instant(datetime(2026, 3, 29, 2, 30), BERLIN)
    assert jobs.wall_instant(datetime(2026, 10, 25, 2, 30), BERLIN) == utc(2026, 10, 25, 0, 30)


@pytest.mark.parametrize(
    ("zone", "expression", "after", "due"),
    [
        # clocks go forward at midnight: the day begins at 01:00
        ("Africa/Cairo", "*/20 0-3 * * 5", utc(2026, 4, 23, 12), utc(2026, 4, 23, 22)),
        # clocks go back by half an hour: two o'clock comes half an hour late, and whole
        ("Australia/Lord_Howe", "* 2 * * *", utc(2026, 4, 4, 15), utc(2026, 4, 4, 15, 30)),
        # twenty to two comes twice within half an hour
        ("Australia/Lord_Howe", "40 * * * *", utc(2026, 4, 4, 14, 45), utc(2026, 4, 4, 15, 10)),
        # clocks go back at a quarter to four: the last quarter of two o'clock comes again
        ("Pacific/Chatham", "* 2 * * *", utc(2026, 4, 4, 13, 20), utc(2026, 4, 4, 14)),
    ],
)
def test_odd_changes_of_clocks_are_kept(zone: str, expression: str, after: datetime, due: datetime) -> None:
    assert jobs.next_due(jobs.cron(expression, zone), after) == due


@cache
def _changes(zone: str) -> Changes:
    return changes_of(zone, utc(2026), utc(2036))


ZONES = (
    "Africa/Cairo", "Africa/Casablanca", "America/Havana", "America/New_York", "America/Santiago", "Antarctica/Troll",
    "Asia/Beirut", "Asia/Jerusalem", "Atlantic/Azores", "Australia/Lord_Howe", "Europe/Berlin", "Pacific/Chatham",
)  # fmt: skip
_MINUTES = st.one_of(st.sampled_from(["*", "*/15", "*/30", "0,30", "15-45/10"]), st.integers(0, 59).map(str))
_HOURS = st.one_of(st.sampled_from(["*", "*/2", "0-3", "1,2,3"]), st.integers(0, 4).map(str))
_DAYS = st.sampled_from(["* * *", "* * 0,5,6", "* 3,4,9,10,11 *", "1-10 * 0"])
CRONS = st.tuples(_MINUTES, _HOURS, _DAYS).map(" ".join)


@given(zone=st.sampled_from(ZONES), which=st.integers(0, 50), cron=CRONS, minutes=st.integers(-1_800, 600))
@settings(max_examples=150)
def test_around_every_change_due_is_what_is_found_minute_by_minute(
    zone: str, which: int, cron: str, minutes: int
) -> None:
    changes = _changes(zone)
    assume(changes.changes)
    at = changes.changes[which % len(changes.changes)][0]
    after, end = at + minutes * MINUTE, at + timedelta(days=2)
    span = span_of(changes, at - timedelta(days=3), at + timedelta(days=3))
    found = [one for one in due_in(cron, span) if after < one < end]
    told = takewhile(lambda one: one < end, jobs.due_times(jobs.cron(cron, zone), after))
    assert list(told) == found
