"""The queue as one worker uses it: the database may go and come back, and what another took over is left alone."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any, LiteralString

import psycopg
from procrastinate import utils
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

AGAIN_SECONDS = 1.0
_log = logging.getLogger("loopdesk.worker")
# Each statement acts on this try of the job only: a worker that was silent for long may come back and find that the job
# was given to another.
_END: LiteralString = (
    "select procrastinate_finish_job_v1(j.id, %(status)s, %(delete)s) from procrastinate_jobs j "
    "where j.id = %(job)s and j.status = 'doing' and j.attempts = %(attempts)s"
)
_AGAIN: LiteralString = (
    "select procrastinate_retry_job_v2(j.id, %(at)s, %(priority)s, %(queue)s, %(lock)s) from procrastinate_jobs j "
    "where j.id = %(job)s and j.status = 'doing' and j.attempts = %(attempts)s"
)
_NEVER_BEGUN: LiteralString = (
    "select procrastinate_retry_job_v2(j.id, null, null, null, null) from procrastinate_jobs j "
    "where j.worker_id = %(worker)s and j.status = 'doing' and not j.id = any (%(mine)s)"
)
_BEAT: LiteralString = "update procrastinate_workers set last_heartbeat = now() where id = %(worker)s returning id"


class WorkerForgotten(ConnectorException):
    """This worker was silent for so long that it was struck off: it begins again under another number."""


class OwnJobs(JobManager):
    """
    Ends of jobs are told until the database hears them, and only while the job is still this worker's.

    The worker gives signs of life until its last job has ended, also while it is being shut down.
    """

    def __init__(self, connector: Any) -> None:
        super().__init__(connector)
        self._worker: int | None = None
        self._mine: set[int] = set()
        self._is_in_doubt = self._is_forgotten = False

    async def register_worker(self) -> int:
        self._worker = await super().register_worker()
        self._is_forgotten = False
        return self._worker

    async def prune_stalled_workers(self, seconds_since_heartbeat: float) -> list[int]:
        """Nobody is struck off by one who has just come: the rescue does, once it can tell who is silent."""
        return []

    async def unregister_worker(self, worker_id: int) -> None:
        self._worker = None
        await super().unregister_worker(worker_id)

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        """The next job; None while the database is away. What was fetched and never arrived here is given back."""
        try:
            if self._is_in_doubt:
                await self._rows(_NEVER_BEGUN, worker=worker_id, mine=list(self._mine))
                self._is_in_doubt = False
            job = await super().fetch_job(queues, worker_id)
        except ConnectorException as error:
            self._is_in_doubt = True
            await _rest(error)
            return None
        if job is not None and job.id is not None:
            self._mine.add(job.id)
        return job

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:
        await self._told(job, lambda: self._of(_END, job, status=status.value, delete=delete_job))

    async def retry_job(
        self,
        job: Job,
        retry_at: datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        terms = {"at": retry_at or utils.utcnow(), "priority": priority, "queue": queue, "lock": lock}
        await self._told(job, lambda: self._of(_AGAIN, job, **terms))

    async def listen_for_jobs(self, **terms: Any) -> None:
        """Hear of jobs; a connection that is lost is made anew."""
        while True:
            try:
                return await super().listen_for_jobs(**terms)
            except ConnectorException as error:
                await _rest(error)

    async def update_heartbeat(self, worker_id: int) -> None:
        """:raises WorkerForgotten: others hold this worker for dead"""
        if self._is_forgotten:
            raise WorkerForgotten

    async def keep_beating(self, seconds: float) -> None:
        """Signs of life for as long as a worker is registered, whatever becomes of its other parts."""
        while True:
            await asyncio.sleep(seconds)
            with suppress(ConnectorException):
                if self._worker is not None and not await self._rows(_BEAT, worker=self._worker):
                    self._is_forgotten = True

    async def _told(self, job: Job, tell: Callable[[], Awaitable[list[Any]]]) -> None:
        while True:
            try:
                if not await tell():
                    _log.warning("job %s ended here, but another worker has taken it over", job.id)
                break
            except ConnectorException as error:
                await _rest(error)
        self._mine.discard(job.id or 0)

    async def _of(self, sql: LiteralString, job: Job, **terms: Any) -> list[Any]:
        return await self._rows(sql, job=job.id, attempts=job.attempts, **terms)

    async def _rows(self, sql: LiteralString, **terms: Any) -> list[Any]:
        return list(await self.connector.execute_query_all_async(sql, **terms))


async def _rest(error: ConnectorException) -> None:
    """A moment, where the database is away. :raises ConnectorException: it is something else"""
    if not isinstance(error.__cause__, (psycopg.OperationalError, psycopg.InterfaceError)):
        raise error
    _log.warning("the queue waits for the database: %s", error.__cause__)
    await asyncio.sleep(AGAIN_SECONDS)
