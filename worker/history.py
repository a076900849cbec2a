"""One row per run of a job: when it was due, when it started, how it ended."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from procrastinate import JobContext
from procrastinate.exceptions import JobAborted
from procrastinate.worker import Worker

from services.kit import log
from services.kit.errors import AppError
from services.kit.http import redact
from services.kit.text import clip

_START = """
insert into app.job_runs (org_id, job_id, task, attempt, subject_id, status, due_at, started_at, worker)
values (%(org)s, %(job)s, %(task)s, %(attempt)s, %(subject)s, 'running',
        coalesce(%(due)s, (select max(at) from queue.procrastinate_events
                           where job_id = %(job)s and type in ('deferred', 'deferred_for_retry', 'retried'))),
        clock_timestamp(), %(worker)s)
on conflict (job_id, attempt) do update set status = 'running', started_at = clock_timestamp(), worker = excluded.worker
"""
_END = """
update app.job_runs set status = %(status)s, error = %(error)s, finished_at = clock_timestamp()
where job_id = %(job)s and attempt = %(attempt)s and status = 'running'
"""


async def history(call_next: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker) -> Any:
    """Worker middleware. What a defect was stands in the log; the row holds one line."""
    job, database = context.job, worker.app.connector
    attempt = job.attempts + 1
    await database.execute_query_async(
        _START,
        org=job.task_kwargs.get("org_id"),
        job=job.id,
        task=job.task_name,
        attempt=attempt,
        subject=_subject(job.task_kwargs),
        due=job.scheduled_at,
        worker=context.worker_name or "",
    )
    status, told = "succeeded", None
    try:
        return await call_next()
    except (JobAborted, asyncio.CancelledError):
        status = "aborted"
        raise
    except Exception as error:
        status = "retrying" if context.task.get_retry_exception(error, job) else "failed"
        told = _line(error)
        if not isinstance(error, AppError):
            log.report(error, task=job.task_name, job_id=job.id)
        raise
    finally:
        await database.execute_query_async(_END, status=status, error=told, job=job.id, attempt=attempt)


def _subject(arguments: dict[str, Any]) -> str | None:
    """The id of what the job works on: its first argument beside organisation and trace."""
    own = (value for key, value in arguments.items() if key not in ("org_id", "traceparent"))
    return next((str(value) for value in own if value is not None), None)


def _line(error: Exception) -> str:
    text = error.sentence if isinstance(error, AppError) else str(error)
    return clip(redact(f"{type(error).__name__}: {text}"), 2_000)
