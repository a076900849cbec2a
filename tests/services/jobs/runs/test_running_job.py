"""What a job tells while it runs: how far it is, what it says, what it costs, whether it shall stop."""

import pytest

from services import jobs
from services.jobs.runs import running_job
from tests.makers.cast import Cast
from tests.makers.world import World

TOKEN = "https://x.example/?access_token=abcdef"


def _run(world: World, cast: Cast, job: int) -> tuple[jobs.RunProgress, jobs.RunNote]:
    with world.superuser() as connection:
        connection.execute("delete from app.job_runs where job_id = %s", [job])
    note = jobs.RunNote(job, 1, str(cast.acme), "tests.task", "7", None, "w", {"thing": "7"})
    return jobs.RunProgress(world.worker.db, world.clock, note), note


def _shown(world: World, cast: Cast) -> tuple[int | None, int | None, str]:
    with world.web.tx(cast.ana) as tx:
        (run,) = jobs.running(tx)
    return run.progress_done, run.progress_total, run.note


def _lines(world: World, cast: Cast) -> list[tuple[int, str, str]]:
    with world.web.tx(cast.ana) as tx:
        return tx.tuples("select number, level, text from app.run_log_lines order by number", {})


def test_steps_within_a_second_are_not_written_but_the_last_one_is(world: World, cast: Cast) -> None:
    progress, _ = _run(world, cast, 900_001)
    progress.step(1, 10, "Reading")
    progress.step(2, 10, "Reading")
    assert _shown(world, cast) == (1, 10, "Reading")
    world.clock.move(seconds=1)
    progress.step(3, 10, TOKEN)
    assert _shown(world, cast) == (3, 10, "https://x.example/?access_token=[hidden]")
    progress.step(10, 10, "Done")
    assert _shown(world, cast) == (10, 10, "Done")


def test_a_step_of_a_run_that_was_given_up_wakes_nothing_and_ends_it(world: World, cast: Cast) -> None:
    progress, _ = _run(world, cast, 900_002)
    progress.step(1, 10)
    with world.superuser() as connection:
        connection.execute("update app.job_runs set status = 'lost' where job_id = 900002")
    world.clock.move(seconds=2)
    with pytest.raises(jobs.TakenOver):
        progress.step(2, 10)
    progress.log("Still here")
    with world.web.tx(cast.ana) as tx:
        (run,) = jobs.recent(tx)
    assert (run.status, run.progress_done) == (jobs.RunStatus.LOST, 1)


def test_a_clock_that_is_put_back_keeps_no_step_from_being_told(world: World, cast: Cast) -> None:
    progress, _ = _run(world, cast, 900_012)
    progress.step(1, 10)
    world.clock.move(hours=-1)
    progress.step(2, 10)
    with world.web.tx(cast.ana) as tx:
        (run,) = jobs.recent(tx)
    assert run.progress_done == 2


def test_lines_are_kept_in_order_without_secrets_and_up_to_a_bound(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running_job, "LINES_MOST", 3)
    progress, _ = _run(world, cast, 900_003)
    for number in range(5):
        progress.log(f"{number} {TOKEN}", "warning" if number else "info")
    assert _lines(world, cast) == [
        (1, "info", "0 https://x.example/?access_token=[hidden]"),
        (2, "warning", "1 https://x.example/?access_token=[hidden]"),
        (3, "warning", "Further lines are not kept."),
    ]
    with world.web.tx(cast.cleo) as tx:
        assert tx.tuples("select text from app.run_log_lines", {}) == []


def test_what_it_is_for_and_what_it_costs_stand_in_its_row(world: World, cast: Cast) -> None:
    progress, note = _run(world, cast, 900_004)
    progress.cost(api_calls=3, money=(1_500_000, "EUR"))
    progress.cost(api_calls=1, money=(500_000, "EUR"))
    progress.known_as("demo", origin="person", brand_id=cast.brand, started_by=cast.ana.user_id, inputs={"a": 1})
    with world.web.tx(cast.ana) as tx:
        row = tx.tuples(
            "select kind, origin, brand_id, started_by, inputs, api_calls, cost_micros, cost_currency "
            "from app.job_runs where job_id = 900004",
            {},
        )
    assert row == [("demo", "person", cast.brand, cast.ana.user_id, {"a": 1}, 4, 2_000_000, "EUR")]
    assert note.told(note.began)["calls"] == 4
    with pytest.raises(ValueError, match="EUR cannot also cost USD"):
        progress.cost(money=(1, "USD"))


def test_a_job_that_is_asked_to_stop_and_does_is_told_as_cancelled(world: World, cast: Cast) -> None:
    asked: list[bool] = []
    _, note = _run(world, cast, 900_005)
    progress = jobs.RunProgress(world.worker.db, world.clock, note, lambda: bool(asked))
    assert not progress.should_stop
    asked.append(True)
    assert (progress.should_stop, note.heeded_stop) == (True, True)


def test_every_job_has_a_name_for_people() -> None:
    assert jobs.task_words("publishing.step") == "Publishing a post"
    assert jobs.task_words("research.sweep_all") == "Sweep all"
