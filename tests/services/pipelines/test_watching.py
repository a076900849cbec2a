"""The dead-man's alert: what should have run and did not is told once, and is over when it runs again."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services import jobs, pipelines
from services.pipelines import Alert, Targets, overdue
from tests.makers.cast import Cast
from tests.makers.pipelines import look, make_import
from tests.makers.schedules import clear, make_schedule, sweep, waiting, work
from tests.makers.world import World
from worker.tasks import pipelines as tasks


@pytest.fixture(autouse=True)
def _nothing_else(world: World) -> None:
    clear(world)


def _told(world: World, cast: Cast) -> list[tuple[Any, ...]]:
    """Let the worker tell, twice over; what Ana then finds in her inbox."""
    for org_id, alert_id in waiting(world, "pipelines.tell_alert", "alert_id"):
        assert org_id
        for _ in range(2):
            tasks.tell_alert(world.worker, org_id, alert_id)
    with world.superuser() as connection:
        return connection.execute(
            "select title, link, count from app.notifications where org_id = %s and user_id = %s "
            "order by created_at, id",
            [cast.acme, cast.ana.user_id],
        ).fetchall()


def _open(alerts: list[Alert]) -> list[tuple[str, str]]:
    return [(one.subject, one.cause) for one in alerts if one.resolved_at is None]


def test_an_import_that_hangs_is_told_once_and_again_when_it_is_over(world: World, cast: Cast) -> None:
    made = make_import(world, cast.acme, "running", ago=timedelta(hours=1))
    for _ in range(3):
        assert _open(look(world, cast)) == [("stage/import", "waiting")]
    title = "Import: something waits for too long"
    assert _told(world, cast) == [(title, "/pipelines?stage=import", 1)]
    with world.superuser() as connection:
        connection.execute("update app.imports set state = 'done', finished_at = created_at where id = %s", [made])
    (over,) = look(world, cast)
    assert over.resolved_at == world.clock.now()
    assert [row[0] for row in _told(world, cast)] == [title, f"Over: {title}"]


def test_a_silence_that_comes_back_is_told_anew(world: World, cast: Cast) -> None:
    with world.web.tx(cast.ana) as tx:
        pipelines.set_targets(tx, "import", Targets(silence_seconds=3_600))
    world.clock.move(hours=2)
    assert _open(look(world, cast)) == [("stage/import", "silent")]
    make_import(world, cast.acme, ago=timedelta(minutes=5))
    assert _open(look(world, cast)) == []
    world.clock.move(hours=2)
    assert len(look(world, cast)) == 2
    ours = [alert for org, alert in waiting(world, "pipelines.tell_alert", "alert_id") if org == cast.acme]
    assert len(ours) == 3


def test_a_schedule_that_nobody_fires_is_told_and_is_over_once_it_fires(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, misfire=jobs.Misfire.RUN_ONCE)
    world.clock.move(hours=1, minutes=1)
    assert look(world, cast) == []  # within its grace
    world.clock.move(minutes=5)
    assert _open(look(world, cast)) == [(f"schedule/{made}", "not_fired")]
    ((title, link, _),) = _told(world, cast)
    assert (title, link) == ("“Practice each hour” has not started", f"/schedules?schedule={made}")
    sweep(world)
    work(world)
    assert _open(look(world, cast)) == []


def test_a_time_that_was_left_out_is_told_until_the_next_one_runs(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana)
    world.clock.move(hours=1, minutes=30)
    sweep(world)
    assert _open(look(world, cast)) == [(f"schedule/{made}", "left_out")]
    world.clock.move(minutes=28)
    sweep(world)
    work(world)
    assert _open(look(world, cast)) == []


def test_a_start_that_no_worker_takes_is_told(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana)
    world.clock.move(hours=1)
    sweep(world)
    assert look(world, cast) == []
    world.clock.move(minutes=15)
    assert _open(look(world, cast)) == [(f"schedule/{made}", "not_begun")]
    work(world)
    assert _open(look(world, cast)) == []


def test_a_paused_schedule_owes_nothing(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana)
    jobs.pause(world.web, cast.ana, made)
    world.clock.move(days=1)
    assert look(world, cast) == []


def test_the_installation_s_schedules_are_told_to_who_made_them(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, kind="purge", parameters={}, is_installation=True)
    world.clock.move(hours=3)
    assert _open(look(world, cast)) == [(f"schedule/{made}", "not_fired")]
    with world.web.tx(cast.cleo) as tx:
        assert pipelines.alerts(tx) == []


def test_an_organisation_is_looked_at_by_one_worker_at_a_time(world: World, cast: Cast) -> None:
    look(world, cast)
    assert pipelines.watch(world.worker) == 0
    with world.web.tx(cast.vera) as tx, pytest.raises(pipelines.AlertNotFound):
        pipelines.alert(tx, UUID(int=1))


def test_a_person_cannot_write_an_alert(world: World, cast: Cast) -> None:
    make_import(world, cast.acme, "running", ago=timedelta(hours=1))
    (alert,) = look(world, cast)
    with world.web.tx(cast.ana) as tx:
        found = tx.value(
            "select has_table_privilege('app.pipeline_alerts', 'update') or "
            "has_table_privilege('app.pipeline_alerts', 'insert')",
            {},
        )
        assert found is False
        assert pipelines.alert(tx, alert.id) == alert


def test_what_a_schedule_owes_is_one_thing_at_most(world: World) -> None:
    now = world.clock.now()
    one = overdue.Expected(
        id=UUID(int=1), name="x", next_fire_at=now - timedelta(hours=1), grace_seconds=60,
        last_due_at=now - timedelta(hours=2), last_outcome="too_late", waits_since=now - timedelta(hours=3),
    )  # fmt: skip
    lapse = overdue.missed(one, now)
    assert lapse and lapse.cause == "not_fired"
