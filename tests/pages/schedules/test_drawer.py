"""The drawer of a schedule, and what is told of a start that was pressed."""

from typing import Any

from pages.parts import schedule_course, schedule_table
from services import identity, jobs
from tests.makers.cast import Cast
from tests.makers.schedules import empty_queue, hourly, make_schedule, one_schedule, starts_of, work
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.schedules.conftest import HOSTILE
from tests.pages.screen import Show


def test_run_now_says_the_true_next_time_and_leads_to_the_run(world: World, cast: Cast, show: Show, told: Any) -> None:
    empty_queue(world)
    schedule = make_schedule(world, cast.ben, name=HOSTILE)
    told.pressed = schedule_table.Pressed(None, None, ("run", str(schedule)))
    test = show(cast.ben, identity.Role.EDITOR)
    start = starts_of(world, cast.ben, schedule)[0]
    assert one_schedule(world, cast.ben, schedule).next_fire_at is not None
    page = texts(test)
    assert "Its next time stays Mon 23 Nov, 11:00" in page  # an hour from now, in Berlin
    assert "<img" not in page.replace('<img src="/app/static', "")
    test.button(key="schedules-started-see").click().run()
    assert told.sent[0] == ("jobs", {"start": str(start.id)})


def test_the_drawer_rehearses_and_deletes_with_a_way_back(world: World, cast: Cast, show: Show, told: Any) -> None:
    schedule = make_schedule(world, cast.ben, name=HOSTILE)
    before = one_schedule(world, cast.ben, schedule)
    test = show(cast.ben, identity.Role.EDITOR, schedule=str(schedule))
    test.button(key="schedules-drawer-dry").click().run()
    page = texts(test)
    assert not test.exception and "Would take 1 step of" in page and "Latest runs" in page and "Owner" in page
    assert "<img src=x" not in page and "&lt;img src=x" in page
    test.button(key="schedules-drawer-run").click().run()
    assert "was started" in texts(test)
    test.button(key="schedules-drawer-delete").click().run()
    assert "was started" not in texts(test)
    with world.web.tx(cast.ben) as tx:
        assert jobs.list_schedules(tx) == []
    test.button(key="notices-take-back").click().run()
    after = one_schedule(world, cast.ben, schedule)
    assert (after.name, after.next_due_at) == (before.name, before.next_due_at)


def test_a_schedule_says_that_its_owner_has_left(world: World, cast: Cast, show: Show, told: Any) -> None:
    schedule = make_schedule(world, cast.ben)
    identity.remove_member(world.web, cast.ana, cast.ben.user_id)
    page = texts(show(cast.ana, identity.Role.OWNER, schedule=str(schedule)))
    assert [line.owner for line in told.lines if line.id == str(schedule)] == ["Has left"]
    assert "Has left" in page


def test_an_open_drawer_follows_its_own_schedule(world: World, cast: Cast, show: Show, told: Any) -> None:
    schedule, other = make_schedule(world, cast.ben), make_schedule(world, cast.ben)
    for one in (schedule, other):
        jobs.run_now(world.web, cast.ben, one)
    found = one_schedule(world, cast.ben, schedule)
    show(cast.ben, identity.Role.EDITOR, schedule=str(schedule))
    assert [row.right_chip[0] for row in told.rows] == ["Waits"]
    course = schedule_course.read(found)
    assert schedule_course.is_busy(course.latest) and {one.schedule_id for one in course.latest} == {schedule}
    work(world)
    assert not schedule_course.is_busy(schedule_course.read(found).latest)


def test_the_drawer_of_the_installations_schedule_tells_what_was_left_out(
    world: World, cast: Cast, show: Show, told: Any
) -> None:
    draft = hourly(kind="purge", parameters={}, is_installation=True, name="Purge it")
    schedule = jobs.make_schedule(world.web, cast.ana, draft)
    world.clock.move(hours=1)
    jobs.pause(world.web, cast.ana, schedule, is_installation=True)
    page = texts(show(cast.ana, identity.Role.OWNER, schedule=str(schedule)))
    jobs.remove(world.web, cast.ana, schedule, is_installation=True)
    assert "Left out: paused first" in page


def test_what_was_started_is_told_of_its_own_and_for_minutes(world: World, cast: Cast, show: Show, told: Any) -> None:
    schedule, other = make_schedule(world, cast.ben, name="One"), make_schedule(world, cast.ben, name="Two")
    test = show(cast.ben, identity.Role.EDITOR, schedule=str(schedule))
    test.button(key="schedules-drawer-run").click().run()
    test.query_params["schedule"] = str(other)
    assert "was started" not in texts(test.run())
    del test.query_params["schedule"]
    assert "“One”</b> was started" in texts(test.run())
    world.clock.move(minutes=6)
    assert "was started" not in texts(test.run())
