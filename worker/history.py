"""One row per run of a job: when it was due, when it started, how it ended. Written beside the jobs, not by them."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from procrastinate import JobContext
from procrastinate.exceptions import JobAborted
from procrastinate.worker import Worker

from services.jobs import RunNote
from services.kit import log, tracing
from services.kit.errors import AppError
from services.kit.redaction import hide, redact
from services.kit.text import clip
from worker.run_rows import RunRows

_NOTE = "run"
Middleware = Callable[[Callable[[], Awaitable[Any]], JobContext, Worker], Awaitable[Any]]


def history(rows: RunRows) -> Middleware:
    """The worker's middleware. What a defect was stands in the log; the row holds one line."""

    async def written(call_next: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker) -> Any:
        note = note_of(context)
        rows.add(note)
        status = "succeeded"
        try:
            result = await call_next()
            status = "aborted" if note.heeded_stop else status
            return result
        except (JobAborted, asyncio.CancelledError):
            status = "aborted"
            raise
        except Exception as error:
            status = "retrying" if context.task.get_retry_exception(error, context.job) else "failed"
            note.error = _line(error)
            if not isinstance(error, AppError):
                log.report(error, task=note.task, job_id=note.job)
            raise
        finally:
            note.status, note.ended = status, time.monotonic()
            rows.add(note)

    return written


def note_of(context: JobContext) -> RunNote:
    """This run's own note, the same one for everybody who asks within the run."""
    kept = context.additional_context.get(_NOTE)
    if isinstance(kept, RunNote):
        return kept
    job, org = context.job, context.job.task_kwargs.get("org_id")
    inputs = {name: value for name, value in job.task_kwargs.items() if name not in ("org_id", "traceparent")}
    note = RunNote(
        job=job.id or 0,
        attempt=job.attempts + 1,
        org=org if isinstance(org, str) else None,
        task=job.task_name,
        # what the job works on is its first argument beside the organisation
        subject=next((str(value) for value in inputs.values() if value is not None), None),
        due=job.scheduled_at.isoformat() if job.scheduled_at else None,
        worker=context.worker_name or "",
        inputs=hide(inputs),
        trace=tracing.trace_id(),
    )
    context.additional_context[_NOTE] = note
    return note


def _line(error: Exception) -> str:
    text = error.sentence if isinstance(error, AppError) else str(error)
    return clip(redact(f"{type(error).__name__}: {text}"), 2_000)
