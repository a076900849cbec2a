"""A long job tells how far it is, at most once a second."""

import psycopg

from services import jobs
from tests.makers.cast import Cast
from tests.makers.world import World


def _begin(world: World, cast: Cast, job: int) -> None:
    with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        connection.execute("delete from app.job_runs where job_id = %s", [job])
        connection.execute(
            "insert into app.job_runs (org_id, job_id, task, attempt, status, started_at) "
            "values (%s, %s, 'tests.task', 1, 'running', now())",
            [cast.acme, job],
        )


def _shown(world: World, cast: Cast) -> tuple[int | None, int | None, str]:
    with world.web.tx(cast.ana) as tx:
        (run,) = jobs.running(tx)
    return run.progress_done, run.progress_total, run.note


def test_steps_within_a_second_are_not_written_but_the_last_one_is(world: World, cast: Cast) -> None:
    _begin(world, cast, 900_001)
    progress = jobs.RunProgress(world.worker.db, world.clock, 900_001, 1)
    progress.step(1, 10, "Reading")
    progress.step(2, 10, "Reading")
    assert _shown(world, cast) == (1, 10, "Reading")
    world.clock.move(seconds=1)
    progress.step(3, 10, "Reading")
    assert _shown(world, cast) == (3, 10, "Reading")
    progress.step(10, 10, "Done")
    assert _shown(world, cast) == (10, 10, "Done")


def test_every_job_has_a_name_for_people() -> None:
    assert jobs.task_words("publishing.step") == "Publishing a post"
    assert jobs.task_words("research.sweep_all") == "Sweep all"
