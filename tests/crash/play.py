"""Plays one scenario on a lane: plan, start workers, let them die or sleep, let others take over, wait for the end."""

import signal
import time
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from services import publishing, schedule
from tests.crash.files import Placed
from tests.crash.forms import FORMS, choices, words_of
from tests.crash.lane import Lane
from tests.crash.mischief import Backup, kill_server, listening, restart_database, spoilt
from tests.crash.scenario import PostPlan, Scenario
from tests.crash.workers import Worker
from tests.crash.zones import planned_wall
from tests.makers.posted import approve_files

DEADLINE_SECONDS = 60.0
SETTLE_SECONDS = 0.5  # for what a woken worker may still do
SOON_SECONDS = 12  # a post that waits for a time goes on by itself; one that is further off is not waited for
GAP_SECONDS = 0.5  # how long the database is away before a backup is brought back


@dataclass(frozen=True)
class Planned:
    """
    A post that was acknowledged, what its caption reads and when it is due, where that is checked.

    `is_spoilt`: it must not go out any more.
    """

    id: UUID
    plan: PostPlan
    caption: str
    is_spoilt: bool = False
    due_at: datetime | None = None


@dataclass
class _Acts:
    """What was done so far of what a scenario does once."""

    shot: bool = False
    database: bool = False
    replaced: bool = False
    paused_at: float = field(default=0.0)


def play(lane: Lane, scene: Scenario) -> tuple[list[Planned], bool]:
    """The acknowledged posts, and whether all of them came to an end in time."""
    lane.refresh(renews=scene.renews)
    for fault in scene.faults:
        lane.admin.fault(**fault)
    approvals = [_approve(lane, scene, post) for post in scene.posts]
    planned = [
        (_plan_by_the_wall if scene.kind == "dst" else _plan)(lane, approval, scene, post)
        for approval, post in zip(approvals, scene.posts, strict=True)
    ]
    with spoilt(lane, scene, approvals) as places, listening(lane, is_deaf=scene.kind == "deaf"):
        told = [replace(one, is_spoilt=at in places) for at, one in enumerate(planned)]
        if scene.kind == "restore":
            return told, _brought_back(lane, scene, told)
        try:
            return told, _run(lane, scene, told)
        finally:
            if scene.kind in ("token", "refresh", "empty_refresh"):
                lane.renew_all()


def _approve(lane: Lane, scene: Scenario, post: PostPlan) -> UUID:
    platform, form, placed = post.channel.split("/")[0], FORMS[post.form], placed_for(lane, post)
    caption, own = words_of(scene.seed, post.words, post.format), {platform: choices(post.channel, post.format)}
    channel = lane.channels[post.channel]
    with lane.world.worker.tx(lane.worker_scope) as tx:
        return approve_files(tx, lane.cast.brand, channel, (caption, form.link), placed, own)


def placed_for(lane: Lane, post: PostPlan) -> list[Placed]:
    """Its stored files, in their places."""
    files = FORMS[post.form].files
    return [lane.files[kind, post.words] | {"placement": str(place)} for place, kind in enumerate(files, 1)]


def _plan(lane: Lane, approval: UUID, scene: Scenario, post: PostPlan) -> Planned:
    with lane.world.web.tx(lane.cast.ana) as tx:
        due_at = tx.now + timedelta(seconds=post.due_in_seconds) if post.due_in_seconds else None
        try:
            made = publishing.plan_post(tx, approval, due_at, "Europe/Berlin")
        except schedule.TimePast:  # a busy machine: the moment went by on the way
            made = publishing.plan_post(tx, approval, None, "Europe/Berlin")
    return Planned(made.id, post, words_of(scene.seed, post.words, post.format))


def _plan_by_the_wall(lane: Lane, approval: UUID, scene: Scenario, post: PostPlan) -> Planned:
    """At a time of day at which the clocks change, as a person types it."""
    with lane.world.web.tx(lane.cast.ana) as tx:
        due_at, zone = planned_wall(scene.seed, scene.posts.index(post), tx.now)
        made = publishing.plan_post(tx, approval, due_at, zone)
    return Planned(made.id, post, words_of(scene.seed, post.words, post.format), due_at=due_at)


def _brought_back(lane: Lane, scene: Scenario, planned: list[Planned]) -> bool:
    """Everything goes out; then the database is what it was before, and workers start again."""
    backup = Backup(lane)
    try:
        first = _run(lane, scene, planned)
        backup.restore()
    finally:
        backup.drop()
    time.sleep(GAP_SECONDS)
    return _run(lane, scene, planned) and first


def _run(lane: Lane, scene: Scenario, planned: list[Planned]) -> bool:
    skews = scene.skews or (0.0,) * len(scene.failpoints)
    workers = [lane.zygote.start(point, skew) for point, skew in zip(scene.failpoints, skews, strict=True)]
    try:
        return _until_ended(lane, scene, planned, workers)
    finally:
        for worker in workers:
            worker.end()


def _until_ended(lane: Lane, scene: Scenario, planned: list[Planned], workers: list[Worker]) -> bool:
    began, acts = time.monotonic(), _Acts()
    while time.monotonic() - began < DEADLINE_SECONDS:
        time.sleep(0.03)
        _disturb(lane, scene, workers, acts, time.monotonic() - began)
        sleeping = [worker for worker in workers if worker.is_paused()]
        if sleeping and not acts.paused_at:
            acts.paused_at = time.monotonic()
        if sleeping and time.monotonic() - acts.paused_at > scene.continues_after_seconds:
            _continue(sleeping)
        if not acts.replaced and (sleeping or any(worker.has_ended() for worker in workers)):
            workers.append(lane.zygote.start())
            acts.replaced = True
        if all_ended(lane, planned):
            _continue(sleeping)
            time.sleep(SETTLE_SECONDS if sleeping or acts.paused_at else 0.0)
            return True
    return False


def _disturb(lane: Lane, scene: Scenario, workers: list[Worker], acts: _Acts, age: float) -> None:
    if scene.shot_after_seconds is not None and not acts.shot and age > scene.shot_after_seconds:
        workers[0].send(signal.SIGKILL)
        acts.shot = True
    if scene.kind in ("database", "server") and not acts.database and age > 0.5:
        (restart_database if scene.kind == "database" else kill_server)(lane)
        acts.database = True


def _continue(sleeping: list[Worker]) -> None:
    for worker in sleeping:
        worker.send(signal.SIGCONT)


def all_ended(lane: Lane, planned: list[Planned]) -> bool:
    """Has every post ended, or is it for a person, or for a later hour?"""
    waiting = lane.rows(
        "select id from app.posts where id = any (%(ids)s) and not (state = 'cancelled' or state = 'published' "
        "or state = 'failed' or (state = 'held' and (wake_at is null or wake_at > now() + %(soon)s * interval '1 s')) "
        "or (state = 'unconfirmed' and reason_class = 'unproven')) limit 1",
        ids=[post.id for post in planned],
        soon=SOON_SECONDS,
    )
    return not waiting
