"""Starting runs again, one or many, and stopping what waits or runs; what will change is told before."""

from datetime import timedelta

import pytest

from services import identity, jobs
from services.jobs import RunFilter, Shown
from services.jobs.runs import acts
from tests.makers.cast import Cast
from tests.makers.jobs import make_job, make_run
from tests.makers.world import World

STEP = "publishing.step"


def _queued(world: World) -> list[tuple[str, object]]:
    with world.superuser() as connection:
        sql = "select task_name, scheduled_at from queue.procrastinate_jobs where status = 'todo' order by id"
        return connection.execute(sql).fetchall()


@pytest.fixture(autouse=True)
def empty_queue(world: World) -> None:
    with world.superuser() as connection:
        connection.execute("truncate queue.procrastinate_jobs cascade")


def test_before_many_are_started_again_it_is_told_what_will_be_and_what_is_left_out(world: World, cast: Cast) -> None:
    make_run(world, cast.acme, status="failed")
    make_run(world, cast.acme, STEP, "failed")
    make_run(world, cast.acme, STEP, "lost")
    make_run(world, cast.acme, STEP, "failed", job_id=999_998)
    jobs.retry(world.web, cast.ana, waits := make_run(world, cast.acme, status="failed"))
    with world.web.tx(cast.ana) as tx:
        plan = jobs.plan_retry(tx, RunFilter(shown=Shown.TROUBLE))
    assert plan.by_task == {STEP: 2, "media.make_thumbnail": 1}
    assert plan.left_out == {"was started again": 1, "forgotten": 1}
    assert waits not in plan.runs and len(_queued(world)) == 1


def test_many_are_spread_evenly_over_the_time_asked_for(world: World, cast: Cast) -> None:
    made = tuple(make_run(world, cast.acme, status="failed") for _ in range(5))
    assert jobs.retry_many(world.web, cast.ana, made, over_minutes=20) == 5
    now = world.clock.now()
    assert [at for _, at in _queued(world)] == [None, *(now + timedelta(minutes=5 * n) for n in (1, 2, 3, 4))]
    assert jobs.retry_many(world.web, cast.ana, made) == 0
    with pytest.raises(jobs.SpreadTooWide):
        jobs.retry_many(world.web, cast.ana, made, over_minutes=1_441)


def test_of_more_than_are_taken_at_a_time_the_newest_that_can_start_are_taken_until_none_is_left(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts, "AT_ONCE", 2)
    made = [make_run(world, cast.acme, status="failed", ago=timedelta(minutes=n)) for n in range(1, 6)]
    taken, now = [], world.clock.now()
    for number in range(4):
        with world.web.tx(cast.ana) as tx:
            plan = jobs.plan_retry(tx, RunFilter(shown=Shown.FAILED))
        assert plan.is_cut is (number < 2)
        taken.append(list(plan.runs))
        assert jobs.retry_many(world.web, cast.ana, plan.runs) == len(plan.runs)
        if number == 0:
            assert (plan.newest_at, plan.oldest_at) == (now - timedelta(minutes=1), now - timedelta(minutes=2))
    assert taken == [made[:2], made[2:4], made[4:], []]


def test_a_run_in_quarantine_is_released_by_a_person(world: World, cast: Cast) -> None:
    run_id = make_run(world, cast.acme, STEP, "quarantined")
    jobs.retry(world.web, cast.ben, run_id)
    assert _queued(world) == [(STEP, None)]


def test_pressing_retry_twice_starts_one(world: World, cast: Cast) -> None:
    run_id = make_run(world, cast.acme, status="failed")
    jobs.retry(world.web, cast.ana, run_id)
    with world.superuser() as connection, connection.transaction():
        connection.execute("set local search_path = queue, public")  # its triggers name their tables bare
        connection.execute("update procrastinate_jobs set status = 'doing' where status = 'todo'")
    with pytest.raises(jobs.NothingToRetry):
        jobs.retry(world.web, cast.ana, run_id)
    assert _queued(world) == []


def test_what_waits_is_cancelled_and_what_runs_is_asked(world: World, cast: Cast) -> None:
    waits, runs, done = (make_job(world, cast.acme, STEP, status=state) for state in ("todo", "doing", "succeeded"))
    assert jobs.stop(world.web, cast.ana, [waits, runs, done]) == (1, 1)
    with world.superuser() as connection:
        sql = "select status::text, abort_requested from queue.procrastinate_jobs order by id"
        assert connection.execute(sql).fetchall() == [("cancelled", True), ("doing", True), ("succeeded", False)]
    with pytest.raises(jobs.NothingToStop):
        jobs.stop(world.web, cast.ana, [done])


def test_a_viewer_changes_nothing(world: World, cast: Cast) -> None:
    run_id, job = make_run(world, cast.acme, status="failed"), make_job(world, cast.acme)
    for act in (
        lambda: jobs.retry(world.web, cast.vera, run_id),
        lambda: jobs.retry_many(world.web, cast.vera, (run_id,)),
        lambda: jobs.stop(world.web, cast.vera, [job]),
    ):
        with pytest.raises(identity.RoleTooLow):
            act()
    assert len(_queued(world)) == 1


def test_cleo_reaches_nothing_of_another_organisation(world: World, cast: Cast) -> None:
    run_id, job = make_run(world, cast.acme, status="failed"), make_job(world, cast.acme)
    with pytest.raises(jobs.RunNotFound):
        jobs.retry(world.web, cast.cleo, run_id)
    assert jobs.retry_many(world.web, cast.cleo, (run_id,)) == 0
    with pytest.raises(jobs.NothingToStop):
        jobs.stop(world.web, cast.cleo, [job])
    with pytest.raises(jobs.RunNotFound):
        jobs.stop_run(world.web, cast.cleo, run_id)
    with world.web.tx(cast.ana) as tx:
        failed = jobs.run(tx, run_id).job_id
    with world.web.tx(cast.cleo) as tx:
        assert tx.tuples("select app.retry_job(%(j)s, null), app.cannot_retry(%(j)s)", {"j": failed}) == [
            (None, "not yours")
        ]
    assert len(_queued(world)) == 1


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        ("failed", "CredentialsExpired: gone", "Connect the account again"),
        ("failed", "RateLimited: slow", "spread over some time"),
        ("failed", "NotFound: x", "What it works on is gone"),
        ("failed", "ZeroDivisionError: x", "a fault of Loopdesk"),
        ("lost", "Its worker ended", "Another worker takes the job up"),
        ("quarantined", "", "release it"),
        ("succeeded", "", ""),
    ],
)
def test_every_bad_end_says_what_to_do(world: World, cast: Cast, status: str, error: str, words: str) -> None:
    run_id = make_run(world, cast.acme, status=status, error=error)
    with world.web.tx(cast.ana) as tx:
        told = jobs.what_to_do(jobs.run(tx, run_id))
    assert words in told and bool(words) == bool(told)
