"""Cron in words, both ways."""

from datetime import UTC, datetime
from itertools import islice

import pytest
from cronsim import CronSim
from hypothesis import given, settings
from hypothesis import strategies as st

from services import jobs

AT = datetime(2026, 11, 23, tzinfo=UTC)

SAID = {
    "* * * * *": "every minute",
    "*/15 * * * *": "every 15 minutes",
    "5 * * * *": "every hour at minute 5",
    "0 */2 * * *": "every 2 hours",
    "0 9 * * *": "every day at 09:00",
    "0 9 * * 1-5": "every weekday at 09:00",
    "0 9,17 * * 1-5": "every weekday at 09:00 and 17:00",
    "30 8 * * 1,5": "every Monday and Friday at 08:30",
    "0 7 * * 6,7": "every Saturday and Sunday at 07:00",
    "30 6 1 * *": "on day 1 of each month at 06:30",
    "30 6 1,15 * *": "on days 1 and 15 of each month at 06:30",
    "30 6 L 1 *": "on the last day of January at 06:30",
    "0 9 LW * *": "on the last weekday of each month at 09:00",
    "0 9 * * 1#1": "on the first Monday of each month at 09:00",
    "0 9 * 3,9 5L": "on the last Friday of March and September at 09:00",
}


@pytest.mark.parametrize("cron", SAID)
def test_what_is_said_of_a_schedule_is_read_back(cron: str) -> None:
    assert jobs.words_of(cron) == SAID[cron]
    assert jobs.cron_of(SAID[cron]) == cron


@pytest.mark.parametrize(
    ("words", "cron"),
    [
        ("Every  Weekday at 9:00.", "0 9 * * 1-5"),
        ("every mon, wed and fri at 07:05", "5 7 * * 1,3,5"),
        ("every sunday at 22:00", "0 22 * * 7"),
        ("on the third tue of every month at 10:00", "0 10 * * 2#3"),
        ("every hour", "0 * * * *"),
    ],
)
def test_people_need_not_say_it_exactly_so(words: str, cron: str) -> None:
    assert jobs.cron_of(words) == cron


@pytest.mark.parametrize(
    "words",
    ["", "sometimes", "every 7 minutes", "every 5 hours", "every day at 25:00", "every day at 09:00 and 17:30",
     "on day 32 of each month at 06:30", "every someday at 09:00", "on the sixth Monday of each month at 09:00"],
)  # fmt: skip
def test_what_is_not_understood_is_refused_with_a_sentence(words: str) -> None:
    with pytest.raises(jobs.CadenceWrong) as told:
        jobs.cron_of(words)
    assert told.value.sentence.endswith(".")


def test_either_day_is_enough_where_cron_says_so() -> None:
    assert jobs.words_of("0 9 1 * 1") == "at 09:00 on the first day of month, and also on Monday"


_NUMBERS = {"minute": (0, 59), "hour": (0, 23), "day": (1, 28), "month": (1, 12), "weekday": (0, 7)}


def _field(name: str) -> st.SearchStrategy[str]:
    low, high = _NUMBERS[name]
    number = st.integers(low, high)
    ranged = st.tuples(number, number).map(lambda two: f"{min(two)}-{max(two)}")
    plain = st.one_of(st.just("*"), number.map(str), ranged, st.integers(1, high).map(lambda step: f"*/{step}"))
    special = {"day": ["L", "LW"], "weekday": ["5L", "1#1", "MON"], "month": ["JAN"]}.get(name, [])
    listed = st.lists(st.one_of(number.map(str), ranged), min_size=1, max_size=3).map(",".join)
    return st.one_of(plain, listed, *(st.just(one) for one in special))


CRONS = st.tuples(*(_field(name) for name in _NUMBERS)).map(" ".join)


@given(CRONS)
@settings(max_examples=400)
def test_every_valid_expression_has_words_and_what_can_be_read_back_means_the_same(cron: str) -> None:
    words = jobs.words_of(cron)
    assert words and words[0].islower()
    try:
        again = jobs.cron_of(words)
    except jobs.CadenceWrong:
        return
    assert list(islice(CronSim(again, AT), 20)) == list(islice(CronSim(cron, AT), 20))


def test_a_cadence_is_told_with_its_zone() -> None:
    assert jobs.describe(jobs.interval(5_400)) == "every 1 hour 30 minutes"
    assert jobs.describe(jobs.cron("0 9 * * 1-5", "Europe/Berlin")) == "every weekday at 09:00, Europe/Berlin"
    at = datetime(2026, 12, 24, 18, 0)
    assert jobs.describe(jobs.once(at, "Europe/Berlin")) == "once on 24 December 2026 at 18:00, Europe/Berlin"
