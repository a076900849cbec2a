"""Starts from the wish to the end: running, failing, cancelling, going on, being lost, and what newer code left."""

from typing import Any
from uuid import UUID

import pytest

from services import jobs, notifications
from services.identity import RoleTooLow
from services.jobs.kinds.demo import Demo
from services.kit.errors import Rejected, Unavailable
from tests.makers.cast import Cast
from tests.makers.schedules import (
    AT_ONCE,
    Silent,
    clear,
    empty_queue,
    fires_of,
    make_schedule,
    starts_of,
    sweep,
    waiting,
    work,
)
from tests.makers.world import World
from worker.tasks import jobs as tasks


@pytest.fixture(autouse=True)
def _nothing_waits(world: World) -> None:
    clear(world)


def _start(world: World, cast: Cast, then: jobs.Then | None = None, **parameters: Any) -> UUID:
    return jobs.start_now(world.web, cast.ben, "demo", {**AT_ONCE, **parameters}, then=then).start_id


def _get(world: World, cast: Cast, start_id: UUID) -> jobs.Start:
    with world.web.tx(cast.ana) as tx:
        return jobs.get_start(tx, start_id)


def _run(world: World, cast: Cast, start_id: UUID, progress: Silent | None = None) -> None:
    jobs.run_start(world.worker, cast.acme, start_id, progress or Silent())


def test_a_start_says_who_wished_it_and_what_came_of_it(world: World, cast: Cast) -> None:
    made, row = _start(world, cast, steps=2), Silent()
    _run(world, cast, made, row)
    done = _get(world, cast, made)
    assert (done.state, done.started_by, done.origin) == ("succeeded", cast.ben.user_id, "person")
    assert done.outcome and done.outcome.model_dump(mode="json") == row.outcome
    assert row.known["kind"] == "demo" and row.known["inputs"] == {"steps": 2, "seconds": 0, "fail_at": 0}
    assert [text for _, text in row.lines] == ["Step 1 of 2 is done.", "Step 2 of 2 is done."]


def test_who_may_only_look_starts_and_cancels_nothing_and_cleo_finds_nothing(world: World, cast: Cast) -> None:
    made = _start(world, cast)
    with pytest.raises(RoleTooLow):
        jobs.start_now(world.web, cast.vera, "demo", AT_ONCE)
    with pytest.raises(RoleTooLow):
        jobs.cancel_start(world.web, cast.vera, made)
    with pytest.raises(RoleTooLow):
        jobs.start_now(world.web, cast.ben, "purge", {}, is_installation=True)
    with world.web.tx(cast.cleo) as tx:
        assert jobs.list_starts(tx, None, None, 100) == []
        for act in (jobs.get_start, jobs.cancel):
            with pytest.raises(jobs.StartNotFound):
                act(tx, made)


def test_a_doubled_job_does_its_work_once(world: World, cast: Cast) -> None:
    made = _start(world, cast)
    for _ in range(3):
        _run(world, cast, made)
    assert (_get(world, cast, made).state, _get(world, cast, made).attempts) == ("succeeded", 1)


def test_what_failed_is_told_once_and_runs_again_when_its_job_is_handed_back(world: World, cast: Cast) -> None:
    made = _start(world, cast, fail_at=1)
    with pytest.raises(Rejected):
        _run(world, cast, made)
    assert (_get(world, cast, made).state, _get(world, cast, made).error) == (
        "failed",
        "Step 1 failed, as it was told to.",
    )
    for _, start_id in waiting(world, "jobs.tell_stopped") * 2:
        tasks.tell_stopped(world.worker, cast.acme, start_id)
    with world.web.tx(cast.ana) as tx:
        told = notifications.notices(tx)
    assert [(one.title, one.link) for one in told] == [("Practice failed", f"/jobs?start={made}")]
    with pytest.raises(Rejected):
        _run(world, cast, made)
    assert _get(world, cast, made).attempts == 2


def test_one_that_another_system_keeps_waiting_is_retried_and_not_told(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _start(world, cast)

    def away(*_: object) -> jobs.Outcome:
        raise Unavailable("The platform is away.")

    with monkeypatch.context() as patch:
        patch.setattr(Demo, "run", away)
        with pytest.raises(Unavailable):
            _run(world, cast, made)
    assert (_get(world, cast, made).state, waiting(world, "jobs.tell_stopped")) == ("retrying", [])
    _run(world, cast, made)
    assert (_get(world, cast, made).state, _get(world, cast, made).attempts) == ("succeeded", 2)


def test_what_waits_is_cancelled_at_once_and_never_runs(world: World, cast: Cast) -> None:
    made = _start(world, cast)
    assert jobs.cancel_start(world.web, cast.ben, made) == "cancelled"
    _run(world, cast, made)
    assert (_get(world, cast, made).state, _get(world, cast, made).attempts) == ("cancelled", 0)
    with pytest.raises(jobs.StartOver):
        jobs.cancel_start(world.web, cast.ben, made)


def test_what_runs_is_asked_and_stops_where_it_is(world: World, cast: Cast) -> None:
    made = _start(world, cast, steps=5)

    class Cancelling(Silent):
        def step(self, done: int, total: int | None = None, note: str = "") -> None:
            if done == 2:
                assert jobs.cancel_start(world.web, cast.ben, made) == "running"
                world.clock.move(seconds=2)

    row = Cancelling()
    _run(world, cast, made, row)
    done = _get(world, cast, made)
    assert (done.state, row.should_stop) == ("cancelled", True)
    assert done.outcome and done.outcome.counts == {"steps": 2}


def test_a_chain_goes_on_with_what_the_first_said(world: World, cast: Cast) -> None:
    made = _start(world, cast, then=jobs.Then(kind="demo", parameters=AT_ONCE), steps=3)
    assert work(world) == 2
    with world.web.tx(cast.ana) as tx:
        after = next(one for one in jobs.list_starts(tx, None, None, 10) if one.id != made)
    assert (after.origin, after.origin_id, after.state) == ("chain", str(made), "succeeded")
    assert after.given and after.given.outcome.counts == {"steps": 3}


def test_a_chain_that_cannot_go_on_leaves_the_first_as_it_is(world: World, cast: Cast) -> None:
    made = _start(world, cast, then=jobs.Then(kind="demo", parameters=AT_ONCE))
    with world.superuser() as connection:
        connection.execute("""update app.job_starts set then_parameters = '{"steps": 0}' where id = %s""", [made])
    assert work(world) == 1
    done = _get(world, cast, made)
    assert done.state == "succeeded" and done.error.startswith("What follows could not be started: Steps")


def test_a_failed_first_starts_nothing(world: World, cast: Cast) -> None:
    _start(world, cast, then=jobs.Then(kind="demo", parameters=AT_ONCE), fail_at=1)
    assert work(world) == 1


def test_starting_again_is_a_new_start_of_the_same(world: World, cast: Cast) -> None:
    made = _start(world, cast, steps=2)
    with pytest.raises(jobs.StartNotOver):
        jobs.again_now(world.web, cast.ben, made)
    work(world)
    again = jobs.again_now(world.web, cast.ben, made).start_id
    found = _get(world, cast, again)
    assert (found.origin, found.origin_id, found.parameters["steps"]) == ("retry", str(made), 2)


def test_a_start_whose_job_vanished_is_lost_and_told_and_lets_the_next_go(world: World, cast: Cast) -> None:
    made = make_schedule(world, cast.ana, overlap="queue")
    world.clock.move(hours=1)
    sweep(world)
    empty_queue(world)
    jobs.find_lost(world.worker)
    assert [one.state for one in starts_of(world, cast.ana, made)] == ["waiting"]  # a minute has not passed
    world.clock.move(seconds=61)
    jobs.run_now(world.web, cast.ben, made)
    empty_queue(world)
    jobs.find_lost(world.worker)
    assert [one.state for one in starts_of(world, cast.ana, made)] == ["waiting", "lost"]
    assert fires_of(world, cast.ana, made)[0][1] == "lost"
    assert waiting(world, "jobs.tell_stopped") and [start for _, start in waiting(world)] == [
        starts_of(world, cast.ana, made)[0].id
    ]
    work(world)
    assert [one.state for one in starts_of(world, cast.ana, made)] == ["succeeded", "lost"]


def test_one_that_was_given_up_while_it_ran_has_crashed(world: World, cast: Cast) -> None:
    made = _start(world, cast)
    empty_queue(world)
    with world.superuser() as connection:
        connection.execute("update app.job_starts set state = 'running', attempts = 1 where id = %s", [made])
    world.clock.move(minutes=2)
    jobs.find_lost(world.worker)
    assert _get(world, cast, made).state == "crashed"
    late = Silent()
    _run(world, cast, made, late)  # it was not dead after all, or its job is handed back
    assert _get(world, cast, made).state == "succeeded"


def test_an_attempt_that_lost_its_start_does_not_end_it(world: World, cast: Cast) -> None:
    made = _start(world, cast, steps=2)

    class Overtaken(Silent):
        def step(self, done: int, total: int | None = None, note: str = "") -> None:
            if done == 1:
                _run(world, cast, made)  # the rescue took it for dead

    _run(world, cast, made, Overtaken())
    done = _get(world, cast, made)
    assert (done.state, done.attempts) == ("succeeded", 2)


def test_what_newer_code_made_waits_for_a_worker_of_that_version(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _start(world, cast)
    with world.superuser() as connection:
        connection.execute("update app.job_starts set payload_version = 2 where id = %s", [made])
    work(world)
    held = _get(world, cast, made)
    assert held.state == "waiting" and "newer version" in held.held
    world.clock.move(hours=2)
    jobs.find_lost(world.worker)
    jobs.release_held(world.worker)
    assert (_get(world, cast, made).state, waiting(world)) == ("waiting", [])
    monkeypatch.setattr(Demo, "payload_version", 2)
    jobs.release_held(world.worker)
    work(world)
    assert _get(world, cast, made).state == "succeeded"


def test_the_installations_own_start_runs_and_says_so(world: World, cast: Cast) -> None:
    made = jobs.start_now(world.web, cast.ana, "purge", {"keep_jobs_days": 365}, is_installation=True).start_id
    assert waiting(world) == [(None, made)]
    tasks.run_start(world.worker, None, made, Silent())  # type: ignore[arg-type]
    found = jobs.find_start(world.web, cast.ana, made)
    assert (found.state, found.org_id, found.started_by) == ("succeeded", None, cast.ana.user_id)
    jobs.run_start(world.worker, cast.other, made, Silent())  # not theirs
