"""Schedules while somebody edits them, where clocks jump, and where machines live in other time zones."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from services import jobs
from tests.faults import witness
from tests.faults.desk import Desk, open_desk
from tests.faults.play import ended_once
from tests.faults.scale import EDITS
from tests.makers.schedules import hourly

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def elsewhere_desk() -> Iterator[Desk]:
    """The workers' machine thinks it is in Samoa, the web's in whatever zone the tests run."""
    with open_desk(TZ="Pacific/Apia") as desk:
        yield desk


@pytest.fixture
def elsewhere(elsewhere_desk: Desk) -> Desk:
    elsewhere_desk.refresh()
    return elsewhere_desk


def _due_now(desk: Desk, made: object, times: int) -> None:
    """As if the schedule had been made so long ago that its next instant is a moment away."""
    desk.rows(
        "update app.schedules set next_due_at = date_trunc('second', now()) + make_interval(secs => %(s)s), "
        "next_fire_at = date_trunc('second', now()) + make_interval(secs => %(s)s) where id = %(id)s",
        id=made,
        s=times,
    )


def _draft(desk: Desk, key: str, **changes: object) -> jobs.Draft:
    parameters = {"key": key, "file": str(desk.seen), "steps": 1, "seconds": 0.05}
    return hourly(kind=witness.NAME, parameters=parameters, cadence=jobs.interval(60), **changes)


def test_a_schedule_edited_while_it_fires_fires_each_instant_once_and_loses_none(desk: Desk) -> None:
    desk.work(2)
    made = jobs.make_schedule(desk.world.web, desk.cast.ana, _draft(desk, "0", overlap=jobs.Overlap.QUEUE))
    edits = list(range(1, EDITS + 1))

    def edit() -> None:
        for number in edits:
            with desk.world.web.tx(desk.cast.ana) as tx:
                known = jobs.get_schedule(tx, made)
            draft = _draft(desk, str(number), overlap=jobs.Overlap.QUEUE, note=f"edit {number}")
            draft = draft.model_copy(update={"cadence": known.cadence})  # as the form does
            jobs.change_schedule(desk.world.web, desk.cast.ana, made, draft, known.version)
            time.sleep(0.05)

    editing = threading.Thread(target=edit)
    editing.start()
    while editing.is_alive():
        _due_now(desk, made, 0)
        editing.join(0.3)
    desk.until(lambda: desk.count("select count(*) from app.schedules where next_fire_at <= now()") == 0, 30)
    desk.settle(60)
    fires = desk.rows("select due_at, outcome, start_id from app.schedule_fires where schedule_id = %(i)s", i=made)
    assert len(fires) == len({fire["due_at"] for fire in fires}) >= 1
    started = [fire["start_id"] for fire in fires if fire["outcome"] in ("started", "caught_up")]
    begun = desk.rows(
        "select id, state, parameters ->> 'key' as key from app.job_starts where schedule_id = %(i)s", i=made
    )
    assert sorted(started) == sorted(one["id"] for one in begun)
    assert {one["state"] for one in begun} == {"succeeded"}
    assert {one["key"] for one in begun} <= {str(number) for number in (0, *edits)}
    assert len(witness.lines(desk.seen)) == len(begun)


def test_web_and_workers_in_other_time_zones_mean_the_same_instants(elsewhere: Desk) -> None:
    elsewhere.work(2)
    cadence = jobs.cron("30 9 * * *", "Europe/Berlin")
    made = jobs.make_schedule(
        elsewhere.world.web, elsewhere.cast.ana, _draft(elsewhere, "daily").model_copy(update={"cadence": cadence})
    )
    with elsewhere.world.web.tx(elsewhere.cast.ana) as tx:
        known = jobs.get_schedule(tx, made)
    promised = jobs.next_times(known, elsewhere.world.clock.now())
    elsewhere.rows(
        "update app.schedules set next_due_at = %(due)s, next_fire_at = now() where id = %(id)s",
        id=made,
        due=promised[0] - timedelta(days=1),
    )
    elsewhere.until(lambda: elsewhere.count("select count(*) from app.schedule_fires") == 1, 20)
    with elsewhere.world.web.tx(elsewhere.cast.ana) as tx:
        moved = jobs.get_schedule(tx, made)
    assert moved.next_due_at == promised[0]
    assert jobs.next_times(moved, elsewhere.world.clock.now()) == promised


@pytest.mark.parametrize("skew", [3600.0, -3600.0])
def test_a_worker_whose_clock_is_an_hour_wrong_starts_nothing_twice_and_keeps_no_other_from_starting(
    desk: Desk, skew: float
) -> None:
    desk.work(1)
    desk.work(1, skew=skew)
    made = jobs.make_schedule(desk.world.web, desk.cast.ana, _draft(desk, "scheduled"))
    _due_now(desk, made, 2)
    wished = [f"job {number}" for number in range(12)]
    for key in wished:
        desk.start(key, steps=3, seconds=0.1)
    desk.until(lambda: desk.count("select count(*) from app.schedule_fires") >= 1, 20)
    desk.settle(60)
    assert ended_once(desk, [*wished, "scheduled"]) == []
    fires = desk.rows("select due_at from app.schedule_fires where schedule_id = %(i)s", i=made)
    assert len({fire["due_at"] for fire in fires}) == len(fires)
    assert set(desk.states().values()) == {"succeeded"}
