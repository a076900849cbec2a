"""Digests and quiet hours on the wall clock, against the clock itself, minute by minute."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.notifications import Held, Rhythm
from services.notifications.hours import Quiet, end_of_quiet, is_quiet, leaves, next_at, next_hour
from services.notifications.models import Terms

ZONES = (
    "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia",
    "America/St_Johns", "Africa/Casablanca", "Pacific/Chatham",
)  # fmt: skip
MINUTE = timedelta(minutes=1)
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(
    lambda one: one.replace(second=0, microsecond=0, tzinfo=UTC)
)
# around clock changes of Berlin, New York and Lord Howe, where the mistakes are
CHANGES = st.sampled_from(
    [datetime(2026, 3, 29, 1), datetime(2026, 10, 25, 1), datetime(2026, 3, 8, 7), datetime(2026, 11, 1, 6),
     datetime(2026, 4, 4, 15), datetime(2026, 10, 3, 15, 30)]
).flatmap(lambda at: st.integers(-1500, 200).map(lambda by: at.replace(tzinfo=UTC) + by * MINUTE))  # fmt: skip
TIMES = st.times().map(lambda one: one.replace(second=0, microsecond=0))


def _wall(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone))


@settings(max_examples=150)
@given(now=INSTANTS | CHANGES, zone=st.sampled_from(ZONES), start=TIMES, to=TIMES)
def test_the_end_of_quiet_is_awake_soon_and_nothing_before_it_was_on_that_side_of_a_change(
    now: datetime, zone: str, start: time, to: time
) -> None:
    if start == to:
        return
    quiet = Quiet(start, to)
    end = end_of_quiet(now, quiet, zone)
    assert not is_quiet(end, quiet, zone)
    assert now <= end <= now + timedelta(hours=26)
    at = now
    while at < end and _wall(at, zone).utcoffset() == _wall(now, zone).utcoffset():
        assert is_quiet(at, quiet, zone)
        at += MINUTE


@settings(max_examples=150)
@given(now=INSTANTS | CHANGES, zone=st.sampled_from(ZONES), wanted=TIMES)
def test_a_daily_digest_leaves_when_the_clock_first_shows_its_time(now: datetime, zone: str, wanted: time) -> None:
    found = next_at(now, wanted, zone)
    assert now < found <= now + timedelta(hours=25)
    at, before = now + MINUTE, _wall(now, zone).replace(tzinfo=None)
    while at < found:  # in between, the clock neither shows the time nor leaps over it
        wall = _wall(at, zone).replace(tzinfo=None)
        if wall.time() == wanted:
            assert wall <= before or _wall(at, zone).fold, f"{at} would have been earlier"
        at, before = at + MINUTE, max(before, wall)
    shown = _wall(found, zone)
    assert shown.time() == wanted or _wall(found - MINUTE, zone).utcoffset() != shown.utcoffset()


@given(now=INSTANTS | CHANGES, zone=st.sampled_from(ZONES))
def test_the_full_hour_is_the_next_one_on_the_wall(now: datetime, zone: str) -> None:
    found = next_hour(now, zone)
    assert now < found <= now + timedelta(minutes=90)
    assert _wall(found, zone).minute == 0
    at = now + MINUTE
    while at < found:
        assert _wall(at, zone).minute != 0
        at += MINUTE


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-03-28T21:30+01:00", "2026-03-29T07:00+02:00"),  # the night is an hour shorter
        ("2026-10-24T23:00+02:00", "2026-10-25T07:00+01:00"),  # and an hour longer
        ("2026-06-01T12:00+02:00", "2026-06-01T12:00+02:00"),
    ],
)
def test_a_night_in_berlin_ends_at_seven_on_the_wall(now: str, told: str) -> None:
    quiet = Quiet(time(21), time(7))
    assert end_of_quiet(datetime.fromisoformat(now), quiet, "Europe/Berlin") == datetime.fromisoformat(told)


def test_a_time_in_the_gap_of_spring_is_the_first_instant_behind_it() -> None:
    now = datetime.fromisoformat("2026-03-29T01:00+01:00")
    assert next_at(now, time(2, 30), "Europe/Berlin") == datetime.fromisoformat("2026-03-29T03:00+02:00")


def test_a_time_that_comes_twice_in_autumn_sends_one_digest() -> None:
    first = next_at(datetime.fromisoformat("2026-10-25T01:00+02:00"), time(2, 30), "Europe/Berlin")
    assert first == datetime.fromisoformat("2026-10-25T02:30+02:00")
    assert next_at(first, time(2, 30), "Europe/Berlin") == datetime.fromisoformat("2026-10-26T02:30+01:00")


def test_what_breaks_through_waits_for_neither_digest_nor_morning_but_off_is_off() -> None:
    night, morning = datetime(2026, 6, 1, 23, tzinfo=UTC), datetime(2026, 6, 2, 7, tzinfo=UTC)
    terms = Terms(zone="UTC", digest_at=time(6), quiet_from=time(22), quiet_to=time(7))
    assert leaves(night, Rhythm.DAILY, terms) == (morning, Held.QUIET)
    assert leaves(night, Rhythm.INSTANTLY, terms) == (morning, Held.QUIET)
    assert leaves(night, Rhythm.DAILY, terms, is_urgent=True) == (night, Held.NOTHING)
    assert leaves(night, Rhythm.OFF, terms, is_urgent=True) is None
    held = terms.model_copy(update={"urgent_breaks": False})
    assert leaves(night, Rhythm.INSTANTLY, held, is_urgent=True) == (morning, Held.QUIET)


def test_what_left_shortly_before_waits_its_hour_urgent_or_not() -> None:
    now, later = datetime(2026, 6, 1, 12, tzinfo=UTC), datetime(2026, 6, 1, 12, 40, tzinfo=UTC)
    for is_urgent in (False, True):
        found = leaves(now, Rhythm.INSTANTLY, Terms(), is_urgent=is_urgent, not_before=later)
        assert found == (later, Held.REPEAT)
