"""Jobs of the whole installation on the screen: for those who may see the system, and nobody else."""

from collections.abc import Iterator
from typing import Any

import pytest

from services import identity, jobs
from tests.makers.cast import Cast
from tests.makers.jobs import make_run
from tests.makers.schedules import clear, make_schedule, waiting
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.screen import Show

STARTS = "jobs.run_start"


@pytest.fixture(autouse=True)
def _of_this_test_alone(world: World) -> Iterator[None]:
    """The installation is the same for all tests."""
    _clear_installation(world)
    yield
    _clear_installation(world)


def _clear_installation(world: World) -> None:
    clear(world)
    with world.superuser() as connection:
        connection.execute("delete from app.job_runs where org_id is null")
        connection.execute("delete from app.job_starts where org_id is null")


def _purged(world: World, cast: Cast) -> int:
    """A run of a purge that failed, with its line."""
    schedule = make_schedule(world, cast.ana, name="Nightly purge", kind="purge", parameters={}, is_installation=True)
    start = jobs.run_now(world.web, cast.ana, schedule, is_installation=True).start_id
    with world.superuser() as connection:
        (job,) = connection.execute("select max(id) from queue.procrastinate_jobs").fetchone()  # type: ignore[misc]
        with connection.transaction():
            connection.execute("set local search_path = queue, public")  # its triggers name their tables bare
            connection.execute("update procrastinate_jobs set status = 'failed' where id = %s", [job])
        run_id = make_run(world, None, STARTS, "failed", kind="purge", subject_id=str(start), job_id=job,
                          error="Rejected: no room", origin="person", started_by=cast.ana.user_id)  # fmt: skip
        connection.execute(
            "insert into app.run_log_lines (run_id, number, org_id, at, level, text) "
            "values (%s, 1, null, now(), 'error', 'Disk is full')", [run_id],
        )  # fmt: skip
    return run_id


def test_an_owner_lists_and_opens_them_and_starts_one_again(world: World, cast: Cast, show: Show, told: Any) -> None:
    run_id = _purged(world, cast)
    of_acme = make_run(world, cast.acme)
    show(cast.ana)
    assert [row.id for row in told.rows] == [str(of_acme)]
    test = show(cast.ana, brand="installation")
    assert [(row.id, row.by) for row in told.rows] == [(str(run_id), "Ana")]
    assert "Runs of the whole installation" in texts(test)
    test = show(cast.ana, run=str(run_id))
    for words in ("no room", "Disk is full", "The whole installation", "What to do"):
        assert words in texts(test)
    assert "jobs-run-schedule" in {button.key for button in test.button}
    test.button(key="jobs-run-retry").click().run()
    assert [org for org, _ in waiting(world)] == [None]


def test_before_anything_ran_here_an_owner_finds_the_way_to_them(
    world: World, cast: Cast, show: Show, told: Any
) -> None:
    run_id = _purged(world, cast)
    test = show(cast.ana)
    assert "Nothing has run yet" in texts(test)
    test.button(key="jobs-installation").click().run()
    assert [row.id for row in told.rows] == [str(run_id)]


def test_what_waits_there_is_listed_and_cancelled(world: World, cast: Cast, show: Show, told: Any) -> None:
    made = jobs.start_now(world.web, cast.ana, "purge", {"keep_jobs_days": 299}, is_installation=True).start_id
    test = show(cast.ana, brand="installation", state="waiting")
    (row,) = told.rows
    assert (row.name, row.by) == (jobs.get_kind("purge").title, "Ana")
    test.button(key="jobs-bulk-cancel").click().run()
    test.button(key="jobs-bulk-cancel").click()
    test.button(key="jobs-bulk-cancel-now").click().run()
    assert jobs.find_start(world.web, cast.ana, made).state is jobs.StartState.CANCELLED


@pytest.mark.parametrize("role", [identity.Role.EDITOR, identity.Role.VIEWER])
def test_who_may_not_see_the_system_finds_nothing_of_them(
    world: World, cast: Cast, show: Show, told: Any, role: identity.Role
) -> None:
    run_id = _purged(world, cast)
    scope = cast.ben if role is identity.Role.EDITOR else cast.vera
    make_run(world, cast.acme)
    for address in ({"brand": "installation"}, {"run": str(run_id)}):
        test = show(scope, role, **address)
        page = texts(test)
        assert "no room" not in page and "Disk is full" not in page and "installation" not in page.lower()
        assert str(run_id) not in [row.id for row in told.rows]
        assert "jobs-run-retry" not in {button.key for button in test.button}
    options = show(scope, role).selectbox
    assert all("Whole installation" not in box.options for box in options)


def test_over_the_installations_jobs_stands_no_figure_of_the_organisation(
    world: World, cast: Cast, show: Show, told: Any
) -> None:
    _purged(world, cast)
    make_run(world, cast.acme, STARTS, "failed")
    assert "jobs-retry-all" in {button.key for button in show(cast.ana).button} and told.lines
    told.lines = []
    test = show(cast.ana, brand="installation")
    page = texts(test)
    assert told.lines == [] and "in the last 24 hours" not in page and "1 failed" not in page
    assert "jobs-retry-all" not in {button.key for button in test.button}
    assert "of the whole installation" in page
