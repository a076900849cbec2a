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
from worker.history import note_of

_log = logging.getLogger("loopdesk.jobs")


async def seen(call_next: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker) -> Any:
    """Worker middleware, outside of `history`, which so finds the trace and says whether it will be tried again."""
    job, task, began = context.job, context.job.task_name, perf_counter()
    parent = _text(job.task_kwargs.get("traceparent"))
    with tracing.continued(parent, f"job {task}", job=job.id, attempt=job.attempts + 1, queue=job.queue):
        with log.about(org=job.task_kwargs.get("org_id"), job=job.id):
            state = "defect"
            try:
                answer = await call_next()
                state = "aborted" if note_of(context).heeded_stop else "succeeded"
                return answer
            except AppError:
                state = "failed"
                raise
            except (JobAborted, asyncio.CancelledError):
                state = "aborted"
                raise
            finally:
                note, took = note_of(context), perf_counter() - began
                state = "retrying" if note.status == "retrying" else state
                tracing.note(state=state, api_calls=note.api_calls, cost_micros=note.cost_micros)
                meters.job_seconds.labels(task, state).observe(took)
                level, why = (logging.WARNING, f": {note.error}") if note.error else (logging.INFO, "")
                _log.log(level, "%s %s after %.3f s%s", task, state, took, why)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
