"""Sweeps, changes, pauses and people's clicks at the same time: every due instant starts once, nothing is stuck."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from services import jobs
from tests.makers.cast import Cast
from tests.makers.schedules import (
    clear,
    hourly,
    make_schedule,
    one_schedule,
    starts_of,
    sweep,
    waiting,
    work,
)
from tests.makers.world import World

ENOUGH = 8


@pytest.fixture(autouse=True)
def _nothing_waits(world: World) -> None:
    clear(world)


def _until(done: threading.Event, act: Callable[[], object], breath: float = 0.0) -> int:
    count = 0
    while not done.is_set():
        act()
        done.wait(breath)
        count += 1
    return count


def _change(world: World, cast: Cast, made: UUID, cadences: list[jobs.Cadence]) -> None:
    known = one_schedule(world, cast.ana, made)
    cadences.append(cadences.pop(0))
    draft = hourly(cadence=cadences[0], overlap="queue", note=f"Version {known.version}")
    try:
        jobs.change_schedule(world.web, cast.ana, made, draft, known.version)
    except jobs.ScheduleChanged:
        pass


def _pause(world: World, cast: Cast, made: UUID) -> None:
    jobs.pause(world.web, cast.ben, made)
    jobs.resume(world.web, cast.ben, made)


def test_what_is_changed_and_paused_while_it_fires_never_starts_an_instant_twice(world: World, cast: Cast) -> None:
    cadences = [jobs.cron(f"{minute} * * * *", "Europe/Berlin") for minute in (0, 15, 30)]
    made = make_schedule(world, cast.ana, cadence=cadences[0], overlap="queue", misfire="run_once")
    done = threading.Event()
    with ThreadPoolExecutor(5) as pool:
        acts = [
            *(pool.submit(_until, done, lambda: sweep(world)) for _ in range(3)),
            pool.submit(_until, done, lambda: _change(world, cast, made, cadences), 0.05),
            pool.submit(_until, done, lambda: _pause(world, cast, made), 0.1),
        ]
        for _ in range(400):
            world.clock.move(minutes=5)
            done.wait(0.03)
            if len(starts_of(world, cast.ana, made)) >= ENOUGH:
                break
        done.set()
        assert all(act.result(timeout=30) for act in acts)
    due = [start.due_at for start in starts_of(world, cast.ana, made)]
    assert len(due) == len(set(due)) >= ENOUGH
    with world.web.tx(cast.ana) as tx:
        fires = jobs.fires(tx, made, 1_000)
    began = {fire.due_at for fire in fires if fire.outcome in ("started", "caught_up")}
    assert began == set(due)


def test_starts_of_one_schedule_run_one_at_a_time_however_many_workers_there_are(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, overlap="queue", parameters={"steps": 1, "seconds": 0.02})
    for _ in range(8):
        jobs.run_now(world.web, cast.ben, made)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: work(world), range(4)))
    work(world)
    ended = sorted(starts_of(world, cast.ana, made), key=lambda start: start.id)
    assert [start.state for start in ended] == ["succeeded"] * 8
    assert [start.attempts for start in ended] == [1] * 8
    assert waiting(world) == []


def test_ten_clicks_at_once_start_one_where_a_second_is_left_out(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, overlap="skip")

    def click(_: int) -> bool:
        try:
            jobs.run_now(world.web, cast.ben, made)
        except jobs.StillRunning:
            return False
        return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(click, range(10))) == 1
    assert len(starts_of(world, cast.ana, made)) == 1
