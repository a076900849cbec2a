"""The outermost layer around every job: it goes on with the trace of the click that caused it."""

from collections.abc import Awaitable, Callable
from typing import Any

from procrastinate import JobContext
from procrastinate.worker import Worker

from services.kit import tracing


async def seen(call_next: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker) -> Any:
    """Worker middleware, outside of `history`, which so finds the trace."""
    job = context.job
    parent = job.task_kwargs.get("traceparent")
    known = parent if isinstance(parent, str) else None
    with tracing.continued(known, f"job {job.task_name}", job=job.id, attempt=job.attempts + 1, queue=job.queue):
        return await call_next()
