"""Background work as people of one organisation see it, and starting failed work again."""

from datetime import timedelta

import pytest

from services import identity, jobs
from services.events import HEARERS
from services.kit.db import Scope
from tests.makers.cast import Cast
from tests.makers.jobs import make_job, make_run
from tests.makers.world import World

THUMBNAIL, STEP, START = "media.make_thumbnail", "publishing.step", "jobs.run_start"


def _board(world: World, scope: Scope) -> jobs.Board:
    with world.web.tx(scope) as tx:
        return jobs.board(tx)


def test_each_task_has_one_line_with_its_last_ten_runs(world: World, cast: Cast) -> None:
    for minutes in range(12):
        make_run(world, cast.acme, ago=timedelta(minutes=minutes))
    make_run(world, cast.acme, STEP, "running", progress_done=2, progress_total=5)
    board = _board(world, cast.vera)
    assert [(line.name, len(line.runs)) for line in board.lines] == [(THUMBNAIL, 10), (STEP, 1)]
    started = [run.started_at for run in board.lines[0].runs]
    assert started == sorted(started, reverse=True)
    assert [run.task for run in board.running] == [STEP]


def test_what_people_and_schedules_start_has_a_line_for_each_kind(world: World, cast: Cast) -> None:
    with world.web.tx(cast.ana) as tx:
        jobs.start(tx, "demo", {})
    for minutes in range(12):
        make_run(world, cast.acme, START, kind="demo", ago=timedelta(minutes=minutes))
    failed = make_run(world, cast.acme, START, "failed", kind="pull_metrics", ago=timedelta(minutes=3))
    make_run(world, cast.other, START, kind="probe_accounts")
    make_run(world, cast.acme, START, "aborted")
    board = _board(world, cast.ana)
    told = {line.name: (len(line.runs), line.queued.waiting) for line in board.lines}
    assert told == {"demo": (10, 1), "pull_metrics": (1, 0), START: (1, 0)}
    assert jobs.retry_failed(world.web, cast.ana, "demo") == 0
    assert [run.id for run in board.failed] == [failed]
    assert jobs.retry_failed(world.web, cast.ana, "pull_metrics") == 1


def test_the_queue_is_counted_for_one_organisation_only(world: World, cast: Cast) -> None:
    make_job(world, cast.acme)
    make_job(world, cast.acme, at=world.clock.now() - timedelta(seconds=40))
    make_job(world, cast.acme, at=world.clock.now() + timedelta(hours=5))
    make_job(world, cast.other)
    board = _board(world, cast.ana)
    assert board.waiting + board.planned == 3
    assert board.next_at == world.clock.now() + timedelta(hours=5)
    assert board.waiting_since is not None


def test_lateness_is_measured_between_due_and_started(world: World, cast: Cast) -> None:
    for seconds in (0, 1, 2, 3, 100):
        make_run(world, cast.acme, late=timedelta(seconds=seconds))
    make_run(world, cast.acme, late=timedelta(hours=3), ago=timedelta(days=2))
    make_run(world, cast.acme, due_at=None)
    lateness = _board(world, cast.ana).lateness
    assert (lateness.runs, lateness.median_seconds) == (5, 2.0)
    assert lateness.p95_seconds == pytest.approx(80.6)


def test_a_failure_that_a_later_attempt_followed_is_not_told_as_failed(world: World, cast: Cast) -> None:
    job = make_job(world, cast.acme, status="succeeded")
    make_run(world, cast.acme, status="failed", job_id=job)
    make_run(world, cast.acme, job_id=job, attempt=2, ago=timedelta(minutes=1))
    left = make_run(world, cast.acme, status="lost")
    make_run(world, cast.acme, status="failed", ago=timedelta(days=3))
    assert [run.id for run in _board(world, cast.ana).failed] == [left]


@pytest.mark.parametrize("status", ["failed", "lost"])
def test_failed_work_is_queued_again_once(world: World, cast: Cast, status: str) -> None:
    run_id = make_run(world, cast.acme, status=status)
    jobs.retry(world.web, cast.ben, run_id)
    with pytest.raises(jobs.NothingToRetry):
        jobs.retry(world.web, cast.ben, run_id)
    assert _board(world, cast.ana).lines[0].queued.waiting == 1


def test_work_that_ended_well_is_not_started_again(world: World, cast: Cast) -> None:
    run_id = make_run(world, cast.acme)
    with pytest.raises(jobs.NothingToRetry):
        jobs.retry(world.web, cast.ana, run_id)
    assert _board(world, cast.ana).waiting == 0


def test_people_who_only_look_start_nothing_again(world: World, cast: Cast) -> None:
    run_id = make_run(world, cast.acme, status="failed")
    with pytest.raises(identity.RoleTooLow):
        jobs.retry(world.web, cast.vera, run_id)
    with pytest.raises(identity.RoleTooLow):
        jobs.retry_failed(world.web, cast.vera)
    assert _board(world, cast.ana).waiting == 0


def test_all_failed_work_of_a_task_is_queued_again(world: World, cast: Cast) -> None:
    for _ in range(3):
        make_run(world, cast.acme, status="failed")
    make_run(world, cast.acme, STEP, "failed")
    assert jobs.retry_failed(world.web, cast.ana, THUMBNAIL) == 3
    assert jobs.retry_failed(world.web, cast.ana, THUMBNAIL) == 0
    assert {line.name: line.queued.waiting for line in _board(world, cast.ana).lines} == {THUMBNAIL: 3, STEP: 0}


def test_the_same_work_done_by_another_job_ends_the_failure(world: World, cast: Cast) -> None:
    make_run(world, cast.acme, status="failed", subject_id="same", ago=timedelta(minutes=9))
    assert len(_board(world, cast.ana).failed) == 1
    make_run(world, cast.acme, subject_id="same", ago=timedelta(minutes=1))
    assert _board(world, cast.ana).failed == ()


def test_cleo_sees_and_restarts_nothing_of_it(world: World, cast: Cast) -> None:
    run_id = make_run(world, cast.acme, status="failed")
    make_job(world, cast.acme)
    board = _board(world, cast.cleo)
    assert (board.lines, board.failed, board.waiting) == ((), (), 0)
    with world.web.tx(cast.cleo) as tx:
        assert jobs.recent(tx) == []
    with pytest.raises(jobs.RunNotFound):
        jobs.retry(world.web, cast.cleo, run_id)
    assert jobs.retry_failed(world.web, cast.cleo) == 0
    assert len(_board(world, cast.ana).failed) == 1


def test_runs_are_filtered_by_task_and_how_they_ended(world: World, cast: Cast) -> None:
    failed = make_run(world, cast.acme, STEP, "failed", error="Refused")
    make_run(world, cast.acme, STEP)
    make_run(world, cast.acme)
    with world.web.tx(cast.ana) as tx:
        assert [run.id for run in jobs.recent(tx, tasks=[STEP], statuses=jobs.ENDED_BADLY)] == [failed]
        assert len(jobs.recent(tx)) == 3
        assert len(jobs.recent(tx, limit=2)) == 2
        assert jobs.run(tx, failed).error == "Refused"


def test_every_task_has_words_of_its_own() -> None:
    tasks = {job.task for hearing in HEARERS.values() for job in hearing}
    words = {jobs.task_words(task) for task in tasks}
    assert len(words) == len(tasks)
    assert all("_" not in word and "." not in word for word in words)
    assert jobs.task_words("media.draw_again") == "Draw again"


def test_an_outsider_without_organisation_has_no_board(world: World, cast: Cast) -> None:
    make_run(world, cast.acme)
    assert _board(world, cast.nobody).lines == ()
