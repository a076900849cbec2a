"""Weeks of work in seconds: the same services and the same practice platforms, on a clock that is moved."""

from datetime import datetime, timedelta
from uuid import UUID

import psycopg

from services import metrics, publishing, wiring
from services.kit import postgres
from services.kit.app import App
from services.kit.config import Settings
from services.kit.db import Scope
from tests.browser.desk import Desk
from tests.browser.hands import Ad, Hands, hands
from tests.browser.steps import ANA, BEN
from tests.makers.accounts import on_practice
from tests.makers.practice import running_practice
from tests.makers.publishing import serving
from tests.makers.world import World, make_world

READ_FOR_DAYS = 7
_STEPS = 12

Plan = tuple[int, int, Ad, tuple[str, ...]]
"""Days ago, hour in UTC, what, and the platforms it went out on."""


def live_through(desk: Desk, plans: list[Plan], today: datetime) -> None:
    """
    Make, approve and publish every ad on its day, and read the figures of the last week each evening.

    The desk must not run meanwhile: its worker would take up posts whose time is long past.
    """
    first = max(days for days, _, _, _ in plans)
    world = make_world(wiring.prepare(Settings(loopdesk_data=desk.data, _env_file=None)), desk.data, at=today)
    with running_practice(desk.data, clock=world.clock, processing_seconds=0) as practice, serving(world.worker) as app:
        worker = on_practice(app, practice.base)
        ben, ana = hands(world.web, desk, BEN), hands(world.web, desk, ANA)
        out: list[tuple[datetime, publishing.Post]] = []
        for ago in range(first, -1, -1):
            for hour, ad, platforms in sorted((h, a, p) for d, h, a, p in plans if d == ago):
                _go_to(world, today - timedelta(days=ago), hour)
                for post in _publish(world, worker, ben, ana, ad, platforms):
                    out.append((world.clock.now(), post))
            if ago:
                _go_to(world, today - timedelta(days=ago), 21)
                week = world.clock.now() - timedelta(days=READ_FOR_DAYS)
                _read(desk, worker, ana, [post.id for at, post in out if at > week])
        practice.admin.settings(processing_seconds=1)
    _forget_queue(desk)
    world.close()


def _go_to(world: World, day: datetime, hour: int) -> None:
    at = day.replace(hour=hour, minute=0, second=0, microsecond=0)
    world.clock.move(seconds=(at - world.clock.now()).total_seconds())


def _publish(
    world: World, worker: App, ben: Hands, ana: Hands, ad: Ad, platforms: tuple[str, ...]
) -> list[publishing.Post]:
    posts = ana.approve(ben.ask(ad), None, platforms)
    for post in posts:
        for _ in range(_STEPS):
            publishing.release_due(worker)
            publishing.step(worker, ana.org_id, post.id)
            with worker.tx(Scope(ana.org_id)) as tx:
                now = publishing.post(tx, post.id)
            if now.wake_at is None:
                break
            world.clock.move(seconds=max(0.0, (now.wake_at - world.clock.now()).total_seconds()))
        publishing.fetch_permalink(worker, ana.org_id, post.id)
    return posts


def _read(desk: Desk, worker: App, ana: Hands, posts: list[UUID]) -> None:
    with ana.app.tx(ana.scope) as tx:
        for post_id in posts:
            metrics.pull_now(tx, post_id)
    for (pull_id,) in desk.ask("select id from app.metric_pulls where state = 'queued'"):
        metrics.read_post(worker, ana.org_id, pull_id)


def _forget_queue(desk: Desk) -> None:
    """What was done by hand needs no worker any more."""
    with psycopg.connect(postgres.start(desk.data / "database"), options="-c search_path=queue") as connection:
        connection.execute("delete from procrastinate_jobs where status = 'todo'")
