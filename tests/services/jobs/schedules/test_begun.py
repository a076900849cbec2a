"""What a screen of schedules asks beside them: what was begun, how the latest starts went, taking back a removal."""

import pytest

from services import jobs
from services.identity import RoleTooLow
from tests.makers.cast import Cast
from tests.makers.jobs import make_run
from tests.makers.schedules import empty_queue, make_schedule, one_schedule, starts_of, work
from tests.makers.world import World


def test_what_is_begun_is_kept_per_person_and_form_until_it_is_forgotten(world: World, cast: Cast) -> None:
    with world.web.tx(cast.ben) as tx:
        jobs.keep_begun(tx, "new-demo", {"name": "one"})
        jobs.keep_begun(tx, "new-demo", {"name": "two"})
    with world.web.tx(cast.ben) as tx:
        found = jobs.begun(tx, "new-demo")
        assert found is not None and found.entered == {"name": "two"}
        assert jobs.begun(tx, "new-purge") is None
    for other in (cast.ana, cast.cleo):
        with world.web.tx(other) as tx:
            assert jobs.begun(tx, "new-demo") is None
            jobs.forget_begun(tx, "new-demo")
    with world.web.tx(cast.ben) as tx:
        assert jobs.begun(tx, "new-demo") is not None
        jobs.forget_begun(tx, "new-demo")
        assert jobs.begun(tx, "new-demo") is None


def test_the_latest_starts_are_told_by_schedule_with_the_run_behind_each(world: World, cast: Cast) -> None:
    empty_queue(world)
    schedule = make_schedule(world, cast.ben)
    for _ in range(12):
        jobs.run_now(world.web, cast.ben, schedule)
        work(world)
        world.clock.move(minutes=1)
    newest = starts_of(world, cast.ben, schedule)[0]
    run_id = make_run(world, cast.acme, "jobs.run_start", subject_id=str(newest.id))
    with world.web.tx(cast.vera) as tx:
        found = jobs.latest_starts(tx)[schedule]
    assert len(found) == 10 and found[0].start_id == newest.id and found[0].run_id == run_id
    assert found[1].run_id is None and found[1].at < found[0].at
    assert {one.state for one in found} == {jobs.StartState.SUCCEEDED}
    with world.web.tx(cast.cleo) as tx:
        assert schedule not in jobs.latest_starts(tx)


def test_the_latest_starts_of_the_installation_are_for_those_who_see_the_system(world: World, cast: Cast) -> None:
    schedule = make_schedule(world, cast.ana, is_installation=True)
    start = jobs.run_now(world.web, cast.ana, schedule, is_installation=True).start_id
    found = jobs.installation_latest_starts(world.web, cast.ana)
    assert [one.start_id for one in found[schedule]] == [start]
    with pytest.raises(RoleTooLow):
        jobs.installation_latest_starts(world.web, cast.ben)
    with world.web.tx(cast.ana) as tx:
        assert schedule not in jobs.latest_starts(tx)


def test_a_removed_schedule_comes_back_as_it_was_with_its_starts(world: World, cast: Cast) -> None:
    empty_queue(world)
    schedule = make_schedule(world, cast.ben, note="keep me", jitter_seconds=30)
    jobs.run_now(world.web, cast.ben, schedule)
    work(world)
    before = one_schedule(world, cast.ben, schedule)
    jobs.remove(world.web, cast.ben, schedule)
    with pytest.raises(RoleTooLow):
        jobs.restore(world.web, cast.vera, before)
    with pytest.raises(jobs.ScheduleWrong):
        jobs.restore(world.web, cast.cleo, before)
    jobs.restore(world.web, cast.ben, before)
    after = one_schedule(world, cast.ben, schedule)
    assert after == before.model_copy(update={"version": 1, "created_at": after.created_at})
    assert len(starts_of(world, cast.ben, schedule)) == 1
    with pytest.raises(jobs.ScheduleWrong, match="there already"):
        jobs.restore(world.web, cast.ben, before)


def test_one_that_was_paused_comes_back_paused(world: World, cast: Cast) -> None:
    schedule = make_schedule(world, cast.ben)
    jobs.pause(world.web, cast.ben, schedule)
    before = one_schedule(world, cast.ben, schedule)
    jobs.remove(world.web, cast.ben, schedule)
    jobs.restore(world.web, cast.ben, before)
    assert one_schedule(world, cast.ben, schedule).paused_at == before.paused_at
