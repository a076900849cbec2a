"""One run's whole story, and where what people are told of a start leads."""

from typing import Any
from uuid import UUID

import pytest

from pages.parts import run_drawer
from services import identity, jobs
from tests.makers.cast import Cast
from tests.makers.jobs import make_run
from tests.makers.schedules import make_schedule
from tests.makers.screens import texts, went
from tests.makers.world import World
from tests.pages.jobs.conftest import STEP
from tests.pages.screen import Show


def test_a_run_tells_its_whole_story(world: World, cast: Cast, show: Show) -> None:
    outcome = {
        "said": "Read <b>4</b> files.",
        "counts": {"new": 1, "left_out": 4},
        "links": [{"label": "Import", "path": "/imports"}],
    }
    run_id = make_run(
        world, cast.acme, STEP, "failed", error="RateLimited: slow down", trace_id="a" * 32,
        subject_id="x", **{"inputs": _json({"folder": "<i>ads</i>"}), "outcome": _json(outcome)},
    )  # fmt: skip
    with world.superuser() as connection:
        connection.execute(
            "insert into app.run_log_lines (run_id, number, org_id, at, level, text) values "
            "(%s, 1, %s, now(), 'error', 'Line <script>')", [run_id, cast.acme],
        )  # fmt: skip
    test = show(cast.ana, run=str(run_id))
    page = texts(test)
    for words in ("Read &lt;b&gt;4&lt;/b&gt; files.", "new: 1", "left out: 4", "&lt;i&gt;ads", "Line &lt;script&gt;",
                  "a" * 32, "spread over some time"):  # fmt: skip
        assert words in page
    assert "jobs-run-link-0" in {button.key for button in test.button}


def test_what_people_are_told_of_a_start_opens_its_run(world: World, cast: Cast, show: Show) -> None:
    start = str(cast.brand)
    run_id = make_run(world, cast.acme, "jobs.run_start", "failed", subject_id=start, error="Rejected: no")
    test = show(cast.ana, start=start)
    assert "Rejected: no" in texts(test)
    assert test.query_params["run"] in (str(run_id), [str(run_id)])


def _lost(world: World, cast: Cast, schedule: UUID | None = None) -> UUID:
    if schedule:
        start = jobs.run_now(world.web, cast.ben, schedule).start_id
    else:
        start = jobs.start_now(world.web, cast.ben, "demo", {}).start_id
    with world.superuser() as connection:
        sql = "update app.job_starts set state = 'lost', error = 'gone <b>', finished_at = now() where id = %s"
        connection.execute(sql, [start])
    return start


def test_a_lost_start_says_what_happened_why_and_what_to_do(world: World, cast: Cast, show: Show) -> None:
    start = _lost(world, cast)
    test = show(cast.ana, start=str(start))
    page = texts(test)
    for words in ("never did", "gone &lt;b&gt;", "without harm", "Lost, never ran", "Ben"):
        assert words in page
    test.button(key="jobs-start-again").click().run()
    with world.web.tx(cast.ana) as tx:
        assert {one.origin for one in jobs.list_starts(tx, "demo", None, 10)} == {"retry", "person"}
        assert jobs.lost_starts(tx, jobs.RunFilter()) == []
    keys = {button.key for button in show(cast.ana, start=str(start)).button}
    assert "jobs-start-see" in keys and "jobs-start-again" not in keys


def test_a_lost_start_opens_from_its_line_and_starts_again_there(
    world: World, cast: Cast, show: Show, told: Any
) -> None:
    start = _lost(world, cast)
    make_run(world, cast.acme)
    told.opened = f"start-{start}"
    assert show(cast.ana, state="lost").query_params["start"] in (str(start), [str(start)])
    assert [(row.id, row.by) for row in told.rows] == [(f"start-{start}", "Ben")]
    told.act = ("again", f"start-{start}")
    show(cast.ana, state="lost")
    with world.web.tx(cast.ana) as tx:
        assert jobs.lost_starts(tx, jobs.RunFilter()) == []


def test_a_start_without_a_run_leads_to_its_schedule_and_is_cancelled(
    world: World, cast: Cast, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, schedule = went(monkeypatch), make_schedule(world, cast.ana)
    start = jobs.run_now(world.web, cast.ben, schedule).start_id
    test = show(cast.ana, start=str(start))
    assert "It waits in the queue" in texts(test)
    test.button(key="jobs-start-schedule").click().run()
    assert sent == [("schedules", {"schedule": str(schedule)})]
    show(cast.ana, start=str(start)).button(key="jobs-start-cancel").click().run()
    with world.web.tx(cast.ana) as tx:
        assert jobs.get_start(tx, start).state is jobs.StartState.CANCELLED


def test_a_run_leads_to_the_schedule_that_set_it_off(
    world: World, cast: Cast, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, schedule = went(monkeypatch), make_schedule(world, cast.ana, name="Nightly")
    start = jobs.run_now(world.web, cast.ben, schedule).start_id
    run_id = make_run(
        world, cast.acme, "jobs.run_start", kind="demo", subject_id=str(start), origin="schedule",
        origin_id=str(schedule),
    )  # fmt: skip
    test = show(cast.ana, run=str(run_id))
    assert "“Nightly”" in texts(test)
    test.button(key="jobs-run-schedule").click().run()
    assert sent == [("schedules", {"schedule": str(schedule)})]
    other = make_run(world, cast.acme, STEP)
    assert "jobs-run-schedule" not in {button.key for button in show(cast.ana, run=str(other)).button}


def test_those_who_only_look_and_cleo_change_no_start(world: World, cast: Cast, show: Show) -> None:
    start = _lost(world, cast)
    test = show(cast.vera, identity.Role.VIEWER, start=str(start))
    assert "never did" in texts(test) and "jobs-start-again" not in {button.key for button in test.button}
    page = texts(show(cast.cleo, start=str(start)))
    assert "not yours to see" in page and "gone" not in page


@pytest.mark.parametrize("address", ["", "x", "9" * 40])
def test_an_address_that_names_no_start_opens_nothing(world: World, cast: Cast, show: Show, address: str) -> None:
    make_run(world, cast.acme)
    assert not show(cast.ana, start=address).exception


def _json(value: object) -> Any:
    from psycopg.types.json import Jsonb

    return Jsonb(value)


def test_an_open_run_tells_how_far_it_is_and_is_drawn_anew_once_it_ends(
    world: World, cast: Cast, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = make_run(world, cast.acme, STEP, "running", progress_done=40, progress_total=100, note="files <b>")
    assert "40 of 100 files &lt;b&gt;" in texts(show(cast.ana, run=str(run_id)))
    begun, drawn = jobs.find_run(world.web, cast.ana, run_id), []
    monkeypatch.setattr(run_drawer, "html", drawn.append)
    monkeypatch.setattr(run_drawer.st, "rerun", lambda: drawn.append("anew"))
    with world.superuser() as connection:
        connection.execute("update app.job_runs set progress_done = 60 where id = %s", [run_id])
    run_drawer._course(world.web, cast.ana, begun)
    assert len(drawn) == 1 and "60 of 100" in drawn[0]
    with world.superuser() as connection:
        connection.execute("update app.job_runs set status = 'succeeded', finished_at = now() where id = %s", [run_id])
    run_drawer._course(world.web, cast.ana, begun)
    assert "anew" in drawn
