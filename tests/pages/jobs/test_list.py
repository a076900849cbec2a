"""The list of runs: filters in the address, pages by key, acts on many with a count before, views kept."""

from datetime import timedelta
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from pages.parts.run_listed import CSV_HEADER, csv_row, csv_rows
from services import identity, jobs
from services.jobs.runs import acts, listing
from tests.makers.cast import Cast
from tests.makers.jobs import make_job, make_run
from tests.makers.schedules import make_schedule
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.jobs.conftest import STEP, THUMBNAIL
from tests.pages.screen import Show


def _waiting(world: World, cast: Cast) -> int:
    with world.web.tx(cast.ana) as tx:
        return len(jobs.waiting_jobs(tx, jobs.RunFilter()))


def test_a_choice_becomes_part_of_the_address_and_filters(world: World, cast: Cast, show: Show, told: Any) -> None:
    make_run(world, cast.acme)
    make_run(world, cast.acme, STEP, "failed", api_calls=3, cost_micros=1_500_000, cost_currency="EUR", attempt=2)
    test = show(cast.ana)
    test.selectbox(key="jobs-state").select("failed").run()
    assert test.query_params["state"] in ("failed", ["failed"])
    (row,) = told.rows
    assert (row.name, row.attempts, row.cost) == (jobs.task_words(STEP), "2", "3 calls, 1.50 EUR")
    test.selectbox(key="jobs-what").select(THUMBNAIL).run()
    assert "Nothing matches these filters." in texts(test)
    test.button(key="jobs-clear-filters").click().run()
    assert len(told.rows) == 2


@pytest.mark.parametrize(
    ("micros", "shown"), [(15_000, "0.015"), (1_000, "0.001"), (200_000, "0.20"), (1_234_500_000, "1,234.50")]
)
def test_money_is_shown_to_its_last_digit(
    world: World, cast: Cast, show: Show, told: Any, micros: int, shown: str
) -> None:
    run_id = make_run(world, cast.acme, api_calls=1, cost_micros=micros, cost_currency="USD")
    show(cast.ana)
    assert told.rows[0].cost == f"1 call, {shown} USD"
    with world.web.tx(cast.ana) as tx:
        line = dict(zip(CSV_HEADER, csv_row(jobs.run(tx, run_id), {}), strict=True))
    assert (line["api calls"], line["cost"], line["currency"]) == (1, micros / 1_000_000, "USD")


@pytest.mark.parametrize(
    "query",
    [{"state": "x"}, {"brand": "x"}, {"from": "2026-99-99"}, {"to": "9999-12-31"}, {"by": "x"}, {"below": "x"},
     {"q": "':*!|&"}, {"what": "<b>"}],
    ids=lambda one: next(iter(one)),
)  # fmt: skip
def test_an_address_that_makes_no_sense_draws_a_page(
    world: World, cast: Cast, show: Show, query: dict[str, str]
) -> None:
    make_run(world, cast.acme)
    assert not show(cast.ana, **query).exception


def test_pages_are_turned_by_buttons(
    world: World, cast: Cast, show: Show, told: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    made = [str(make_run(world, cast.acme, ago=timedelta(minutes=n))) for n in range(3)]
    test = show(cast.ana)
    assert [row.id for row in told.rows] == made[:2]
    test.button(key="jobs-page-below").click().run()
    assert [row.id for row in told.rows] == made[2:]
    test.button(key="jobs-page-above").click().run()
    assert [row.id for row in told.rows] == made[:2]


def test_many_are_retried_after_the_count_was_told(world: World, cast: Cast, show: Show) -> None:
    for _ in range(3):
        make_run(world, cast.acme, STEP, "failed")
    make_run(world, cast.acme, STEP, "failed", job_id=999_997)
    test = show(cast.ana, state="dead")
    test.button(key="jobs-bulk-retry").click().run()
    page = texts(test)
    assert "<b>3 runs</b> will start again" in page
    assert "1 left out: ended more than three days ago" in page
    assert _waiting(world, cast) == 0
    test.number_input(key="jobs-bulk-minutes").set_value(20)
    test.button(key="jobs-bulk-retry").click().run()  # the test's browser closes a dialog on every run
    assert "One every 600.0 s" in texts(test)
    test.number_input(key="jobs-bulk-minutes").set_value(20)
    test.button(key="jobs-bulk-retry").click()
    test.button(key="jobs-bulk-retry-now").click().run()
    with world.web.tx(cast.ana) as tx:
        planned = [job.scheduled_at for job in jobs.waiting_jobs(tx, jobs.RunFilter())]
    now = world.clock.now()
    assert planned == [None, now + timedelta(minutes=10), now + timedelta(minutes=20)]


def test_only_what_is_ticked_is_retried(world: World, cast: Cast, show: Show) -> None:
    wanted, other = (make_run(world, cast.acme, STEP, "failed") for _ in range(2))
    test = show(cast.ana)
    assert "jobs-chosen-retry" not in {button.key for button in test.button}
    test.session_state["jobs-list-ticked-ids"] = (str(wanted), "999999", "x")
    test.run()
    assert test.button(key="jobs-chosen-retry").label == "Retry 1"
    assert test.button(key="jobs-chosen-all").label == "Select all 2 on this page"
    test.button(key="jobs-chosen-retry").click().run()
    assert "<b>1 run</b> will start again" in texts(test)
    test.button(key="jobs-chosen-retry").click()
    test.button(key="jobs-bulk-retry-now").click().run()
    assert _waiting(world, cast) == 1
    with world.web.tx(cast.ana) as tx:
        assert jobs.run(tx, wanted).retried_at and not jobs.run(tx, other).retried_at
    assert "jobs-chosen-clear" not in {button.key for button in test.run().button}


def test_all_on_the_page_are_ticked_with_one_press(world: World, cast: Cast, show: Show) -> None:
    for _ in range(3):
        make_run(world, cast.acme, STEP, "failed")
    test = show(cast.ana)
    test.button(key="jobs-chosen-all").click().run()
    assert test.button(key="jobs-chosen-retry").label == "Retry 3"
    assert "jobs-chosen-all" not in {button.key for button in test.button}
    test.button(key="jobs-chosen-clear").click().run()
    assert "jobs-chosen-retry" not in {button.key for button in test.button}


def test_of_more_than_are_taken_at_a_time_it_is_told_which(
    world: World, cast: Cast, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts, "AT_ONCE", 2)
    monkeypatch.setattr(jobs, "BULK_MOST", 2)
    for number in range(3):
        make_run(world, cast.acme, STEP, "failed", ago=timedelta(hours=number))
        make_job(world, cast.acme, STEP)
    test = show(cast.ana, state="dead")
    test.button(key="jobs-bulk-retry").click().run()
    page = texts(test)
    assert "<b>2 runs</b> will start again" in page
    assert "More match than the 2 that are taken at a time." in page
    assert "started from Mon 23 Nov, 09:00 to Mon 23 Nov, 10:00" in page
    test = show(cast.ana, state="waiting")
    test.button(key="jobs-bulk-cancel").click().run()
    assert "3 match, and 2 at most are taken at a time: the next to start." in texts(test)


def test_a_line_says_who_schedule_or_event_started_it(world: World, cast: Cast, show: Show, told: Any) -> None:
    schedule = make_schedule(world, cast.ana, name="Nightly <b>")
    of_it = make_run(world, cast.acme, "jobs.run_start", kind="demo", origin="schedule", origin_id=str(schedule))
    make_run(world, cast.acme, "jobs.run_start", kind="demo", origin="schedule", origin_id=str(cast.brand))
    make_run(world, cast.acme, "jobs.run_start", kind="demo", origin="person", started_by=cast.ben.user_id)
    make_run(world, cast.acme, STEP)
    show(cast.ana)
    assert {row.by for row in told.rows} == {"“Nightly <b>”", "A removed schedule", "Ben", "Post due or post woken"}
    test = show(cast.ana, schedule=str(schedule))
    assert [row.id for row in told.rows] == [str(of_it)]
    test.button(key="jobs-schedule").click().run()
    assert len(told.rows) == 4
    assert not show(cast.ana, schedule="x").exception and len(told.rows) == 4
    rows = csv_rows(world.web, cast.ana, jobs.RunFilter())
    assert [dict(zip(CSV_HEADER, row, strict=True))["started by"] for row in rows] == [row.by for row in told.rows]


def test_those_who_only_look_are_offered_no_act_on_many(world: World, cast: Cast, show: Show) -> None:
    run_id = make_run(world, cast.acme, status="failed")
    test = show(cast.vera, identity.Role.VIEWER, state="dead", run=str(run_id))
    assert not {"jobs-bulk-retry", "jobs-run-retry", "jobs-run-stop"} & {button.key for button in test.button}


def test_a_view_is_kept_and_used_again(world: World, cast: Cast, show: Show, told: Any) -> None:
    make_run(world, cast.acme)
    make_run(world, cast.acme, STEP, "failed")
    test = show(cast.ana, state="failed")
    test.text_input(key="jobs-view-name").set_value("Failures")
    test.button(key="jobs-view-keep").click().run()
    with world.web.tx(cast.ana) as tx:
        (view,) = jobs.saved_views(tx, "jobs")
    assert (view.name, view.query) == ("Failures", "state=failed")
    test = show(cast.ana)
    assert len(told.rows) == 2
    test.button(key=f"jobs-view-{view.id}").click().run()
    assert len(told.rows) == 1


def test_the_csv_has_the_sentence_that_a_line_shows(world: World, cast: Cast, show: Show, told: Any) -> None:
    make_run(world, cast.acme, STEP, outcome=Jsonb({"said": "The post is on hold."}))
    show(cast.ana)
    (row,) = csv_rows(world.web, cast.ana, jobs.RunFilter())
    assert told.rows[0].note == dict(zip(CSV_HEADER, row, strict=True))["result"] == "The post is on hold."


def test_a_brand_that_is_gone_is_still_told_as_the_filter(world: World, cast: Cast, show: Show, told: Any) -> None:
    make_run(world, cast.acme)
    gone = "00000000-0000-0000-0000-00000000000f"
    test = show(cast.ana, brand=gone)
    assert told.rows == [] and test.selectbox(key="jobs-brand").value == gone
    assert "A removed brand" in test.selectbox(key="jobs-brand").options
