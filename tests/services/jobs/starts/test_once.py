"""Starting without a schedule: the same wish twice at once has one effect, and says so."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services import jobs
from services.identity import RoleTooLow
from services.jobs.kinds.demo import Demo
from tests.makers.cast import Cast
from tests.makers.schedules import AT_ONCE, clear, waiting, work
from tests.makers.world import World


@pytest.fixture(autouse=True)
def _nothing_waits(world: World) -> None:
    clear(world)


def test_ten_people_who_press_at_once_start_one(world: World, cast: Cast) -> None:
    scopes = [cast.ana, cast.ben] * 5
    with ThreadPoolExecutor(10) as pool:
        told = list(pool.map(lambda scope: jobs.start_now(world.web, scope, "demo", AT_ONCE), scopes))
    assert len({one.start_id for one in told}) == 1
    assert [one.is_new for one in told].count(True) == 1
    assert len(waiting(world)) == 1


def test_another_wish_and_one_after_the_end_are_started(world: World, cast: Cast) -> None:
    first = jobs.start_now(world.web, cast.ben, "demo", AT_ONCE)
    then = jobs.Then(kind="demo", parameters=AT_ONCE)
    others = [
        jobs.start_now(world.web, cast.ben, "demo", {**AT_ONCE, "steps": 2}),
        jobs.start_now(world.web, cast.ben, "demo", AT_ONCE, then=then),
        jobs.start_now(world.web, cast.cleo, "demo", AT_ONCE),
    ]
    assert all(one.is_new for one in others)
    work(world)
    again = jobs.start_now(world.web, cast.ben, "demo", AT_ONCE)
    assert again.is_new and again.start_id != first.start_id


def test_one_brand_does_not_stand_in_the_way_of_another(world: World, cast: Cast) -> None:
    every = jobs.start_now(world.web, cast.ben, "pull_metrics", {"days": 7})
    one = jobs.start_now(world.web, cast.ben, "pull_metrics", {"days": 7}, brand_id=cast.brand)
    assert every.is_new and one.is_new
    assert not jobs.start_now(world.web, cast.ana, "pull_metrics", {"days": 7}, brand_id=cast.brand).is_new


def test_one_that_is_asked_to_stop_leaves_room_for_the_next(world: World, cast: Cast) -> None:
    first = jobs.start_now(world.web, cast.ben, "demo", AT_ONCE).start_id
    with world.superuser() as connection:
        connection.execute("update app.job_starts set state = 'running' where id = %s", [first])
    assert not jobs.start_now(world.web, cast.ben, "demo", AT_ONCE).is_new
    jobs.cancel_start(world.web, cast.ben, first)
    assert jobs.start_now(world.web, cast.ben, "demo", AT_ONCE).is_new


def test_a_kind_whose_rule_is_to_queue_is_started_as_often_as_it_is_wished(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Demo, "overlap", jobs.Overlap.QUEUE)
    assert all(jobs.start_now(world.web, cast.ben, "demo", AT_ONCE).is_new for _ in range(2))


def test_a_lost_start_is_started_again_once_however_many_press(world: World, cast: Cast) -> None:
    made = jobs.start_now(world.web, cast.ben, "demo", AT_ONCE).start_id
    clear(world)
    world.clock.move(minutes=5)
    jobs.find_lost(world.worker)
    with pytest.raises(RoleTooLow):
        jobs.again_now(world.web, cast.vera, made)
    with pytest.raises(jobs.StartNotFound):
        jobs.again_now(world.web, cast.cleo, made)
    with ThreadPoolExecutor(5) as pool:
        told = list(pool.map(lambda _: jobs.again_now(world.web, cast.ana, made), range(5)))
    assert [one.is_new for one in told].count(True) == 1
    assert [start for _, start in waiting(world)] == [told[0].start_id]
    with world.web.tx(cast.ana) as tx:
        assert jobs.again_of(tx, made) == told[0].start_id
        assert jobs.lost_starts(tx, jobs.RunFilter()) == []


def test_an_installations_start_is_found_by_those_who_may_see_the_system(world: World, cast: Cast) -> None:
    made = jobs.start_now(world.web, cast.ana, "purge", {"keep_jobs_days": 300}, is_installation=True)
    assert not jobs.start_now(world.web, cast.ana, "purge", {"keep_jobs_days": 300}, is_installation=True).is_new
    assert jobs.find_start(world.web, cast.ana, made.start_id).org_id is None
    for scope in (cast.ben, cast.vera):
        with pytest.raises(jobs.StartNotFound):
            jobs.find_start(world.web, scope, made.start_id)
    clear(world)
    world.clock.move(minutes=5)
    jobs.find_lost(world.worker)
    with pytest.raises(jobs.StartNotFound):
        jobs.again_now(world.web, cast.ben, made.start_id)
    with pytest.raises(RoleTooLow):
        jobs.again_now(world.web, cast.ben, made.start_id, is_installation=True)
    again = jobs.again_now(world.web, cast.ana, made.start_id, is_installation=True)
    assert again.is_new
    assert jobs.find_start(world.web, cast.ana, again.start_id).started_by == cast.ana.user_id


@pytest.mark.parametrize("state", list(jobs.StartState))
def test_every_state_of_a_start_says_what_happened(world: World, cast: Cast, state: jobs.StartState) -> None:
    made = jobs.start_now(world.web, cast.ben, "demo", AT_ONCE).start_id
    found = jobs.find_start(world.web, cast.ana, made).model_copy(update={"state": state, "error": "No room."})
    told = jobs.start_words(found)
    assert told.happened.endswith(".") and told.why == "No room."
