"""What is due starts: once per instant, late by the rules, over each other by the rules."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from services import jobs, notifications
from tests.makers.cast import Cast
from tests.makers.schedules import (
    Silent,
    clear,
    empty_queue,
    fires_of,
    hour,
    make_schedule,
    one_schedule,
    starts_of,
    sweep,
    waiting,
    work,
)
from tests.makers.world import START, World
from worker.tasks import jobs as tasks


@pytest.fixture(autouse=True)
def _nothing_waits(world: World) -> None:
    clear(world)


def _states(world: World, cast: Cast, schedule_id: UUID) -> list[str]:
    return [start.state.value for start in starts_of(world, cast.ana, schedule_id)]


def test_nothing_starts_before_its_time_and_once_at_it(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana)
    world.clock.move(minutes=59, seconds=59)
    sweep(world)
    assert starts_of(world, cast.ana, made) == []
    world.clock.move(seconds=1)
    sweep(world)
    sweep(world)
    assert fires_of(world, cast.ana, made) == [(START + hour(), "started", 0)]
    assert waiting(world) == [(cast.acme, starts_of(world, cast.ana, made)[0].id)]
    assert one_schedule(world, cast.ana, made).next_due_at == START + hour(2)


def test_a_start_runs_and_says_what_it_did(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, parameters={"steps": 3, "seconds": 0})
    world.clock.move(hours=1)
    sweep(world)
    assert work(world) == 1
    start = starts_of(world, cast.ana, made)[0]
    assert (start.state, start.origin, start.due_at, start.attempts) == ("succeeded", "schedule", START + hour(), 1)
    assert start.outcome and start.outcome.counts == {"steps": 3}


def test_many_sweeps_at_once_start_everything_once(world: World, cast: Cast) -> None:
    made = [make_schedule(world, cast.ana, name=f"Number {number}") for number in range(60)]
    world.clock.move(hours=1)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: sweep(world), range(8)))
    assert [len(starts_of(world, cast.ana, one)) for one in made] == [1] * 60
    assert len(waiting(world)) == 60


@pytest.mark.parametrize(("misfire", "outcome", "starts"), [("skip", "too_late", 0), ("run_once", "caught_up", 1)])
def test_after_days_without_a_worker_the_misfire_rule_decides_on_one_start_at_most(
    world: World, cast: Cast, misfire: str, outcome: str, starts: int
) -> None:
    made = make_schedule(world, cast.ana, misfire=misfire, grace_seconds=60)
    world.clock.move(hours=72, minutes=30)
    sweep(world)
    sweep(world)
    assert fires_of(world, cast.ana, made) == [(START + hour(72), outcome, 71)]
    assert len(starts_of(world, cast.ana, made)) == starts
    assert one_schedule(world, cast.ana, made).next_due_at == START + hour(73)


def test_within_its_grace_a_late_time_is_on_time_and_earlier_ones_are_missed(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, misfire="skip", grace_seconds=120)
    world.clock.move(hours=5, seconds=119)
    sweep(world)
    assert fires_of(world, cast.ana, made) == [(START + hour(5), "started", 4)]


def test_skip_leaves_out_what_falls_due_while_it_runs(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, overlap="skip")
    for _ in range(2):
        world.clock.move(hours=1)
        sweep(world)
    assert [outcome for _, outcome, _ in fires_of(world, cast.ana, made)] == ["overlap", "started"]
    work(world)
    world.clock.move(hours=1)
    sweep(world)
    assert _states(world, cast, made) == ["waiting", "succeeded"]


def test_queue_runs_them_one_after_the_other(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, overlap="queue")
    for _ in range(3):
        world.clock.move(hours=1)
        sweep(world)
    newest_first = [start.id for start in starts_of(world, cast.ana, made)]
    # the latest job comes first to a worker: it is not its turn
    jobs.run_start(world.worker, cast.acme, newest_first[0], Silent())
    assert _states(world, cast, made) == ["waiting"] * 3
    work(world)
    ended = sorted(starts_of(world, cast.ana, made), key=lambda start: start.created_at)
    assert [start.state for start in ended] == ["succeeded"] * 3
    assert [start.id for start in ended] == newest_first[::-1]


def test_cancel_running_asks_the_running_one_to_stop_and_waits_for_it(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, overlap="cancel_running", parameters={"steps": 5, "seconds": 0})
    world.clock.move(hours=1)
    sweep(world)
    first = starts_of(world, cast.ana, made)[0]

    class _Meanwhile(Silent):
        """In the middle of the first the next falls due, and its job comes to a worker."""

        def step(self, done: int, total: int | None = None, note: str = "") -> None:
            if done == 2:
                world.clock.move(hours=1)
                sweep(world)
                second = starts_of(world, cast.ana, made)[0]
                jobs.run_start(world.worker, cast.acme, second.id, Silent())
                assert _states(world, cast, made) == ["waiting", "running"]

    empty_queue(world)
    jobs.run_start(world.worker, cast.acme, first.id, _Meanwhile())
    assert _states(world, cast, made) == ["waiting", "cancelled"]
    work(world)
    assert _states(world, cast, made) == ["succeeded", "cancelled"]


def test_a_schedule_that_cannot_start_is_stopped_with_the_reason_and_hurts_no_other(world: World, cast: Cast) -> None:
    broken, whole = make_schedule(world, cast.ana), make_schedule(world, cast.ana)
    with world.superuser() as connection:
        connection.execute("""update app.schedules set parameters = '{"steps": 0}' where id = %s""", [broken])
    world.clock.move(hours=1)
    sweep(world)
    assert "Steps" in one_schedule(world, cast.ana, broken).problem
    assert one_schedule(world, cast.ana, broken).state == "paused"
    assert _states(world, cast, whole) == ["waiting"]
    for _, schedule_id in waiting(world, "jobs.tell_schedule_stopped", "schedule_id") * 2:
        tasks.tell_schedule_stopped(world.worker, cast.acme, schedule_id)
    with world.web.tx(cast.ana) as tx:
        told = notifications.notices(tx)
    assert [one.title for one in told] == ["“Practice each hour” was paused: it cannot start"]
    assert told[0].link == f"/schedules?schedule={broken}" and told[0].body.endswith("put that right and resume it.")


def test_what_only_newer_code_knows_is_left_to_a_worker_of_that_version(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana)
    with world.superuser() as connection:
        connection.execute("update app.schedules set payload_version = 2 where id = %s", [made])
    world.clock.move(hours=1)
    sweep(world)
    assert fires_of(world, cast.ana, made) == []
    assert one_schedule(world, cast.ana, made).next_due_at == START + hour()


def test_a_once_schedule_ends_after_its_time(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, cadence=jobs.once(START.replace(tzinfo=None) + hour(2), "Europe/Berlin"))
    world.clock.move(hours=1)
    sweep(world)
    assert (_states(world, cast, made), one_schedule(world, cast.ana, made).state) == (["waiting"], "ended")
