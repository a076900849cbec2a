"""What waits and what never ran, in the list: filtered, cancelled, and as CSV."""

from datetime import timedelta
from typing import Any

from pages.parts.run_listed import csv_header, csv_rows
from services import jobs
from tests.makers.cast import Cast
from tests.makers.jobs import make_job, make_run
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.jobs.conftest import STEP
from tests.pages.screen import Show


def _waiting(world: World, cast: Cast) -> int:
    with world.web.tx(cast.ana) as tx:
        return len(jobs.waiting_jobs(tx, jobs.RunFilter()))


def test_what_waits_is_listed_and_cancelled(world: World, cast: Cast, show: Show, told: Any) -> None:
    make_run(world, cast.acme)
    make_job(world, cast.acme, STEP)
    make_job(world, cast.acme, at=world.clock.now() + timedelta(hours=1))
    test = show(cast.ana, state="waiting")
    assert [row.state[0] for row in told.rows] == ["Waiting", "Planned"]
    test.button(key="jobs-bulk-cancel").click().run()
    assert "<b>2 jobs</b> that wait will not run" in texts(test)
    test.button(key="jobs-bulk-cancel").click()
    test.button(key="jobs-bulk-cancel-now").click().run()
    assert _waiting(world, cast) == 0


def test_one_that_waits_is_cancelled_in_its_row(world: World, cast: Cast, show: Show, told: Any) -> None:
    make_run(world, cast.acme)
    first, second = make_job(world, cast.acme, STEP), make_job(world, cast.acme, STEP)
    show(cast.ana, state="waiting")
    assert [[act.id for act in row.acts] for row in told.rows] == [["cancel"], ["cancel"]]
    told.act = ("cancel", str(first))
    test = show(cast.ana, state="waiting")
    assert "<b>1 job</b> that waits will not run" in texts(test)
    told.act = ("cancel", str(first))
    test.button(key="jobs-bulk-cancel-now").click().run()
    with world.web.tx(cast.ana) as tx:
        assert [job.job_id for job in jobs.waiting_jobs(tx, jobs.RunFilter())] == [second]


def test_what_waits_is_filtered_and_says_what_a_filter_means_there(
    world: World, cast: Cast, show: Show, told: Any
) -> None:
    make_run(world, cast.acme)
    make_job(world, cast.acme, STEP)
    start = jobs.start_now(world.web, cast.ben, "pull_metrics", {"days": 7}, brand_id=cast.brand).start_id
    title = jobs.get_kind("pull_metrics").title
    for query in ({"brand": str(cast.brand)}, {"by": "person"}, {"q": str(start)}):
        test = show(cast.ana, state="waiting", **query)
        assert [(row.name, row.by) for row in told.rows] == [(title, "Ben")], query
    assert "no log and no trace yet" in texts(test)
    assert "An event" not in texts(test)
    assert "names no brand" in texts(show(cast.ana, state="waiting", by="person"))
    test = show(cast.ana, state="waiting", **{"from": "2030-01-01"})
    assert "Nothing matches these filters." in texts(test)
    assert "Days are those it is planned for." in texts(test)
    assert "Days are those it was due on." in texts(show(cast.ana, state="lost", **{"from": "2030-01-01"}))


def test_the_csv_is_what_is_listed(world: World, cast: Cast, show: Show) -> None:
    make_run(world, cast.acme)
    job = make_job(world, cast.acme, STEP)
    lost = jobs.start_now(world.web, cast.ben, "demo", {}).start_id
    with world.superuser() as connection:
        connection.execute("update app.job_starts set state = 'lost', error = '=gone' where id = %s", [lost])
    waits = jobs.RunFilter(shown=jobs.Shown.WAITING, name=STEP)
    rows = list(csv_rows(world.web, cast.ana, waits))
    assert [(row[0], row[1]) for row in rows] == [(job, STEP)]
    assert len(rows[0]) == len(csv_header(waits))
    gone = jobs.RunFilter(shown=jobs.Shown.LOST)
    rows = list(csv_rows(world.web, cast.ana, gone))
    assert [(row[0], row[-1]) for row in rows] == [(lost, "=gone")]
    assert len(rows[0]) == len(csv_header(gone))
    assert list(csv_rows(world.web, cast.cleo, gone)) == []
    runs = jobs.RunFilter(name="media.make_thumbnail")
    (row,) = csv_rows(world.web, cast.ana, runs)
    assert len(row) == len(csv_header(runs))


def test_what_is_lost_is_listed_before_anything_ran(world: World, cast: Cast, show: Show, told: Any) -> None:
    start = jobs.start_now(world.web, cast.ben, "demo", {}).start_id
    with world.superuser() as connection:
        connection.execute("truncate queue.procrastinate_jobs cascade")
        connection.execute("update app.job_starts set state = 'lost', finished_at = now() where id = %s", [start])
    test = show(cast.ana, state="lost", q="practice")
    assert [row.id for row in told.rows] == [f"start-{start}"]
    page = texts(test)
    assert "Nothing has run yet" not in page and "its ids and the reason" in page
