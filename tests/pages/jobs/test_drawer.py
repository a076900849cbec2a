"""One run's whole story, and where what people are told of a start leads."""

from typing import Any

from services import jobs
from tests.makers.cast import Cast
from tests.makers.jobs import make_run
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.jobs.conftest import STEP
from tests.pages.screen import Show


def test_a_run_tells_its_whole_story(world: World, cast: Cast, show: Show) -> None:
    outcome = {"said": "Read <b>4</b> files.", "counts": {"new": 4}, "links": [{"label": "Import", "path": "/imports"}]}
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
    for words in ("Read &lt;b&gt;4&lt;/b&gt; files.", "4 new", "&lt;i&gt;ads", "Line &lt;script&gt;", "a" * 32,
                  "spread over some time"):  # fmt: skip
        assert words in page
    assert "jobs-run-link-0" in {button.key for button in test.button}


def test_what_people_are_told_of_a_start_opens_its_run(world: World, cast: Cast, show: Show) -> None:
    start = str(cast.brand)
    run_id = make_run(world, cast.acme, "jobs.run_start", "failed", subject_id=start, error="Rejected: no")
    test = show(cast.ana, start=start)
    assert "Rejected: no" in texts(test)
    assert test.query_params["run"] in (str(run_id), [str(run_id)])


def test_what_people_are_told_of_a_lost_start_leads_to_the_lost_ones(
    world: World, cast: Cast, show: Show, told: Any
) -> None:
    make_run(world, cast.acme)
    start = jobs.start_now(world.web, cast.ben, "demo", {})
    with world.superuser() as connection:
        connection.execute("update app.job_starts set state = 'lost', error = 'gone' where id = %s", [start])
    show(cast.ana, start=str(start))
    assert [row.id for row in told.rows] == [f"start-{start}"]
    told.act = ("again", f"start-{start}")
    show(cast.ana, state="lost")
    with world.web.tx(cast.ana) as tx:
        assert {one.origin for one in jobs.list_starts(tx, "demo", None, 10)} == {"retry", "person"}
        assert jobs.lost_starts(tx, jobs.RunFilter()) == []


def _json(value: object) -> Any:
    from psycopg.types.json import Jsonb

    return Jsonb(value)
