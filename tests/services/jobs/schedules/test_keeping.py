"""Making schedules, changing and pausing them: by whom, and what becomes of the next time."""

import threading
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services import jobs
from services.identity import RoleTooLow
from services.kit.errors import Invalid
from tests.makers.cast import Cast
from tests.makers.schedules import (
    AT_ONCE,
    clear,
    fires_of,
    hour,
    hourly,
    make_schedule,
    one_schedule,
    starts_of,
    sweep,
)
from tests.makers.world import START, World


@pytest.fixture(autouse=True)
def _nothing_waits(world: World) -> None:
    clear(world)


def _change(world: World, cast: Cast, made: UUID, version: int = 1, **changes: Any) -> None:
    jobs.change_schedule(world.web, cast.ben, made, hourly(**changes), version)


def test_who_may_only_look_makes_none_and_cleo_sees_none(world: World, cast: Cast) -> None:
    with pytest.raises(RoleTooLow):
        make_schedule(world, cast.vera)
    made = make_schedule(world, cast.ben)
    for who in (cast.cleo, cast.vera):
        for act in (jobs.pause, jobs.resume, jobs.remove, jobs.run_now):
            with pytest.raises((jobs.ScheduleNotFound, RoleTooLow)):
                act(world.web, who, made)
    with world.web.tx(cast.cleo) as tx:
        assert (jobs.list_schedules(tx), jobs.fires(tx, made), jobs.list_starts(tx, None, made, 10)) == ([], [], [])
        with pytest.raises(jobs.ScheduleNotFound):
            jobs.get_schedule(tx, made)
    assert one_schedule(world, cast.vera, made).owner_id == cast.ben.user_id


def test_every_act_is_in_the_audit_log(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana)
    _change(world, cast, made, name="Renamed")
    jobs.pause(world.web, cast.ana, made)
    jobs.resume(world.web, cast.ana, made)
    jobs.remove(world.web, cast.ana, made)
    with world.web.tx(cast.ana) as tx:
        rows = tx.tuples("select act from app.audit_log where subject_id = %(id)s order by id", {"id": str(made)})
    assert [act for (act,) in rows] == ["made", "changed", "paused", "resumed", "removed"]


def test_a_schedule_that_somebody_changed_meanwhile_is_not_overwritten(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana)
    _change(world, cast, made, name="First")
    with pytest.raises(jobs.ScheduleChanged):
        _change(world, cast, made, name="Second")
    assert one_schedule(world, cast.ana, made).name == "First"


def test_a_note_changes_no_time_and_another_cadence_does(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, cadence=jobs.cron("0 * * * *", "UTC"))
    world.clock.move(hours=1, seconds=1)  # due, and not fired yet
    _change(world, cast, made, cadence=jobs.cron("0 * * * *", "UTC"), note="Ask Ben first.")
    assert one_schedule(world, cast.ana, made).next_due_at == START + hour()
    _change(world, cast, made, 2, cadence=jobs.cron("30 * * * *", "UTC"))
    assert one_schedule(world, cast.ana, made).next_due_at == START + hour(1.5)


def test_a_time_that_has_fired_does_not_fire_again_whatever_is_changed(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, cadence=jobs.cron("0 * * * *", "UTC"), overlap="queue")
    world.clock.move(hours=1)
    sweep(world)
    world.clock.set(START + timedelta(minutes=59, seconds=58))  # a clock that was set back
    _change(world, cast, made, cadence=jobs.cron("0 * * * 1", "UTC"), overlap="queue")
    world.clock.set(START + hour())
    sweep(world)
    assert fires_of(world, cast.ana, made) == [(START + hour(), "started", 0)]
    assert len(starts_of(world, cast.ana, made)) == 1


def test_a_schedule_that_is_being_changed_is_passed_over_and_then_fires_as_changed(world: World, cast: Cast) -> None:
    made, other = make_schedule(world, cast.ana), make_schedule(world, cast.ana)
    world.clock.move(hours=1)
    with world.superuser() as connection, connection.transaction():
        connection.execute("select 1 from app.schedules where id = %s for update", [made])
        swept = threading.Thread(target=sweep, args=[world])
        swept.start()
        swept.join(timeout=20)
        assert not swept.is_alive()
        assert len(starts_of(world, cast.ana, other)) == 1
        connection.execute(
            """update app.schedules set parameters = '{"steps": 7, "seconds": 0}' where id = %s""", [made]
        )
    sweep(world)
    assert starts_of(world, cast.ana, made)[0].parameters["steps"] == 7


def test_a_pause_keeps_it_from_starting_and_its_times_are_not_made_up_for(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, misfire="run_once")
    jobs.pause(world.web, cast.ana, made)
    world.clock.move(hours=5, minutes=30)
    sweep(world)
    assert jobs.next_times(one_schedule(world, cast.ana, made), world.clock.now()) == []
    assert jobs.resume(world.web, cast.ana, made) == START + hour(6)
    sweep(world)
    assert fires_of(world, cast.ana, made) == []


def test_run_now_starts_at_once_and_tells_the_true_next_time(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, jitter_seconds=600)
    told = jobs.run_now(world.web, cast.ben, made)
    known = one_schedule(world, cast.ana, made)
    assert told.next_at == known.next_fire_at
    assert known.next_due_at == START + hour()
    start = starts_of(world, cast.ana, made)[0]
    assert (start.id, start.origin, start.started_by, start.due_at) == (
        told.start_id, jobs.Origin.PERSON, cast.ben.user_id, None,
    )  # fmt: skip
    with pytest.raises(jobs.StillRunning):
        jobs.run_now(world.web, cast.ben, made)


def test_jitter_delays_the_start_and_not_the_due_instant(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, jitter_seconds=3_000)
    known = one_schedule(world, cast.ana, made)
    assert known.next_due_at == START + hour() and known.next_fire_at
    world.clock.set(known.next_fire_at - timedelta(seconds=1))
    sweep(world)
    assert fires_of(world, cast.ana, made) == []
    world.clock.move(seconds=1)
    sweep(world)
    assert fires_of(world, cast.ana, made) == [(START + hour(), "started", 0)]


def test_it_starts_and_ends_when_it_says(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, starts_at=START + hour(10), ends_at=START + hour(12), overlap="queue")
    known = one_schedule(world, cast.ana, made)
    assert jobs.next_times(known, START) == [START + hour(count) for count in (10, 11, 12)]
    for _ in range(14):
        world.clock.move(hours=1)
        sweep(world)
    assert [due for due, _, _ in fires_of(world, cast.ana, made)] == [START + hour(count) for count in (12, 11, 10)]
    assert one_schedule(world, cast.ana, made).state == "ended"


@pytest.mark.parametrize(
    "wrong",
    [
        {"cadence": jobs.cron("0 25 * * *", "UTC")},
        {"cadence": jobs.cron("0 0 31 2 *", "UTC")},
        {"cadence": jobs.cron("0 9 * * *", "Mars/Olympus")},
        {"cadence": jobs.cron("* * * * * *", "UTC")},
        {"cadence": jobs.interval(59)},
        {"cadence": jobs.once(datetime(2026, 11, 1), "UTC")},
        {"jitter_seconds": 3_600},
        {"ends_at": START - hour()},
        {"name": "  "},
        {"kind": "nonsense"},
        {"kind": "purge", "parameters": {}},
        {"parameters": {"steps": 0}},
        {"parameters": {"stepz": 1}},
        {"then_kind": "demo", "then_parameters": {"steps": "many"}},
        {"brand_id": UUID(int=7), "kind": "pull_metrics", "parameters": {}},
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence(world: World, cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as told:
        make_schedule(world, cast.ana, **wrong)
    assert told.value.sentence.endswith(".")
    with world.web.tx(cast.ana) as tx:
        assert jobs.list_schedules(tx) == []


def test_the_installations_schedules_are_for_those_who_may_see_the_system(world: World, cast: Cast) -> None:
    draft = hourly(kind="purge", parameters={}, is_installation=True, name=f"Purge {world.web.ids.new()}")
    with pytest.raises(RoleTooLow):
        jobs.make_schedule(world.web, cast.ben, draft)
    made = jobs.make_schedule(world.web, cast.ana, draft)
    with pytest.raises(RoleTooLow):
        jobs.installation_schedules(world.web, cast.ben)
    assert draft.name in [one.name for one in jobs.installation_schedules(world.web, cast.ana)]
    with world.web.tx(cast.ana) as tx, pytest.raises(jobs.ScheduleNotFound):
        jobs.get_schedule(tx, made)
    with pytest.raises(RoleTooLow):
        jobs.remove(world.web, cast.ben, made, is_installation=True)
    with pytest.raises(RoleTooLow):
        jobs.run_now(world.web, cast.ben, made, is_installation=True)
    world.clock.move(hours=1)
    sweep(world)
    start = starts_of(world, cast.ana, made, is_installation=True)[0]
    assert (start.org_id, start.told_org_id, start.state) == (None, cast.acme, "waiting")
    jobs.remove(world.web, cast.ana, made, is_installation=True)


def test_a_schedule_for_one_brand_keeps_it_and_its_defaults(world: World, cast: Cast) -> None:
    with world.web.tx(cast.ben) as tx:
        jobs.set_defaults(tx, "pull_metrics", cast.brand, {"days": 7})
        assert jobs.defaults(tx, "pull_metrics", cast.brand) == {"days": 7}
        assert jobs.defaults(tx, "pull_metrics", None) == {"days": 30}
    with world.web.tx(cast.cleo) as tx:
        assert jobs.defaults(tx, "pull_metrics", cast.brand) == {"days": 30}
    with world.web.tx(cast.vera) as tx, pytest.raises(RoleTooLow):
        jobs.set_defaults(tx, "pull_metrics", cast.brand, {"days": 8})
    made = make_schedule(world, cast.ana, kind="pull_metrics", parameters={"days": 7}, brand_id=cast.brand)
    with world.web.tx(cast.ana) as tx:
        assert [one.id for one in jobs.list_schedules(tx, brand_id=cast.brand)] == [made]
    with pytest.raises(jobs.BrandUnknown):
        make_schedule(world, cast.cleo, kind="pull_metrics", parameters={}, brand_id=cast.brand)


def test_removing_cancels_what_waits_and_keeps_it_to_be_seen(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, overlap="queue")
    for _ in range(2):
        world.clock.move(hours=1)
        sweep(world)
    jobs.remove(world.web, cast.ana, made)
    with world.web.tx(cast.ana) as tx:
        left = jobs.list_starts(tx, "demo", None, 10)
    assert [(one.state, one.schedule_id) for one in left] == [("cancelled", None)] * 2


def test_a_preview_is_what_the_schedule_then_does(world: World, cast: Cast) -> None:
    draft = hourly(cadence=jobs.cron("0 9 * * 1-5", "Europe/Berlin"), parameters=AT_ONCE)
    made = jobs.make_schedule(world.web, cast.ana, draft)
    assert jobs.preview(draft, START) == jobs.next_times(one_schedule(world, cast.ana, made), START)
