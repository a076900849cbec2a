"""The jobs screen: figures, one line per task, what failed and one more try."""

from datetime import timedelta
from typing import Any

import pytest

from pages.parts import runs
from services import identity, jobs
from tests.makers.cast import Cast
from tests.makers.jobs import make_job, make_run
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.jobs.conftest import STEP, THUMBNAIL
from tests.pages.screen import Show


def _waiting(world: World, cast: Cast) -> int:
    with world.web.tx(cast.ana) as tx:
        return jobs.board(tx).waiting


def test_the_figures_the_lines_and_the_latest_runs_agree(world: World, cast: Cast, show: Show, told: Any) -> None:
    make_run(world, cast.acme, late=timedelta(seconds=1))
    make_run(world, cast.acme, STEP, "failed", error="Refused: <b>too small</b>", ago=timedelta(minutes=2))
    make_run(world, cast.acme, "research.run_import", "running", progress_done=40, progress_total=100, note="reading")
    make_job(world, cast.acme, at=world.clock.now() + timedelta(hours=5))
    test = show(cast.ana)
    assert not test.exception
    page = texts(test)
    for words in ("1 on time · 1 failed · 1 running", "1 planned for later", "in the last 24 hours", "40 of 100"):
        assert words in page
    by_task = {line.id: line for line in told.lines}
    assert by_task["research.run_import"].state[0] == "Running, 40%"
    assert by_task[STEP].note == "Refused: <b>too small</b>"
    assert [mark for mark, _ in by_task[STEP].last] == ["failed"]
    assert [act.id for act in by_task[STEP].acts] == ["retry"]
    assert by_task[THUMBNAIL].next == "15:00"
    assert [row.state[0] for row in told.rows] == ["Failed", "Running", "Done"]


def test_late_and_crashed_runs_are_told_apart_from_failed_ones(world: World, cast: Cast, show: Show, told: Any) -> None:
    make_run(world, cast.acme, late=timedelta(minutes=6))
    make_run(world, cast.acme, STEP, "lost")
    show(cast.ana)
    by_task = {line.id: line for line in told.lines}
    assert by_task[THUMBNAIL].state[0] == "Late 6 min"
    assert by_task[THUMBNAIL].is_late
    assert by_task[STEP].state[0] == "Crashed"
    assert [mark for mark, _ in by_task[STEP].last] == ["crashed"]


def test_everything_that_failed_is_started_again_with_one_press(world: World, cast: Cast, show: Show) -> None:
    make_run(world, cast.acme, status="failed")
    make_run(world, cast.acme, STEP, "failed")
    test = show(cast.ana)
    test.button(key="jobs-retry-all").click().run()
    assert _waiting(world, cast) == 2


def test_one_task_is_started_again_from_its_line(world: World, cast: Cast, show: Show, told: Any) -> None:
    make_run(world, cast.acme, status="failed")
    make_run(world, cast.acme, STEP, "failed")
    told.board = runs.RunsTold(None, ("retry", STEP))
    assert not show(cast.ana).exception
    assert _waiting(world, cast) == 1


def test_people_who_only_look_are_offered_no_retry(world: World, cast: Cast, show: Show, told: Any) -> None:
    run_id = make_run(world, cast.acme, status="failed")
    test = show(cast.vera, identity.Role.VIEWER, run=str(run_id))
    assert {button.key for button in test.button} & {"jobs-retry-all", "jobs-run-retry"} == set()
    assert told.lines[0].acts == ()


def test_a_run_opens_by_its_address_and_is_retried_there(world: World, cast: Cast, show: Show) -> None:
    run_id = make_run(world, cast.acme, STEP, "failed", error="<script>x</script>", subject_id="x", note="half way")
    test = show(cast.ana, run=str(run_id))
    assert not test.exception
    assert "<script>" not in texts(test)
    assert "half way" in texts(test)
    test.button(key="jobs-run-retry").click().run()
    assert _waiting(world, cast) == 1


def test_a_task_opens_its_newest_run(world: World, cast: Cast, show: Show, told: Any) -> None:
    make_run(world, cast.acme, ago=timedelta(hours=1))
    newest = make_run(world, cast.acme, ago=timedelta(minutes=1))
    told.board = runs.RunsTold(THUMBNAIL, None)
    assert show(cast.ana).query_params["run"] == str(newest)


def test_cleo_sees_nothing_of_it(world: World, cast: Cast, show: Show) -> None:
    run_id = make_run(world, cast.acme, error="Secret reason", status="failed")
    test = show(cast.cleo, run=str(run_id))
    assert "Nothing has run yet" in texts(test)
    assert "Secret reason" not in texts(test)


@pytest.mark.parametrize("address", ["", "x", "-1", "9" * 30, "²"])
def test_an_address_that_names_no_run_opens_nothing(world: World, cast: Cast, show: Show, address: str) -> None:
    make_run(world, cast.acme)
    test = show(cast.ana, run=address)
    assert not test.exception
    assert "jobs-run-retry" not in {button.key for button in test.button}
