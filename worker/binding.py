"""Every public function of worker/tasks/<room>.py becomes the job "<room>.<function>"."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, get_type_hints
from uuid import UUID

import procrastinate
import psycopg
from procrastinate import JobContext
from procrastinate.job_context import AbortReason
from psycopg_pool import AsyncConnectionPool

from services import jobs
from services.kit import calls
from services.kit.alive import Alive
from services.kit.app import App
from worker import tasks
from worker.history import note_of
from worker.newer_jobs import KnownJobs, payloads
from worker.retries import ByErrorClass

Task = Callable[..., None]


def found_tasks() -> Iterator[tuple[str, Task]]:
    """Names and functions, in order."""
    for module in pkgutil.iter_modules(tasks.__path__):
        room = import_module(f"{tasks.__name__}.{module.name}")
        for name, function in vars(room).items():
            if inspect.isfunction(function) and function.__module__ == room.__name__ and not name.startswith("_"):
                yield f"{module.name}.{name}", function


def open_queue(app: App, url: str) -> procrastinate.App:
    """The queue over a direct connection, every task bound to this process's App."""
    # a pooler that gives each statement another connection knows no prepared ones
    terms = {} if app.settings.is_embedded else {"prepare_threshold": None}
    connector = procrastinate.PsycopgConnector(conninfo=url, min_size=1, max_size=6, pool_factory=_pool, kwargs=terms)
    queue = procrastinate.App(connector=connector)
    queue.job_manager = KnownJobs(connector, queue.tasks, payloads())
    for name, function in found_tasks():
        queue.task(name=name, pass_context=True, retry=ByErrorClass(app.clock))(bind(app, function))
    return queue


def _pool(**terms: Any) -> AsyncConnectionPool:
    """Each of the queue's statements stands alone: one way to the server and back for it, where four are usual."""
    return AsyncConnectionPool(**{**terms, "check": Alive().check_async, "configure": _stand_alone})


async def _stand_alone(connection: psycopg.AsyncConnection[Any]) -> None:
    await connection.set_autocommit(True)


def bind(app: App, function: Task) -> Callable[..., None]:
    """The function as the queue calls it: with its context first and ids as text."""
    hints = get_type_hints(function)
    wanted = [name for name in inspect.signature(function).parameters if name not in ("app", "progress")]

    def run(context: JobContext, /, **given: Any) -> None:
        arguments = {name: _read(hints.get(name), given[name]) for name in wanted if name in given}
        note = note_of(context)
        if "progress" in hints:
            arguments["progress"] = jobs.RunProgress(app.db, app.clock, note, lambda: _is_asked_to_stop(context))
        with calls.counted(note):
            function(app, **arguments)

    return run


def _is_asked_to_stop(context: JobContext) -> bool:
    """By a person; a worker that is being shut down leaves the job to the next."""
    return context.abort_reason() is AbortReason.USER_REQUEST


def _read(kind: object, value: Any) -> Any:
    return UUID(value) if kind in (UUID, UUID | None) and isinstance(value, str) else value
