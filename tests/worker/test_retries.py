"""Another try is decided by the error's class alone."""

from datetime import timedelta

import psycopg
import pytest
from procrastinate.jobs import Job

from services.kit.clock import FixedClock
from services.kit.errors import (
    BudgetExceeded,
    CredentialsExpired,
    Invalid,
    OutcomeUnknown,
    RateLimited,
    Rejected,
    Unavailable,
)
from tests.makers.world import START
from worker.retries import TRIES_MOST, ByErrorClass

CLOCK = FixedClock(START)


def _wait(error: Exception, attempts: int = 0, job_id: int = 1) -> timedelta | None:
    job = Job(id=job_id, queue="q", lock=None, queueing_lock=None, task_name="t", attempts=attempts)
    decision = ByErrorClass(CLOCK).get_retry_decision(exception=error, job=job)
    return decision.retry_at - START if decision and decision.retry_at else None


@pytest.mark.parametrize("error", [Unavailable(), psycopg.OperationalError()])
def test_what_was_away_is_asked_again_after_a_growing_wait(error: Exception) -> None:
    waits = [_wait(error, attempts) for attempts in range(4)]
    for wait, least in zip(waits, (5, 10, 20, 40), strict=True):
        assert wait is not None
        assert least <= wait.total_seconds() <= least * 1.25


def test_jobs_that_failed_together_do_not_return_together() -> None:
    assert len({_wait(Unavailable(), 0, job_id) for job_id in range(20)}) > 10


def test_who_asks_to_wait_is_asked_again_when_he_said() -> None:
    assert _wait(RateLimited(retry_at=START + timedelta(minutes=7))) == timedelta(minutes=7)
    assert _wait(RateLimited(retry_at=START - timedelta(minutes=7))) == timedelta(0)


@pytest.mark.parametrize(
    "error", [Rejected(), CredentialsExpired(), OutcomeUnknown(), Invalid(), BudgetExceeded(), KeyError("a bug")]
)
def test_nothing_else_is_tried_again(error: Exception) -> None:
    assert _wait(error) is None


def test_even_what_was_away_is_not_asked_for_ever() -> None:
    assert _wait(Unavailable(), TRIES_MOST - 2) is not None
    assert _wait(Unavailable(), TRIES_MOST - 1) is None
