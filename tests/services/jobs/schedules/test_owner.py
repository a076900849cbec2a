"""Whose a schedule is: a member of the organisation; and who is told of its trouble once that one has left."""

from uuid import UUID

import pytest

from services import identity, jobs, notifications
from services.jobs import ScheduleWrong
from services.kit.db import Scope
from tests.makers.cast import Cast
from tests.makers.schedules import clear, hourly, make_schedule, one_schedule, starts_of, sweep, waiting
from tests.makers.world import World
from worker.tasks import jobs as tasks


@pytest.fixture(autouse=True)
def _nothing_waits(world: World) -> None:
    clear(world)


def _titles(world: World, scope: Scope) -> list[str]:
    with world.web.tx(scope) as tx:
        return [one.title for one in notifications.notices(tx)]


def _tell(world: World, org_id: UUID | None) -> None:
    for _, schedule_id in waiting(world, "jobs.tell_schedule_stopped", "schedule_id"):
        tasks.tell_schedule_stopped(world.worker, org_id, schedule_id)


def _break(world: World, schedule_id: UUID) -> None:
    with world.superuser() as connection:
        connection.execute("""update app.schedules set parameters = '{"steps": 0}' where id = %s""", [schedule_id])
    world.clock.move(hours=1)
    sweep(world)


def test_nobody_from_outside_the_organisation_owns_a_schedule(world: World, cast: Cast) -> None:
    for draft in (hourly(owner_id=cast.cleo.user_id), hourly(owner_id=world.web.ids.new())):
        with pytest.raises(ScheduleWrong) as told:
            jobs.make_schedule(world.web, cast.ana, draft)
        assert told.value.sentence == "Its owner is not in your organisation. Choose somebody who is."
    made = make_schedule(world, cast.ana, owner_id=cast.ben.user_id)
    with pytest.raises(ScheduleWrong):
        jobs.change_schedule(world.web, cast.ana, made, hourly(owner_id=cast.cleo.user_id), 1)
    assert one_schedule(world, cast.ana, made).owner_id == cast.ben.user_id


def test_what_an_owner_left_behind_goes_on_and_is_saved_with_another(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ben)
    identity.remove_member(world.web, cast.ana, cast.ben.user_id)
    world.clock.move(hours=1)
    sweep(world)
    assert len(starts_of(world, cast.ana, made)) == 1
    with pytest.raises(ScheduleWrong):
        jobs.change_schedule(world.web, cast.ana, made, hourly(owner_id=cast.ben.user_id), 1)
    jobs.change_schedule(world.web, cast.ana, made, hourly(note="Mine now"), 1)
    assert one_schedule(world, cast.ana, made).owner_id == cast.ana.user_id


def test_once_its_owner_has_left_those_with_the_right_are_told(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ben)
    identity.remove_member(world.web, cast.ana, cast.ben.user_id)
    _break(world, made)
    _tell(world, cast.acme)
    assert _titles(world, cast.ana) == ["“Practice each hour” was paused: it cannot start"]
    assert _titles(world, cast.vera) == []


def test_the_installations_trouble_is_told_to_those_who_may_see_the_system(world: World, cast: Cast) -> None:
    made = jobs.make_schedule(world.web, cast.ana, hourly(is_installation=True, name="Practice for all"))
    _break(world, made)
    _tell(world, None)
    jobs.remove(world.web, cast.ana, made, is_installation=True)
    assert _titles(world, cast.ana) == ["“Practice for all” was paused: it cannot start"]
    assert (_titles(world, cast.ben), _titles(world, cast.vera)) == ([], [])
    with world.superuser() as connection:
        shared = connection.execute(
            "select is_shared from app.notice_tellings where org_id = %s", [cast.acme]
        ).fetchall()
    assert shared == [(False,)], "whoever reads the organisation's Slack channel may not see the system"
