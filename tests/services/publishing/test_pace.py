"""How long everything may take."""

from datetime import timedelta
from uuid import UUID

from services.publishing import PostState
from services.publishing.pace import Pace

ATTEMPT = UUID(int=7)


def test_lost_answers_are_looked_for_five_times_then_daily() -> None:
    waits = [Pace().look(number).total_seconds() for number in range(7)]
    assert waits == [10, 30, 120, 600, 1800, 86_400, 86_400]
    assert [Pace.is_last_look(number) for number in (4, 5)] == [False, True]


def test_backoff_doubles_to_ten_minutes_with_a_spread_that_differs_by_attempt() -> None:
    for retries, least in ((0, 5), (1, 10), (3, 40), (30, 600)):
        assert least <= Pace().backoff(retries, ATTEMPT).total_seconds() <= least * 1.25
    assert len({Pace().backoff(0, UUID(int=number)) for number in range(50)}) > 25
    assert Pace().backoff(2, ATTEMPT) == Pace().backoff(2, ATTEMPT)


def test_every_state_that_a_post_can_stay_in_has_a_deadline() -> None:
    ended = {PostState.PLANNED, PostState.PUBLISHED, PostState.FAILED, PostState.CANCELLED}
    assert {state for state in PostState if Pace().deadline(state) is None} == ended


def test_a_faster_pace_never_hurries_what_machines_need() -> None:
    hasty = Pace(0.001)
    assert hasty.look(0) == timedelta(milliseconds=10)
    assert hasty.deadline(PostState.READY) == timedelta(seconds=2)
    assert hasty.send_within == timedelta(seconds=1)
    assert hasty.tries_most == timedelta(seconds=60)
