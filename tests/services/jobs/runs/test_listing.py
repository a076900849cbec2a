"""The list of runs: filtered, a page at a time by key, seen by its own organisation only."""

from datetime import timedelta
from typing import Any

import pytest

from services import jobs
from services.jobs import Place, RunFilter, Shown
from services.jobs.runs import listing
from services.kit.db import Scope
from tests.makers.cast import Cast
from tests.makers.jobs import make_run
from tests.makers.world import World

STEP = "publishing.step"


def _page(world: World, scope: Scope, wanted: RunFilter | None = None, **place: Place) -> jobs.RunPage:
    with world.web.tx(scope) as tx:
        return jobs.list_runs(tx, wanted or RunFilter(), **place)


def _ids(page: jobs.RunPage) -> list[int]:
    return [run.id for run in page.runs]


def test_pages_follow_each_other_without_gap_or_double_in_both_directions(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 3)
    made = [make_run(world, cast.acme, ago=timedelta(minutes=n // 2)) for n in range(8)]
    first = _page(world, cast.ana)
    assert first.newer is None and first.older is not None
    second = _page(world, cast.ana, below=Place.read(str(first.older)))
    third = _page(world, cast.ana, below=second.older)
    assert third.older is None
    seen = _ids(first) + _ids(second) + _ids(third)
    assert (len(seen), set(seen)) == (8, set(made))
    assert third.newer is not None
    assert _ids(_page(world, cast.ana, above=third.newer)) == _ids(second)
    assert second.newer is not None
    back = _page(world, cast.ana, above=second.newer)
    assert (_ids(back), back.newer) == (_ids(first), None)


@pytest.mark.parametrize("text", ["", "x", "1", "-", "1-", "1-x", "²-1", "9" * 30 + "-1"])
def test_an_address_that_names_no_place_is_the_first_page(text: str) -> None:
    assert Place.read(text) is None


def test_each_state_shows_its_own_runs(world: World, cast: Cast) -> None:
    made = {
        Shown.SUCCEEDED: make_run(world, cast.acme),
        Shown.LATE: make_run(world, cast.acme, late=timedelta(minutes=2)),
        Shown.RUNNING: make_run(world, cast.acme, status="running"),
        Shown.RETRYING: make_run(world, cast.acme, status="retrying"),
        Shown.FAILED: make_run(world, cast.acme, status="failed"),
        Shown.CRASHED: make_run(world, cast.acme, status="lost"),
        Shown.CANCELLED: make_run(world, cast.acme, status="aborted"),
        Shown.QUARANTINED: make_run(world, cast.acme, status="quarantined"),
    }
    for shown, run_id in made.items():
        found = set(_ids(_page(world, cast.ana, RunFilter(shown=shown))))
        assert found == ({run_id, made[Shown.LATE]} if shown is Shown.SUCCEEDED else {run_id})
    assert len(_ids(_page(world, cast.ana, RunFilter(shown=Shown.TROUBLE)))) == 5


def test_dead_letters_are_those_that_nobody_and_nothing_tries_again(world: World, cast: Cast) -> None:
    followed = make_run(world, cast.acme, status="lost")
    with world.web.tx(cast.ana) as tx:
        job = jobs.run(tx, followed).job_id
    make_run(world, cast.acme, job_id=job, attempt=2)
    again = make_run(world, cast.acme, status="failed")
    left = make_run(world, cast.acme, status="quarantined")
    jobs.retry(world.web, cast.ana, again)
    assert _ids(_page(world, cast.ana, RunFilter(shown=Shown.DEAD))) == [left]


def test_runs_are_found_by_what_they_are_for_when_and_what_they_said(world: World, cast: Cast) -> None:
    trace, subject = "a" * 32, str(cast.brand)
    run_id = make_run(
        world, cast.acme, STEP, "failed", kind="demo", brand_id=cast.brand, origin="schedule", trace_id=trace,
        subject_id=subject, error="Refused: the picture is too small", ago=timedelta(hours=2),
    )  # fmt: skip
    make_run(world, cast.acme)
    now = world.clock.now()
    asked: list[dict[str, Any]] = [
        {"name": STEP}, {"name": "demo"}, {"brand_id": cast.brand}, {"origin": "schedule"}, {"text": "Picture SMAL"},
        {"text": trace.upper()}, {"text": subject}, {"text": f"#{run_id}"}, {"until": now - timedelta(hours=1)},
        {"since": now - timedelta(hours=3), "until": now - timedelta(hours=1)},
    ]  # fmt: skip
    for one in asked:
        assert _ids(_page(world, cast.ana, RunFilter(**one))) == [run_id], one
    assert _ids(_page(world, cast.ana, RunFilter(text="':*!|& large"))) == []


def test_the_whole_list_leaves_as_filtered(world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "_CSV_AT_ONCE", 2)
    terms = {"status": "failed", "error": "Refused: small"}
    made = [make_run(world, cast.acme, ago=timedelta(minutes=n), **terms) for n in range(5)]
    make_run(world, cast.acme)
    for wanted in (RunFilter(shown=Shown.FAILED), RunFilter(text="small")):
        assert [run.id for run in jobs.export_runs(world.web, cast.ana, wanted)] == made


def test_cleo_finds_nothing_of_it(world: World, cast: Cast) -> None:
    run_id = make_run(world, cast.acme, status="failed", subject_id="7" * 32)
    for wanted in (RunFilter(), RunFilter(text=f"#{run_id}"), RunFilter(text="7" * 32), RunFilter(shown=Shown.DEAD)):
        assert _ids(_page(world, cast.cleo, wanted)) == []
