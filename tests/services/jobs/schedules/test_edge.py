"""Changing and pausing in the very second a schedule falls due: the instant is never lost in silence."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services import jobs
from tests.makers.cast import Cast
from tests.makers.schedules import clear, fires_of, hour, hourly, make_schedule, one_schedule, starts_of, sweep, waiting
from tests.makers.world import START, World

AT_TEN, AT_HALF_PAST = jobs.cron("0 * * * *", "UTC"), jobs.cron("30 * * * *", "UTC")


@pytest.fixture(autouse=True)
def _nothing_waits(world: World) -> None:
    clear(world)


def _change(world: World, cast: Cast, made: UUID, **changes: Any) -> None:
    version = one_schedule(world, cast.ana, made).version
    jobs.change_schedule(world.web, cast.ben, made, hourly(**{"cadence": AT_HALF_PAST, **changes}), version)


def test_what_fell_due_before_a_change_was_saved_starts_as_it_stood(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, cadence=AT_TEN, parameters={"steps": 3, "seconds": 0})
    world.clock.move(hours=1)  # the very instant, before any sweep
    _change(world, cast, made, parameters={"steps": 9, "seconds": 0})
    sweep(world)
    assert fires_of(world, cast.ana, made) == [(START + hour(), "started", 0)]
    (start,) = starts_of(world, cast.ana, made)
    assert (start.parameters["steps"], start.origin, start.started_by) == (3, "schedule", None)
    assert waiting(world) == [(cast.acme, start.id)]
    assert one_schedule(world, cast.ana, made).next_due_at == START + hour(1.5)


def test_a_change_just_before_the_time_leaves_nothing_behind(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, cadence=AT_TEN)
    world.clock.set(START + hour() - timedelta(microseconds=1))
    _change(world, cast, made)
    world.clock.set(START + hour())
    sweep(world)
    assert (fires_of(world, cast.ana, made), starts_of(world, cast.ana, made)) == ([], [])


def test_what_was_still_to_be_spread_is_told_as_changed(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, cadence=AT_TEN, jitter_seconds=3_000)
    known = one_schedule(world, cast.ana, made)
    assert known.next_fire_at and known.next_fire_at > START + hour()
    world.clock.set(known.next_fire_at - timedelta(seconds=1))
    _change(world, cast, made)
    world.clock.move(seconds=1)
    sweep(world)
    assert fires_of(world, cast.ana, made) == [(START + hour(), "changed", 0)]
    assert starts_of(world, cast.ana, made) == []


@pytest.mark.parametrize("act", ["changed", "paused"])
def test_the_latest_that_was_still_to_be_spread_is_told_beside_a_late_one(world: World, cast: Cast, act: str) -> None:
    made = make_schedule(world, cast.ana, cadence=AT_TEN, jitter_seconds=3_000, grace_seconds=1)
    world.clock.set(START + hour(2))  # nobody worked for an hour
    if act == "changed":
        _change(world, cast, made)
    else:
        jobs.pause(world.web, cast.ana, made)
    first = "too_late" if act == "changed" else "paused"
    assert sorted(fires_of(world, cast.ana, made)) == [(START + hour(), first, 0), (START + hour(2), act, 0)]


def test_what_can_no_longer_start_as_it_stood_is_told_as_changed(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, cadence=AT_TEN)
    with world.superuser() as connection:
        connection.execute("""update app.schedules set parameters = '{"steps": 0}' where id = %s""", [made])
    world.clock.move(hours=1)
    _change(world, cast, made)
    assert fires_of(world, cast.ana, made) == [(START + hour(), "changed", 0)]
    assert one_schedule(world, cast.ana, made).next_due_at == START + hour(1.5)


def test_late_instants_go_by_the_misfire_rule_when_it_is_changed(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, cadence=AT_TEN, misfire="skip", grace_seconds=60)
    world.clock.move(hours=3, minutes=5)
    _change(world, cast, made)
    assert fires_of(world, cast.ana, made) == [(START + hour(3), "too_late", 2)]


def test_what_fell_due_before_a_pause_does_not_start_and_is_told(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, cadence=AT_TEN)
    world.clock.move(hours=1)
    jobs.pause(world.web, cast.ana, made)
    jobs.resume(world.web, cast.ana, made)
    sweep(world)
    assert fires_of(world, cast.ana, made) == [(START + hour(), "paused", 0)]
    assert starts_of(world, cast.ana, made) == []


def test_the_installations_time_is_not_lost_either(world: World, cast: Cast) -> None:
    draft = hourly(kind="purge", parameters={}, is_installation=True, cadence=AT_TEN)
    made = jobs.make_schedule(world.web, cast.ana, draft)
    world.clock.move(hours=1)
    changed = draft.model_copy(update={"cadence": AT_HALF_PAST})
    jobs.change_schedule(world.web, cast.ana, made, changed, 1)
    found = starts_of(world, cast.ana, made, is_installation=True)
    assert [(one.due_at, one.origin, one.started_by) for one in found] == [(START + hour(), "schedule", None)]
    assert [start for _, start in waiting(world)] == [found[0].id]
    jobs.remove(world.web, cast.ana, made, is_installation=True)
