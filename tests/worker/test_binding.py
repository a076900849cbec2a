"""Every function of worker/tasks is a job, every job that an event sets off exists and takes what the event tells."""

import inspect
from dataclasses import fields
from uuid import UUID

import pytest
from procrastinate import JobContext
from procrastinate.job_context import AbortReason
from procrastinate.jobs import Job as QueueJob

from services import jobs
from services.events import HEARERS, Event, Job
from services.kit import calls
from services.kit.app import App
from services.kit.ids import TimeIds
from tests.makers.world import World
from worker.binding import bind, found_tasks
from worker.history import note_of

HEARD = [(event, job) for event, jobs in HEARERS.items() for job in jobs]


@pytest.mark.parametrize(("event", "job"), HEARD, ids=lambda one: getattr(one, "task", getattr(one, "__name__", "")))
def test_a_job_that_an_event_sets_off_exists_and_takes_what_the_event_tells(event: type[Event], job: Job) -> None:
    function = dict(found_tasks()).get(job.task)
    assert function is not None, f"worker/tasks has no {job.task}"
    told = {"app", "progress", "org_id", *(field.name for field in fields(event))}
    assert set(inspect.signature(function).parameters) <= told


def test_no_job_is_there_without_an_event_that_sets_it_off() -> None:
    assert {name for name, _ in found_tasks()} == {job.task for _, job in HEARD}


def _context(arguments: dict[str, object]) -> JobContext:
    job = QueueJob(id=7, queue="q", lock=None, queueing_lock=None, task_name="t", task_kwargs=arguments, attempts=1)
    return JobContext(app=None, job=job, start_timestamp=0.0, abort_reason=lambda: None)  # type: ignore[arg-type]


def test_ids_arrive_as_ids_and_what_a_task_does_not_name_is_left_out(world: World) -> None:
    taken: list[object] = []

    def task(app: App, org_id: UUID, post_id: UUID) -> None:
        taken.extend((app, org_id, post_id))

    org, post = TimeIds(world.clock).new(), TimeIds(world.clock).new()
    told = {"org_id": str(org), "post_id": str(post), "channel_id": "x"}
    bind(world.worker, task)(_context(told), **told)
    assert taken == [world.worker, org, post]


def test_a_job_counts_its_calls_and_their_cost_and_hears_a_person_ask_it_to_stop_but_no_shutdown(world: World) -> None:
    heard: list[bool] = []

    def task(app: App, progress: jobs.RunProgress) -> None:
        for reason in (None, AbortReason.SHUTDOWN, AbortReason.USER_REQUEST):
            asked.append(reason)
            heard.append(progress.should_stop)
        for _ in range(2):
            with calls.called("GET", "https://x.example/"):
                heard.append(True)
            calls.charge("x", lambda: 15_000, "USD")

    asked: list[AbortReason | None] = []
    context = _context({})
    context = JobContext(app=None, job=context.job, start_timestamp=0.0, abort_reason=lambda: asked[-1])  # type: ignore[arg-type]
    bind(world.worker, task)(context)
    note = note_of(context)
    assert heard == [False, False, True, True, True]
    assert (note.api_calls, note.cost_micros, note.cost_currency, note.heeded_stop) == (2, 30_000, "USD", True)
