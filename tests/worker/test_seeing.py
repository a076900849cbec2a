"""Around every job: the trace of its click, one line in the log, and figures without an organisation."""

import asyncio
import logging
from contextlib import nullcontext
from typing import Any

import attrs
import procrastinate
import pytest
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Job as QueueJob
from procrastinate.testing import InMemoryConnector

from services.kit import meters, tracing
from services.kit.errors import Rejected, Unavailable
from tests.makers.seen import seeing
from worker.history import history, note_of
from worker.run_rows import RunRows
from worker.seeing import seen

ORG = "01a207a2-3280-7e8e-bccc-c4f331e69669"


def _context(**arguments: Any) -> JobContext:
    job = QueueJob(
        id=7, queue="publishing", lock=None, queueing_lock=None, task_name="publishing.step", attempts=1,
        task_kwargs={"org_id": ORG, **arguments},
    )  # fmt: skip
    return JobContext(app=None, job=job, start_timestamp=0.0, abort_reason=lambda: None)  # type: ignore[arg-type]


def _run(context: JobContext, error: BaseException | None = None) -> str | None:
    """The trace the job found itself in."""
    traces: list[str | None] = []

    async def job() -> None:
        traces.append(tracing.trace_id())
        if error:
            raise error

    with nullcontext() if error is None else pytest.raises(type(error)):
        asyncio.run(seen(job, context, None))  # type: ignore[arg-type]
    return traces[0]


def _count(state: str) -> float:
    labels = {"task": "publishing.step", "state": state}
    return meters.registry.get_sample_value("loopdesk_job_seconds_count", labels) or 0.0


def test_a_job_goes_on_with_the_trace_of_its_click() -> None:
    with seeing() as found, tracing.span("act"):
        click = tracing.traceparent()
    with seeing() as found:
        assert (_run(_context(traceparent=click)) or "none") in (click or "")
    job = found.named("job publishing.step")
    assert (job.attributes["job"], job.attributes["attempt"], job.attributes["queue"]) == (7, 2, "publishing")


def test_a_job_without_a_click_begins_a_trace() -> None:
    first, second = _run(_context()), _run(_context(traceparent={"not": "text"}))
    assert first and second and first != second


@pytest.mark.parametrize(
    ("error", "state"),
    [(None, "succeeded"), (Rejected("No."), "failed"), (ZeroDivisionError(), "defect"), (JobAborted(), "aborted")],
)
def test_jobs_are_counted_by_how_they_ended(error: BaseException | None, state: str) -> None:
    before = _count(state)
    _run(_context(), error)
    assert _count(state) == before + 1


class _Waits(BaseRetryStrategy):
    def get_retry_decision(self, *, exception: BaseException, job: QueueJob) -> RetryDecision | None:
        return RetryDecision(retry_in={"seconds": 5}) if isinstance(exception, Unavailable) else None


@pytest.mark.parametrize(
    ("error", "state"), [(Unavailable("Away."), "retrying"), (Rejected("No."), "failed"), (KeyError("x"), "defect")]
)
def test_a_job_that_will_be_tried_again_is_no_failure_yet(error: Exception, state: str) -> None:
    queue = procrastinate.App(connector=InMemoryConnector())
    queue.task(name="publishing.step", retry=_Waits())(lambda: None)
    context = attrs.evolve(_context(), app=queue)
    before = _count(state)

    async def job() -> None:
        raise error

    async def run() -> None:
        within = history(RunRows())
        await seen(lambda: within(job, context, None), context, None)  # type: ignore[arg-type]

    with seeing() as found, pytest.raises(type(error)):
        asyncio.run(run())
    assert _count(state) == before + 1
    assert found.named("job publishing.step").attributes["state"] == state


def test_a_job_that_heeded_a_wish_to_stop_did_not_succeed() -> None:
    context, before = _context(), _count("aborted")

    async def job() -> None:
        note_of(context).heeded_stop = True

    asyncio.run(seen(job, context, None))  # type: ignore[arg-type]
    assert _count("aborted") == before + 1


def test_the_log_can_say_each_job_with_its_organisation(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "loopdesk.jobs"):
        _run(_context())
    assert [line.message.split(" after ")[0] for line in caplog.records] == ["publishing.step succeeded"]


def test_a_job_that_did_not_succeed_is_a_warning_with_its_reason(caplog: pytest.LogCaptureFixture) -> None:
    context = _context()
    note_of(context).error = "Rejected: The picture is too wide."
    _run(context, Rejected("The picture is too wide."))
    (line,) = caplog.records
    assert line.levelname == "WARNING" and line.message.startswith("publishing.step failed after ")
    assert line.message.endswith(": Rejected: The picture is too wide.")
