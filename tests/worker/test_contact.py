"""Who was cut off judges nobody yet, and a clock that is put back stops no sweep."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from services.kit.app import App
from tests.makers.world import World
from worker.clockwork import Clockwork
from worker.contact import Contact, Jumps


def test_one_judges_others_only_after_being_in_touch_for_as_long_as_they_may_be_silent() -> None:
    now = [100.0]
    contact = Contact(timedelta(seconds=15), lambda: now[0])
    told = []
    for seconds in (0, 5, 5, 5, 5, 20, 5, 5, 5, 5):
        now[0] += seconds
        told.append(contact.answered())
    assert told == [False, False, False, True, True, False, False, False, True, True]


def test_a_clock_that_is_put_back_or_forward_is_noticed_once_and_a_slow_one_never() -> None:
    wall, running = [1_000_000.0], [50.0]
    jumps = Jumps(lambda: datetime.fromtimestamp(wall[0], UTC), lambda: running[0])
    told = []
    for put in (0.0, 0.5, -3600.0, 0.0, 3600.0, -0.5):
        wall[0] += 10 + put
        running[0] += 10
        told.append(jumps.happened())
    assert told == [False, False, True, False, True, False]


class _PutBack:
    """The machine's clock, put back by an hour when told to."""

    def __init__(self) -> None:
        self.by = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) - self.by


def test_after_the_clock_was_put_back_by_an_hour_the_sweeps_go_on(world: World, punctual: App) -> None:
    clock, ran = _PutBack(), threading.Event()
    clockwork = Clockwork(replace(punctual, clock=clock), world.addresses.worker)
    clockwork.start()
    try:
        _until(lambda: all(job.next_run_time > datetime.now(UTC) for job in clockwork._scheduler.get_jobs()))
        for job in clockwork._scheduler.get_jobs():  # what was planned before lies an hour ahead
            job.modify(next_run_time=job.next_run_time + timedelta(hours=1))
        clockwork._scheduler.modify_job("beat", func=ran.set)
        clock.by = timedelta(hours=1)
        assert ran.wait(20)
        _until(
            lambda: all(
                _is_soon(job.next_run_time)
                for job in clockwork._scheduler.get_jobs()
                if job.id not in ("purge", "old messages")
            )
        )
    finally:
        clockwork.stop()


def _is_soon(at: datetime) -> bool:
    return at < datetime.now(UTC) + timedelta(minutes=55)


def _until(reached: Callable[[], bool]) -> None:
    for _ in range(400):
        if reached():
            return
        threading.Event().wait(0.05)
    raise AssertionError("not within 20 s")
