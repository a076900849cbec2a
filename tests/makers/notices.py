"""Telling, outlets, and what leaves by them."""

from typing import Any
from uuid import UUID

from services import notifications
from services.kit.app import App
from tests.makers.cast import Cast
from tests.makers.world import World
from worker.tasks import notifications as jobs


def say(world: World, cast: Cast, cause: str, occurrence: str = "", **changes: Any) -> int:
    """Tell everybody of Acme; returns how many heard something new."""
    said = {"kind": "post", "tone": "red", "title": "Refused", "link": "/calendar", **changes}
    with world.worker.tx(cast.worker) as tx:
        return notifications.tell(tx, cause=cause, occurrence=occurrence, **said)


def work_off(app: App, world: World, org_id: UUID) -> list[Exception]:
    """Run the jobs of messages that wait for an organisation, each once; returns what they raised."""
    raised = []
    while waiting := _take(world, org_id):
        for task, arguments in waiting:
            ids = {name: UUID(value) for name, value in arguments.items() if name in ("telling_id", "delivery_id")}
            try:
                getattr(jobs, task.partition(".")[2])(app, org_id, **ids)
            except Exception as error:  # noqa: BLE001 - whatever a job raises is what the test asks about
                raised.append(error)
    return raised


def _take(world: World, org_id: UUID) -> list[tuple[str, dict[str, str]]]:
    with world.worker.db.pool.connection() as connection:
        return connection.execute(
            "update queue.procrastinate_jobs set status = 'succeeded' where status = 'todo' and args ->> 'org_id' = %s "
            "and task_name in ('notifications.deliver', 'notifications.send') returning task_name, args",
            [str(org_id)],
        ).fetchall()


def outcomes(world: World, cast: Cast) -> list[tuple[str, str, str]]:
    """Way, outcome and answer of every try that Ana sees, the latest first."""
    with world.web.tx(cast.ana) as tx:
        return [(line.via, line.outcome, line.answer) for line in notifications.log_lines(tx, 100)]
