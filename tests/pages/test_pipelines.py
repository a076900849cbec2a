"""The pipelines screen: stages drawn with their state, what is promised, checks, alerts, going back."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import pipeline_desk, pipeline_words
from services import identity, pipelines
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast, make_brand
from tests.makers.metrics import make_published_post
from tests.makers.pipelines import look, make_import, make_refusal, make_watched
from tests.makers.schedules import clear
from tests.makers.screens import viewer_of, went
from tests.makers.world import World
from tests.pages.screen import Show, showing

DAY = timedelta(days=1)


@pytest.fixture
def show(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    clear(world)
    with showing(world, "pipelines", monkeypatch) as shown:
        yield shown


def _html(test: AppTest) -> str:
    assert not test.exception
    return " ".join(str(one.proto.body) for one in test.get("html"))


def _keys(test: AppTest) -> set[str | None]:
    return {one.key for one in test.button}


def test_at_first_every_stage_is_there_and_none_ever_ran(cast: Cast, show: Show) -> None:
    page = _html(show(cast.ana))
    for title in ("Import", "Assets", "Creative", "Approvals", "Publish", "Metrics"):
        assert title in page
    assert "6 never ran · the last 28 days" in page
    assert "Nothing in 180 days" in page


def test_figures_promises_and_refused_rows_stand_together(world: World, cast: Cast, show: Show) -> None:
    made = make_import(world, cast.acme, file_name="<b>.csv", rows_done=100, rows_added=90, rows_wrong=10)
    make_refusal(world, cast.acme, made)
    make_import(world, cast.acme, "failed", ago=timedelta(minutes=5))
    test = show(cast.ana, stage="import")
    page = _html(test)
    for words in ("1 failing", "10 refused", "At least <b>95.0 %</b> succeed", "50.0 % of 2", "overspent"):
        assert words in page
    assert "pipelines-refused-import" in {one.proto.id.rsplit("-", 0)[0][-24:] for one in test.get("download_button")}
    assert "pipelines-runs" in _keys(test)


def test_the_first_stage_in_trouble_is_looked_at_and_another_one_by_a_press(
    world: World, cast: Cast, show: Show
) -> None:
    make_published_post(
        world, cast, make_channel(world, cast), published_at=world.clock.now() - DAY, state="planned"
    )  # fmt: skip
    test = show(cast.ana)
    assert "Nothing that is due is left lying" in _html(test)
    assert "1 broken" in _html(test)
    assert test.dataframe[0].value["Post"].tolist() == ["Winter hours"]
    test.button(key="pipelines-open-metrics").click().run()
    assert "Every post has a reading 48 hours after it went out" in _html(test)
    assert test.query_params["stage"] == "metrics"


def test_a_brand_is_looked_at_by_its_address_and_has_no_imports(world: World, cast: Cast, show: Show) -> None:
    other = make_brand(world, cast.acme, "Other & Sons")
    make_published_post(world, cast, make_channel(world, cast), published_at=world.clock.now() - DAY)
    page = _html(show(cast.ana))
    assert "By brand" in page
    assert "Other &amp; Sons" not in page  # nothing came to it
    test = show(cast.ana, brand=str(other))
    assert "pipelines-open-import" not in _keys(test)
    assert "5 never ran" in _html(test)


def test_what_did_not_run_stands_on_top_and_leads_to_its_stage(
    world: World, cast: Cast, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_import(world, cast.acme, "running", ago=timedelta(hours=1))
    (alert,) = look(world, cast)
    gone = went(monkeypatch)
    test = show(cast.ana)
    assert "Should have run and did not" in _html(test)
    test.button(key=f"pipelines-alert-{alert.id}").click().run()
    assert gone == [("pipelines", {"stage": "import"})]


def test_an_admin_promises_something_else(world: World, cast: Cast, show: Show) -> None:
    test = show(cast.ana, stage="import")
    test.button(key="pipelines-change").click().run()
    test.number_input(key="pipelines-promise-fresh").set_value(30.0)
    test.number_input(key="pipelines-promise-ratio").set_value(None)
    test.button(key="pipelines-promise-save").click().run()
    assert not test.exception
    with world.web.tx(cast.ana) as tx:
        targets = pipelines.standings(tx)[0].targets
    assert (targets.fresh_seconds, targets.success_ratio, targets.p95_seconds) == (1_800, None, 600)
    assert "your own" in _html(show(cast.ana, stage="import"))


def test_an_admin_goes_back_after_reading_what_that_does(world: World, cast: Cast, show: Show) -> None:
    make_watched(world, cast.acme)
    test = show(cast.ana, stage="import")
    test.button(key="pipelines-back-0").click().run()
    assert "Nothing is deleted or doubled." in _html(test)
    test.button(key="pipelines-back-now").click().run()
    assert [one.value for one in test.toast] == ["1 will be taken again"]


def test_people_who_may_not_are_offered_neither(world: World, cast: Cast, show: Show) -> None:
    make_watched(world, cast.acme)
    test = show(cast.ben, identity.Role.EDITOR, stage="import")
    assert "Folder exports" in _html(test)
    assert _keys(test) & {"pipelines-back-0", "pipelines-change"} == set()


def test_somebody_from_elsewhere_sees_none_of_it(world: World, cast: Cast, show: Show) -> None:
    make_import(world, cast.acme, file_name="secret.csv", rows_done=10, rows_added=9)
    page = _html(show(cast.cleo, stage="import"))
    assert "secret" not in page
    assert "6 never ran" in page


def test_the_file_has_a_row_per_stage_and_brand(world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from pages.parts import doors

    make_published_post(world, cast, make_channel(world, cast), published_at=world.clock.now() - DAY)
    monkeypatch.setattr(doors, "app", lambda: world.web)
    desk = pipeline_desk.read(viewer_of(cast.ana, identity.Role.OWNER))
    rows: list[tuple[Any, ...]] = list(pipeline_words.csv_rows(desk))
    assert {len(row) for row in rows} == {len(pipeline_words.CSV_HEADER)}
    assert [row[:2] for row in rows if row[0] in ("import", "publish")] == [
        ("import", ""),
        ("publish", ""),
        ("publish", "Acme"),
    ]


def test_many_are_told_short_and_never_rounded_up() -> None:
    told = {0: "0", 9_999: "9,999", 10_000: "10.0k", 48_391: "48.3k", 999_999: "999.9k", 1_250_000: "1.2m"}
    assert {count: pipeline_words.short(count) for count in told} == told


def test_a_share_is_never_rounded_up_to_a_hundred() -> None:
    assert pipeline_words.percent(0.99999) == "99.9 %"
    assert pipeline_words.percent(1.0) == "100 %"
    assert pipeline_words.percent(None) == "—"
