"""Schedules of the demo kind, starts, and a worker that runs what waits in the queue for them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services import jobs
from services.kit.app import App
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


def waiting(world: World, kind: str = "jobs.run_start") -> list[tuple[UUID | None, UUID]]:
    """Organisation and start of every job that waits in the queue, in order."""
    with world.superuser() as connection:
        rows = connection.execute(
            "select args ->> 'org_id', args ->> 'start_id' from queue.procrastinate_jobs "
            "where status = 'todo' and task_name = %s order by id",
            [kind],
        ).fetchall()
    return [(UUID(org) if org else None, UUID(start)) for org, start in rows]


def empty_queue(world: World) -> None:
    with world.superuser() as connection, connection.transaction():
        connection.execute("set local search_path = queue, public")  # its triggers name their tables bare
        connection.execute("delete from queue.procrastinate_jobs")


def work(world: World, app: App | None = None) -> int:
    """Run every start that waits, as the worker does, until nothing waits; what fails is on the start."""
    count = 0
    while found := waiting(world):
        for org_id, start_id in found:
            _take(world, start_id)
            try:
                tasks.run_start(app or world.worker, org_id, start_id, Silent())
            except Exception:  # noqa: BLE001 - the queue would keep it; the start says it
                pass
            count += 1
    return count


def _take(world: World, start_id: UUID) -> None:
    with world.superuser() as connection, connection.transaction():
        connection.execute("set local search_path = queue, public")
        connection.execute(
            "delete from queue.procrastinate_jobs where task_name = 'jobs.run_start' and args ->> 'start_id' = %s",
            [str(start_id)],
        )


def starts_of(world: World, scope: Scope, schedule_id: UUID) -> list[jobs.Start]:
    """The latest first."""
    with world.web.tx(scope) as tx:
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
