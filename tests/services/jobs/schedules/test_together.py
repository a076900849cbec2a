"""Many schedules due at one instant: each by its own rules, and one that cannot start hurts none of the others."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from services import jobs
from services.events import JobStarted
from tests.makers.cast import Cast
from tests.makers.schedules import (
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


@pytest.fixture(autouse=True)
def _nothing_waits(world: World) -> None:
    clear(world)


def _outcomes(world: World, cast: Cast, schedule_id: UUID) -> list[str]:
    return [outcome for _, outcome, _ in fires_of(world, cast.ana, schedule_id)]


def test_each_of_many_goes_by_its_own_rules(world: World, cast: Cast) -> None:
    plain = [make_schedule(world, cast.ana, name=f"Number {number}") for number in range(5)]
    elsewhere = [make_schedule(world, cast.cleo) for _ in range(3)]
    busy = make_schedule(world, cast.ana, overlap="skip")
    queued = make_schedule(world, cast.ana, overlap="queue")
    for one in (busy, queued):
        jobs.run_now(world.web, cast.ana, one)
    of_brand = make_schedule(world, cast.ana, kind="pull_metrics", parameters={"days": 7}, brand_id=cast.brand)
    world.clock.move(hours=1)
    sweep(world)
    assert [_outcomes(world, cast, one) for one in plain] == [["started"]] * 5
    assert [len(starts_of(world, cast.cleo, one)) for one in elsewhere] == [1] * 3
    assert (_outcomes(world, cast, busy), _outcomes(world, cast, queued)) == (["overlap"], ["started"])
    (start,) = starts_of(world, cast.ana, of_brand)
    assert (start.brand_id, start.parameters, start.origin) == (cast.brand, {"days": 7}, "schedule")
    assert (start.due_at, start.started_by) == (START + hour(), None)
    with world.web.tx(cast.ana) as tx:
        assert [fire.start_id for fire in jobs.fires(tx, of_brand)] == [start.id]
    assert one_schedule(world, cast.ana, of_brand).next_due_at == START + hour(2)


def test_many_that_are_too_late_are_left_out_together(world: World, cast: Cast) -> None:
    made = [make_schedule(world, cast.ana, misfire="skip", grace_seconds=60) for _ in range(3)]
    world.clock.move(hours=5, minutes=30)
    sweep(world)
    assert [fires_of(world, cast.ana, one) for one in made] == [[(START + hour(5), "too_late", 4)]] * 3
    assert waiting(world) == []


def test_one_that_the_database_refuses_is_stopped_and_the_others_start(world: World, cast: Cast) -> None:
    made = [make_schedule(world, cast.ana, parameters={"steps": steps, "seconds": 0}) for steps in (1, 77, 2)]
    rule = "alter table app.job_starts add constraint refused check (parameters ->> 'steps' <> '77') not valid"
    world.clock.move(hours=1)
    with world.superuser() as connection:
        connection.execute(rule)
        try:
            sweep(world)
        finally:
            connection.execute("alter table app.job_starts drop constraint refused")
    assert [len(starts_of(world, cast.ana, one)) for one in made] == [1, 0, 1]
    assert len(waiting(world)) == 2
    stopped = one_schedule(world, cast.ana, made[1])
    assert (stopped.state, stopped.problem != "") == ("paused", True)


def test_an_instant_that_has_fired_is_not_fired_again_among_many(world: World, cast: Cast) -> None:
    made = [make_schedule(world, cast.ana, overlap="queue") for _ in range(3)]
    world.clock.move(hours=1)
    sweep(world)
    with world.superuser() as connection:
        connection.execute(
            "update app.schedules set next_due_at = %(at)s, next_fire_at = %(at)s where id = any (%(ids)s)",
            {"at": START + hour(), "ids": made[:2]},
        )
    work(world)
    sweep(world)
    assert [len(starts_of(world, cast.ana, one)) for one in made] == [1] * 3


def test_a_job_that_waits_already_keeps_none_of_the_new_ones_from_the_queue(world: World, cast: Cast) -> None:
    first, second, third = (world.web.ids.new() for _ in range(3))
    for together in ([first], [second, first, third]):
        with world.web.tx(cast.ana) as tx:
            for start_id in together:
                tx.emit(JobStarted(start_id))
    assert {start for _, start in waiting(world)} == {first, second, third}
    assert len(waiting(world)) == 3
    empty_queue(world)


def test_a_start_made_elsewhere_and_a_change_of_its_schedule_do_not_wait_for_each_other(
    world: World, cast: Cast
) -> None:
    made, breath = make_schedule(world, cast.ana, overlap="queue"), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        with world.superuser() as connection, connection.transaction():
            key = f"schedule:{made}"
            connection.execute("select pg_advisory_xact_lock(hashtextextended(%s, 20261121))", [key])
            clicked = pool.submit(jobs.run_now, world.web, cast.ana, made)
            waits = "select count(*) from pg_locks where locktype = 'advisory' and not granted"
            while not clicked.done() and connection.execute(waits).fetchone() == (0,):
                breath.wait(0.01)
            connection.execute(
                "insert into app.job_starts (id, org_id, kind, payload_version, origin, schedule_id, state, "
                "created_at, queued_at) values (%s, %s, 'demo', 1, 'retry', %s, 'waiting', now(), now())",
                [world.web.ids.new(), cast.acme, made],
            )
        assert clicked.result(timeout=20).start_id
    assert len(starts_of(world, cast.ana, made)) == 2


def test_the_sweep_for_lost_starts_takes_schedules_in_the_order_of_the_one_that_fires(world: World, cast: Cast) -> None:
    """Else the two wait for each other, and the database ends one of them."""
    made, breath = sorted(make_schedule(world, cast.ana, overlap="queue") for _ in range(3)), threading.Event()
    world.clock.move(hours=1)
    sweep(world)
    empty_queue(world)
    with world.superuser() as connection:
        for number, one in enumerate(made):
            connection.execute(
                "update app.job_starts set queued_at = queued_at - %s * interval '1 second' where schedule_id = %s",
                [number, one],
            )
    world.clock.move(hours=1)
    with ThreadPoolExecutor(1) as pool:
        with world.superuser() as connection, connection.transaction():
            lock = "select pg_advisory_xact_lock(hashtextextended('schedule:' || %s, 20261121))"
            connection.execute(lock, [made[0]])
            swept = pool.submit(jobs.find_lost, world.worker)
            waits = "select count(*) from pg_locks where locktype = 'advisory' and not granted"
            while not swept.done() and connection.execute(waits).fetchone() == (0,):
                breath.wait(0.01)
            is_free = lock.replace("pg_advisory_xact_lock", "pg_try_advisory_xact_lock")
            free = [connection.execute(is_free, [one]).fetchone() for one in made]
            # nor their rows: who runs, cancels or replaces one has its schedule first
            rows = "select from app.job_starts where schedule_id = any (%s) for update skip locked"
            assert len(connection.execute(rows, [made]).fetchall()) == 3
        assert swept.result(timeout=20) >= 3
    assert free == [(True,)] * 3
