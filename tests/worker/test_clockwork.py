"""The clockwork: what is due starts at its instant, what fails runs again, several of them may tick."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest

from services import publishing
from services.kit.app import App
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.publishing import stored_pictures
from tests.makers.quick import approve_quickly
from tests.makers.world import World
from worker.clockwork import Clockwork


@contextmanager
def _ticking(app: App, url: str) -> Iterator[Clockwork]:
    clockwork = Clockwork(app, url)
    clockwork.start()
    try:
        yield clockwork
    finally:
        clockwork.stop()


def _approve(world: World, cast: Cast, app: App) -> UUID:
    channel, pictures = make_channel(world, cast), stored_pictures(world.worker, cast)
    with app.tx(cast.worker) as tx:
        return approve_quickly(tx, cast.brand, channel, "On time.", pictures)


def _late_seconds(world: World, post: publishing.Post) -> float | None:
    """Between the instant a post was due and the queueing of its step; None while it is not queued."""
    with psycopg.connect(world.addresses.admin) as connection:
        row = connection.execute(
            "select extract(epoch from e.at - p.due_at) from queue.procrastinate_jobs j "
            "join queue.procrastinate_events e on e.job_id = j.id "
            "join app.posts p on p.id::text = j.args ->> 'post_id' where p.id = %s "
            "and j.task_name = 'publishing.step' order by e.at limit 1",
            [post.id],
        ).fetchone()
    return float(row[0]) if row else None


def test_a_post_planned_while_the_clock_ticks_is_released_at_its_instant(
    world: World, cast: Cast, punctual: App
) -> None:
    approval = _approve(world, cast, punctual)
    with psycopg.connect(world.addresses.admin, autocommit=True) as listener:
        listener.execute("listen procrastinate_any_queue_v1")
        with _ticking(punctual, world.addresses.worker):
            with punctual.tx(cast.worker) as tx:
                post = publishing.plan_post(tx, approval, tx.now + timedelta(seconds=0.8), "Europe/Berlin")
            late = None
            while late is None and list(listener.notifies(timeout=20, stop_after=1)):
                late = _late_seconds(world, post)
    assert late is not None
    assert 0 <= late < 2.5  # the fallback alone would take up to five; the benchmark measures it on a quiet machine


def test_a_worker_gives_a_sign_of_life_and_takes_it_back_at_its_end(world: World, punctual: App) -> None:
    with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        connection.execute("delete from app.worker_beats")
        clockwork = Clockwork(punctual, world.addresses.worker)
        clockwork._beat()
        assert connection.execute("select worker from app.worker_beats").fetchall() == [(clockwork.name,)]
        clockwork.start()
        clockwork.stop()
        assert connection.execute("select count(*) from app.worker_beats").fetchone() == (0,)


def test_a_sweep_that_fails_does_not_stop_the_clockwork(
    world: World, punctual: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks: list[int] = []

    def broken(app: App) -> None:
        ticks.append(1)
        raise psycopg.OperationalError("away") if len(ticks) == 1 else ZeroDivisionError

    monkeypatch.setattr("services.publishing.sweep_deadlines", broken)
    clockwork = Clockwork(punctual, world.addresses.worker)
    run = clockwork._guarded("deadlines", lambda: publishing.sweep_deadlines(punctual))
    run()
    run()
    assert len(ticks) == 2


def test_an_earlier_instant_wakes_it_sooner_and_a_later_one_does_not(world: World, punctual: App) -> None:
    clockwork = Clockwork(punctual, world.addresses.worker)
    woken: list[object] = []
    clockwork._schedule = woken.append  # type: ignore[method-assign, assignment]
    clockwork._next = now = punctual.clock.now()
    clockwork.told(now + timedelta(seconds=1))
    clockwork.told(now - timedelta(seconds=1))
    assert woken == [now - timedelta(seconds=1)]


def test_deaf_to_the_database_it_looks_every_five_seconds(world: World, cast: Cast, punctual: App) -> None:
    approval = _approve(world, cast, punctual)
    with psycopg.connect(world.addresses.admin, autocommit=True) as listener:
        listener.execute("listen procrastinate_any_queue_v1")
        with _ticking(punctual, "host=127.0.0.1 port=9 connect_timeout=1"):
            with punctual.tx(cast.worker) as tx:
                post = publishing.plan_post(tx, approval, tx.now + timedelta(seconds=0.8), "Europe/Berlin")
            late = None
            while late is None and list(listener.notifies(timeout=20, stop_after=1)):
                late = _late_seconds(world, post)
    assert late is not None
    assert 0 <= late < 7.5
