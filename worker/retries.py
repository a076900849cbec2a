"""The only place that decides on another try, and it looks at the error's class only."""

import hashlib
from datetime import UTC, datetime, timedelta

import psycopg
import psycopg_pool
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

from services.kit.clock import Clock
from services.kit.errors import RateLimited, Unavailable

TRIES_MOST = 8
_FIRST_SECONDS, _MOST_SECONDS = 5.0, 900.0
_AWAY = (Unavailable, psycopg.OperationalError, psycopg_pool.PoolTimeout)


class ByErrorClass(BaseRetryStrategy):
    """
    Another system was away: again after 5, 10, 20 … seconds, at most 15 min, spread by up to a quarter.

    It asked to wait: again when it said. Anything else would fail the same way again, or must not be repeated.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if job.attempts + 1 >= TRIES_MOST:
            return None
        if isinstance(exception, RateLimited):
            return RetryDecision(retry_at=max(exception.retry_at or self._later(job), self._clock.now()))
        if isinstance(exception, _AWAY):
            return RetryDecision(retry_at=self._later(job))
        return None

    def _later(self, job: Job) -> datetime:
        wait = min(_MOST_SECONDS, _FIRST_SECONDS * 2**job.attempts)
        share = hashlib.sha256(f"{job.id}/{job.attempts}".encode()).digest()[0] / 1024
        return self._clock.now().astimezone(UTC) + timedelta(seconds=wait * (1 + share))
