"""While versions run side by side: what only a newer one can read is left in the queue for it, not failed."""

import logging
from collections.abc import Container, Iterable, Mapping
from dataclasses import fields
from typing import Any, LiteralString

from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job

from services.events import HEARERS
from worker.own_jobs import OwnJobs

LEFT_SECONDS = 10  # then somebody looks again: the newer worker, or this one, which leaves it once more
ALWAYS = frozenset({"org_id", "traceparent"})
# As if it had never been fetched: its tries are not counted, and it has no run.
_LEAVE: LiteralString = (
    "update procrastinate_jobs set status = 'todo', worker_id = null, "
    "scheduled_at = now() + make_interval(secs => %(seconds)s) "
    "where id = %(job)s and worker_id = %(worker)s and status = 'doing' returning id"
)
_log = logging.getLogger("loopdesk.worker")


def payloads() -> dict[str, set[str]]:
    """The names of what this version may tell each task."""
    told: dict[str, set[str]] = {}
    for event, jobs in HEARERS.items():
        for job in jobs:
            told.setdefault(job.task, set(ALWAYS)).update(field.name for field in fields(event))
    return told


class KnownJobs(OwnJobs):
    """
    Hands out only jobs whose task and arguments this version knows.

    `tasks` are the names that can be run here, `told` the arguments of those that events set off; other tasks take any.
    """

    def __init__(self, connector: Any, tasks: Container[str], told: Mapping[str, set[str]]) -> None:
        super().__init__(connector)
        self._known_tasks, self._payloads = tasks, told
        self._said: set[str] = set()

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        while job := await super().fetch_job(queues, worker_id):
            if job.id is None or self._knows(job):
                return job
            self._mine.discard(job.id)
            try:
                await self._rows(_LEAVE, job=job.id, worker=worker_id, seconds=LEFT_SECONDS)
            except ConnectorException:
                self._is_in_doubt = True  # given back once the database hears us again
                return None
        return None

    def _knows(self, job: Job) -> bool:
        known = self._payloads.get(job.task_name)
        if job.task_name in self._known_tasks and (known is None or set(job.task_kwargs) <= known):
            return True
        if job.task_name not in self._said:
            self._said.add(job.task_name)
            _log.warning("jobs of %s were made by a newer version and wait for its worker", job.task_name)
        return False
