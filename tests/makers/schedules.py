"""Schedules of the demo kind, starts, and a worker that runs what waits in the queue for them."""

import threading
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg

from services import jobs
from services.kit.db import Scope
from tests.makers.world import World
from worker.tasks import jobs as tasks

AT_ONCE = {"steps": 1, "seconds": 0}


class Silent:
    """Stands in for the row of a run; keeps what was said."""

    should_stop = False

    def __init__(self) -> None:
        self.steps: list[tuple[int, int | None, str]] = []
        self.lines: list[tuple[str, str]] = []
        self.known: dict[str, Any] = {}
        self.outcome: dict[str, Any] | None = None
        self.api_calls = 0

    def step(self, done: int, total: int | None = None, note: str = "") -> None:
        self.steps.append((done, total, note))

    def log(self, text: str, level: str = "info") -> None:
        self.lines.append((level, text))

    def cost(self, api_calls: int = 0, money: object = None) -> None:
        self.api_calls += api_calls

    def known_as(self, kind: str, **facts: Any) -> None:
        self.known = {"kind": kind, **facts}

    def ended(self, outcome: dict[str, Any]) -> None:
        self.outcome = outcome

    def heed_stop(self) -> None:
        self.should_stop = True


def make_schedule(world: World, scope: Scope, **changes: Any) -> UUID:
    """A schedule of the demo kind that is due each hour, from an hour from now on."""
    return jobs.make_schedule(world.web, scope, hourly(**changes))


def hourly(**changes: Any) -> jobs.Draft:
    fields: dict[str, Any] = {
        "name": "Practice each hour",
        "kind": "demo",
        "cadence": jobs.interval(3600),
        "parameters": AT_ONCE,
        **changes,
    }
    return jobs.Draft(**fields)


def sweep(world: World) -> int:
    return jobs.fire_due(world.worker)


def waiting(world: World, task: str = "jobs.run_start", subject: str = "start_id") -> list[tuple[UUID | None, UUID]]:
    """Organisation and start (or other subject) of every job of a task that waits in the queue, in order."""
    with world.superuser() as connection:
        rows = connection.execute(
            "select args ->> 'org_id', args ->> %s from queue.procrastinate_jobs "
            "where status = 'todo' and task_name = %s and args ? %s order by id",
            [subject, task, subject],
        ).fetchall()
    return [(UUID(org) if org else None, UUID(start)) for org, start in rows]


def clear(world: World) -> None:
    """No schedule of another test is due, and none of its jobs waits."""
    with world.superuser() as connection:
        connection.execute("delete from app.schedules")
    empty_queue(world)


def empty_queue(world: World) -> None:
    with world.superuser() as connection, connection.transaction():
        connection.execute("set local search_path = queue, public")  # its triggers name their tables bare
        connection.execute("delete from queue.procrastinate_jobs")


def work(world: World) -> int:
    """Run every start that waits, as a worker does, until nothing waits; what fails is on the start."""
    count = 0
    with psycopg.connect(world.addresses.admin, autocommit=True) as own:
        own.execute("set search_path = queue, public")  # the queue's triggers name their tables bare
        while job := _take(own):
            org_id, start_id = job
            with _ONE_AT_A_TIME[start_id]:  # the queue's lock
                try:
                    tasks.run_start(world.worker, org_id, start_id, Silent())
                except Exception:  # noqa: BLE001 - the queue would keep it; the start says it
                    pass
            count += 1
    return count


_ONE_AT_A_TIME: defaultdict[UUID, threading.Lock] = defaultdict(threading.Lock)


def _take(own: psycopg.Connection[tuple[Any, ...]]) -> tuple[UUID | None, UUID] | None:
    """The oldest job that waits; no other worker gets it."""
    row = own.execute(
        "delete from queue.procrastinate_jobs where id = (select id from queue.procrastinate_jobs "
        "where status = 'todo' and task_name = 'jobs.run_start' order by id limit 1 for update skip locked) "
        "returning args ->> 'org_id', args ->> 'start_id'"
    ).fetchone()
    return (UUID(row[0]) if row[0] else None, UUID(row[1])) if row else None


def starts_of(world: World, scope: Scope, schedule_id: UUID, *, is_installation: bool = False) -> list[jobs.Start]:
    """The latest first."""
    with jobs.runs_tx(world.web, scope, is_installation=is_installation) as tx:
        return jobs.list_starts(tx, None, schedule_id, 100)


def fires_of(world: World, scope: Scope, schedule_id: UUID) -> list[tuple[datetime, str, int]]:
    """The latest first: due, outcome, how many it stands for."""
    with world.web.tx(scope) as tx:
        return [(one.due_at, one.outcome, one.missed) for one in jobs.fires(tx, schedule_id)]


def one_schedule(world: World, scope: Scope, schedule_id: UUID) -> jobs.Schedule:
    with world.web.tx(scope) as tx:
        return jobs.get_schedule(tx, schedule_id)


def hour(count: float = 1) -> timedelta:
    return timedelta(hours=count)
