"""The outermost layer around every job: its trace, which goes on from the click; its line in the log; its figures."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import Any

from procrastinate import JobContext
from procrastinate.exceptions import JobAborted
from procrastinate.worker import Worker

from services.kit import log, meters, tracing
from services.kit.errors import AppError

_log = logging.getLogger("loopdesk.jobs")


async def seen(call_next: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker) -> Any:
    """Worker middleware, outside of `history`, which so finds the trace."""
    job, task, began = context.job, context.job.task_name, perf_counter()
    parent = _text(job.task_kwargs.get("traceparent"))
    with tracing.continued(parent, f"job {task}", job=job.id, attempt=job.attempts + 1, queue=job.queue):
        with log.about(org=job.task_kwargs.get("org_id"), job=job.id):
            state = "defect"
            try:
                answer = await call_next()
                state = "succeeded"
                return answer
            except AppError:
                state = "failed"
                raise
            except (JobAborted, asyncio.CancelledError):
                state = "aborted"
                raise
            finally:
                took = perf_counter() - began
                meters.job_seconds.labels(task, state).observe(took)
                _log.info("%s %s after %.3f s", task, state, took)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
