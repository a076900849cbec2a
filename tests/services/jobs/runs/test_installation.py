"""Runs of the whole installation: seen, started again and stopped by those who may see the system, by nobody else."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from psycopg.errors import InsufficientPrivilege

from services import identity, jobs
from services.jobs import RunFilter, Shown
from services.kit.db import Scope
from tests.makers.cast import Cast
from tests.makers.jobs import make_job, make_run
from tests.makers.schedules import clear, waiting
from tests.makers.world import World

OWN = RunFilter(is_installation=True)
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


def _failed(world: World, **columns: Any) -> int:
    return make_run(world, None, STARTS, "failed", kind="purge", error="Rejected: no room left", **columns)


def _ids(world: World, scope: Scope, wanted: RunFilter) -> list[int]:
    with jobs.runs_tx(world.web, scope, is_installation=wanted.is_installation) as tx:
        return [run.id for run in jobs.list_runs(tx, wanted).runs]


def test_they_are_listed_apart_from_those_of_an_organisation(world: World, cast: Cast) -> None:
    own, of_acme = _failed(world, subject_id="s1"), make_run(world, cast.acme)
    assert _ids(world, cast.ana, OWN) == [own]
    assert _ids(world, cast.ana, RunFilter()) == [of_acme]
    for terms in ({"shown": Shown.DEAD}, {"name": "purge"}, {"text": "room lef"}, {"text": f"#{own}"}):
        assert _ids(world, cast.ana, OWN.model_copy(update=terms)) == [own], terms
    assert _ids(world, cast.ana, OWN.model_copy(update={"text": "nothing like it"})) == []
    assert [run.id for run in jobs.export_runs(world.web, cast.ana, OWN)] == [own]


def test_one_of_them_is_found_with_its_lines_by_who_may_see_the_system(world: World, cast: Cast) -> None:
    own = _failed(world)
    with world.superuser() as connection:
        connection.execute(
            "insert into app.run_log_lines (run_id, number, org_id, at, level, text) "
            "values (%s, 1, null, now(), 'error', 'No room')", [own],
        )  # fmt: skip
    found = jobs.find_run(world.web, cast.ana, own)
    assert (found.id, found.org_id) == (own, None)
    with jobs.runs_tx(world.web, cast.ana, is_installation=True) as tx:
        assert [line.text for line in jobs.run_lines(tx, own)] == ["No room"]
        assert [run.id for run in jobs.run_attempts(tx, found)] == [own]


def test_nobody_else_sees_or_changes_anything_of_them(world: World, cast: Cast) -> None:
    own = _failed(world)
    job = make_job(world, None, STARTS, start_id=str(world.web.ids.new()))
    with world.web.tx(cast.ana) as tx:  # not even who may, in the organisation's own scope
        assert tx.value("select count(*) from app.job_runs where org_id is null", {}) == 0
        assert jobs.waiting_jobs(tx, RunFilter()) == []
    for scope in (cast.ben, cast.vera):
        acts: tuple[Callable[[], object], ...] = (
            lambda scope=scope: _ids(world, scope, OWN),
            lambda scope=scope: list(jobs.export_runs(world.web, scope, OWN)),
            lambda scope=scope: jobs.retry(world.web, scope, own, is_installation=True),
            lambda scope=scope: jobs.retry_many(world.web, scope, (own,), is_installation=True),
            lambda scope=scope: jobs.stop(world.web, scope, [job], is_installation=True),
            lambda scope=scope: jobs.stop_run(world.web, scope, own, is_installation=True),
        )
        for act in acts:
            with pytest.raises(identity.RoleTooLow):
                act()
        with pytest.raises(jobs.RunNotFound):
            jobs.find_run(world.web, scope, own)
    assert [org for org, _ in waiting(world)] == [None]


def test_one_that_failed_is_started_again_once_and_that_is_written_down(world: World, cast: Cast) -> None:
    start = jobs.start_now(world.web, cast.ana, "purge", {"keep_jobs_days": 365}, is_installation=True).start_id
    clear(world)
    own = _failed(world, subject_id=str(start), job_id=make_job(world, None, STARTS, status="failed",
                                                                start_id=str(start)))  # fmt: skip
    jobs.retry(world.web, cast.ana, own, is_installation=True)
    assert waiting(world) == [(None, start)]
    with pytest.raises(jobs.NothingToRetry):
        jobs.retry(world.web, cast.ana, own, is_installation=True)
    with world.web.tx(cast.ana) as tx:
        told = tx.tuples("select act, subject_id from app.audit_log where act = 'retried'", {})
    assert told == [("retried", str(own))]


def test_many_are_planned_and_started_again(world: World, cast: Cast) -> None:
    made = {_failed(world), _failed(world)}
    with jobs.runs_tx(world.web, cast.ana, is_installation=True) as tx:
        plan = jobs.plan_retry(tx, OWN.model_copy(update={"shown": Shown.FAILED}))
    assert set(plan.runs) == made
    assert jobs.retry_many(world.web, cast.ana, plan.runs, is_installation=True) == 2


def test_what_waits_is_listed_and_cancelled_with_its_start(world: World, cast: Cast) -> None:
    start = jobs.start_now(world.web, cast.ana, "purge", {"keep_jobs_days": 364}, is_installation=True).start_id
    with jobs.runs_tx(world.web, cast.ana, is_installation=True) as tx:
        (job,) = jobs.waiting_jobs(tx, OWN)
    assert job.args == {"start_id": str(start)}
    assert jobs.stop(world.web, cast.ana, [job.job_id], is_installation=True) == (1, 0)
    found = jobs.find_start(world.web, cast.ana, start)
    assert (found.state, waiting(world)) == ("cancelled", [])


def test_one_that_runs_is_asked_to_stop(world: World, cast: Cast) -> None:
    start = jobs.start_now(world.web, cast.ana, "purge", {"keep_jobs_days": 363}, is_installation=True).start_id
    with world.superuser() as connection:
        connection.execute("update app.job_starts set state = 'running' where id = %s", [start])
    own = make_run(world, None, STARTS, "running", kind="purge", subject_id=str(start))
    jobs.stop_run(world.web, cast.ana, own, is_installation=True)
    found = jobs.find_start(world.web, cast.ana, start)
    assert found.cancel_asked_at is not None


def test_the_marks_of_its_schedule_lead_to_their_runs(world: World, cast: Cast) -> None:
    schedule = jobs.make_schedule(world.web, cast.ana, _hourly())
    start = jobs.run_now(world.web, cast.ana, schedule, is_installation=True).start_id
    own = make_run(world, None, STARTS, kind="purge", subject_id=str(start))
    assert [one.run_id for one in jobs.installation_latest_starts(world.web, cast.ana)[schedule]] == [own]


def _hourly() -> jobs.Draft:
    return jobs.Draft(name="Purge", kind="purge", cadence=jobs.interval(3600), parameters={}, is_installation=True)


def test_no_functions_of_the_installation_are_a_persons_and_none_reaches_an_organisation(
    world: World, cast: Cast
) -> None:
    job = make_job(world, cast.acme, "publishing.step", status="failed")
    for sql in (
        "select app.own_stop_job(%(job)s)",
        "select app.own_retry_job(%(job)s, null)",
        "select app.own_cannot_retry(%(job)s)",
        "select app.own_waiting_jobs(10)",
        "select app.stop_job_of(%(job)s, array[''])",
        "select app.retry_job_of(%(job)s, null, array[''])",
        "select app.cannot_retry_of(%(job)s, array[''])",
        "select app.waiting_jobs_of(array[''], 10)",
    ):
        with pytest.raises(InsufficientPrivilege), world.web.tx(cast.ana) as tx:
            tx.value(sql, {"job": job})
    with world.web.admin_tx() as tx:
        assert tx.value("select app.own_retry_job(%(job)s, null)", {"job": job}) is None
        assert tx.value("select app.own_cannot_retry(%(job)s)", {"job": job}) == "not yours"
        assert tx.value("select app.own_stop_job(%(job)s)", {"job": job}) is None
