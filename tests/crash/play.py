"""Plays one scenario on a lane: plan, start workers, let them die or sleep, let others take over, wait for the end."""

import signal
import time
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from services import publishing, schedule
from services.kit import postgres
from tests.crash.lane import Lane
from tests.crash.scenario import PostPlan, Scenario
from tests.crash.workers import Worker
from tests.makers.quick import approve_quickly

DEADLINE_SECONDS = 45.0
SETTLE_SECONDS = 0.5  # for what a woken worker may still do
ENDED = ("published", "failed", "held", "cancelled")


@dataclass(frozen=True)
class Planned:
    """A post that was acknowledged, and what its caption reads."""

    id: UUID
    plan: PostPlan
    caption: str


def play(lane: Lane, scene: Scenario) -> tuple[list[Planned], bool]:
    """The acknowledged posts, and whether all of them came to an end in time."""
    lane.refresh()
    for fault in scene.faults:
        lane.admin.fault(**fault)
    planned = [_plan(lane, scene, post) for post in scene.posts]
    workers = [lane.zygote.start(failpoint) for failpoint in scene.failpoints]
    try:
        return planned, _until_ended(lane, scene, planned, workers)
    finally:
        for worker in workers:
            worker.end()
        if scene.kind == "token":
            lane.renew_all()


def _plan(lane: Lane, scene: Scenario, post: PostPlan) -> Planned:
    caption = f"Seed {scene.seed}, words {post.words}."
    with lane.world.worker.tx(lane.worker_scope) as tx:
        approval = approve_quickly(tx, lane.cast.brand, lane.channels[post.channel], caption, lane.pictures)
    with lane.world.web.tx(lane.cast.ana) as tx:
        due_at = tx.now + timedelta(seconds=post.due_in_seconds) if post.due_in_seconds else None
        try:
            made = publishing.plan_post(tx, approval, due_at, "Europe/Berlin")
        except schedule.TimePast:  # a busy machine: the moment went by on the way
            made = publishing.plan_post(tx, approval, None, "Europe/Berlin")
    return Planned(made.id, post, caption)


def _until_ended(lane: Lane, scene: Scenario, planned: list[Planned], workers: list[Worker]) -> bool:
    began = time.monotonic()
    shot, restarted, paused_at, replaced = False, False, 0.0, False
    while time.monotonic() - began < DEADLINE_SECONDS:
        time.sleep(0.03)
        age = time.monotonic() - began
        if scene.shot_after_seconds is not None and not shot and age > scene.shot_after_seconds:
            workers[0].send(signal.SIGKILL)
            shot = True
        if scene.restarts_database and not restarted and age > 0.3:
            restart_database(lane)
            restarted = True
        sleeping = [worker for worker in workers if worker.is_paused()]
        if sleeping and not paused_at:
            paused_at = time.monotonic()
        if sleeping and time.monotonic() - paused_at > scene.continues_after_seconds:
            _continue(sleeping)
        gone = [worker for worker in workers if worker.has_ended()]
        if (gone or sleeping) and not replaced:
            workers.append(lane.zygote.start())
            replaced = True
        if all_ended(lane, planned):
            _continue(sleeping)
            time.sleep(SETTLE_SECONDS if sleeping or paused_at else 0.0)
            return True
    return False


def _continue(sleeping: list[Worker]) -> None:
    for worker in sleeping:
        worker.send(signal.SIGCONT)


def all_ended(lane: Lane, planned: list[Planned]) -> bool:
    rows = lane.rows(
        "select state, reason_class from app.posts where id = any (%(ids)s)", ids=[post.id for post in planned]
    )
    asked = ("unconfirmed", "unproven")
    return all(row["state"] in ENDED or (row["state"], row["reason_class"]) == asked for row in rows)


def restart_database(lane: Lane) -> None:
    root = lane.root / "data" / "database"
    postgres.stop(root, "immediate")
    postgres.start(root)
