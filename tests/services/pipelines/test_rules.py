"""How stages are judged, with values only."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services import pipelines
from services.pipelines import rules
from services.pipelines.models import Measured, StageState
from services.pipelines.stage import Targets

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
PROMISED = Targets(fresh_seconds=3_600, silence_seconds=7_200, success_ratio=0.9, p95_seconds=60)
COUNTS = st.integers(0, 10_000)
RATIOS = st.floats(0.5, 0.9999)


def test_a_stage_without_runs_never_ran() -> None:
    assert rules.state_of(Measured(), Targets(), NOW) is StageState.NEVER


def test_the_last_run_says_whether_a_stage_fails() -> None:
    ran = {"last_ended_at": NOW, "last_success_at": NOW}
    assert rules.state_of(Measured(last=(True, False), **ran), PROMISED, NOW) is StageState.FRESH
    assert rules.state_of(Measured(last=(False, True), **ran), PROMISED, NOW) is StageState.FAILING


def test_what_waits_longer_than_promised_is_late_even_where_the_last_run_failed() -> None:
    waits = Measured(waiting=1, waits_since=NOW - HOUR - timedelta(seconds=1), last=(False,), last_success_at=NOW)
    assert rules.state_of(waits, PROMISED, NOW) is StageState.LATE
    assert rules.state_of(waits.model_copy(update={"waits_since": NOW - HOUR}), PROMISED, NOW) is StageState.FAILING
    assert rules.state_of(waits, Targets(), NOW) is StageState.FAILING


def test_a_silence_counts_from_the_last_success_or_from_the_promise() -> None:
    quiet = Measured(last=(True,), last_success_at=NOW - 3 * HOUR)
    assert rules.state_of(quiet, PROMISED, NOW) is StageState.LATE
    assert rules.state_of(Measured(), PROMISED, NOW, promised_at=NOW - HOUR) is StageState.NEVER
    assert rules.state_of(Measured(), PROMISED, NOW, promised_at=NOW - 3 * HOUR) is StageState.LATE


def test_a_lapse_says_how_many_wait_how_long_and_what_was_promised() -> None:
    stage = pipelines.get_stage("import")
    waits = Measured(waiting=3, waits_since=NOW - 2 * HOUR)
    (lapse,) = rules.lapses_of(stage, waits, PROMISED, NOW)
    assert (lapse.subject, lapse.cause, lapse.since) == ("stage/import", "waiting", NOW - 2 * HOUR)
    assert "1 waits there" in rules.lapses_of(stage, waits.model_copy(update={"waiting": 1}), PROMISED, NOW)[0].said
    assert lapse.said == "3 wait there, the oldest for 2 hours; promised is 1 hour at most."


@given(COUNTS, COUNTS, RATIOS)
def test_a_budget_is_used_up_exactly_when_the_promise_is_broken(succeeded: int, failed: int, target: float) -> None:
    budget = rules.budget_of(Measured(succeeded=succeeded, failed=failed), target)
    if not succeeded + failed:
        assert budget is None
        return
    assert budget is not None
    assert budget.left_ratio <= 1
    assert (budget.left_ratio == 1) == (failed == 0)
    ratio = succeeded / (succeeded + failed)
    if abs(ratio - target) > 1e-9:
        assert (budget.left_ratio < 0) == (ratio < target)


def test_what_waits_for_a_person_is_late_and_no_alert() -> None:
    stage = pipelines.get_stage("approvals")
    waits = Measured(waiting=1, waits_since=NOW - timedelta(days=3))
    assert rules.state_of(waits, stage.targets, NOW) is StageState.LATE
    assert rules.lapses_of(stage, waits, stage.targets, NOW) == []


def test_exactly_as_many_failures_as_allowed_keep_the_promise() -> None:
    budget = rules.budget_of(Measured(succeeded=9, failed=1), 0.9)
    assert budget is not None
    assert budget.left_ratio == 0


@given(COUNTS, COUNTS, RATIOS)
def test_a_day_that_is_as_bad_as_allowed_burns_at_one(good: int, bad: int, target: float) -> None:
    budget = rules.budget_of(Measured(succeeded=good + 1, failed=bad, day_succeeded=good, day_failed=bad), target)
    assert budget is not None
    share = bad / (good + bad) if good + bad else 0
    assert abs(budget.burn * (1 - target) - share) < 1e-9


@given(
    st.timedeltas(timedelta(0), timedelta(days=400)),
    st.one_of(st.none(), st.timedeltas(timedelta(0), timedelta(days=400))),
    st.lists(st.booleans(), max_size=10),
    st.one_of(st.none(), st.integers(60, 90 * 86_400)),
    st.one_of(st.none(), st.integers(3_600, 90 * 86_400)),
)
def test_a_stage_is_late_exactly_when_people_are_told(
    waited: timedelta, quiet: timedelta | None, last: list[bool], fresh: int | None, silence: int | None
) -> None:
    measured = Measured(
        waiting=1, waits_since=NOW - waited, last=tuple(last), last_success_at=None if quiet is None else NOW - quiet
    )
    targets = Targets(fresh_seconds=fresh, silence_seconds=silence)
    told = rules.lapses_of(pipelines.get_stage("import"), measured, targets, NOW)
    assert bool(told) == (rules.state_of(measured, targets, NOW) is StageState.LATE)
    assert len({(one.subject, one.cause) for one in told}) == len(told)


@given(st.integers(1, 10**8))
def test_a_length_is_spoken_in_two_units_at_most_and_loses_less_than_the_smaller(seconds: int) -> None:
    sizes = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400}
    words = rules.spoken(seconds).split()
    parts = [(int(count.replace(",", "")), unit) for count, unit in zip(words[::2], words[1::2], strict=True)]
    assert 1 <= len(parts) <= 2
    assert all(unit.endswith("s") == (count != 1) and count > 0 for count, unit in parts)
    told = [count * sizes[unit.rstrip("s")] for count, unit in parts]
    order = sorted(sizes.values())
    least = order[max(0, order.index(sizes[parts[0][1].rstrip("s")]) - 1)]
    assert 0 <= seconds - sum(told) < least


def test_a_promise_of_an_hour_and_a_half_is_told_whole() -> None:
    assert rules.spoken(5_400) == "1 hour 30 minutes"
    assert rules.spoken(2 * 86_400) == "2 days"
    assert rules.spoken(0.5) == "0 seconds"
