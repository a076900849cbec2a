"""The form of a schedule: made from the kind's model, checked at the field, kept over a reload, saved whole or not."""

from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import schedule_kinds, schedule_list, schedule_table
from services import identity, jobs
from services.kit.db import Scope
from tests.makers.cast import Cast
from tests.makers.schedules import make_schedule, one_schedule, waiting
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.screen import Show, showing

EDITOR = identity.Role.EDITOR


@pytest.fixture
def sent() -> list[tuple[str, dict[str, str]]]:
    return []


@pytest.fixture
def show(world: World, sent: list[Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    monkeypatch.setattr(schedule_list, "table", lambda *_, **__: schedule_table.Pressed(None, None, None))
    monkeypatch.setattr(schedule_kinds.paths, "go", lambda name, **query: sent.append((name, query)))
    with showing(world, "schedules", monkeypatch) as shown:
        yield shown


def _press(test: AppTest, key: str) -> AppTest:
    return test.button(key=f"schedules-{key}").click().run()


def _schedules(world: World, scope: Scope) -> list[jobs.Schedule]:
    with world.web.tx(scope) as tx:
        return jobs.list_schedules(tx)


def _in(test: AppTest, kind: str, thing: str) -> Any:
    """The widget of a field by its thing, whatever form it is in."""
    return next(one for one in test.get(kind) if str(one.key).startswith(f"schedules-{thing}-"))


def test_a_new_one_begins_with_a_kind_on_a_card(cast: Cast, show: Show, sent: list[Any]) -> None:
    test = show(cast.ben, EDITOR, new="")
    page = texts(test)
    assert "Practice" in page and "Renew tokens" in page and "Forget old jobs" not in page
    _press(test, "choose-demo")
    assert sent == [("schedules", {"new": "demo"})]
    assert "Forget old jobs" in texts(show(cast.ana, new=""))


@pytest.mark.parametrize("name", sorted(jobs.KINDS))
def test_every_kind_gets_a_form_with_a_widget_per_field(world: World, cast: Cast, show: Show, name: str) -> None:
    test = show(cast.ana, new=name)
    assert not test.exception
    kind = jobs.get_kind(name)
    drawn = {
        str(one.label) for sort in ("text_input", "number_input", "toggle", "selectbox", "button_group")
        for one in test.get(sort)
    }  # fmt: skip
    assert {field.title for field in jobs.form_fields(kind).values()} <= drawn


def test_the_form_is_saved_whole_and_tells_when_it_starts(
    world: World, cast: Cast, show: Show, sent: list[Any]
) -> None:
    test = show(cast.ben, EDITOR, new="demo")
    _in(test, "text_input", "name").set_value("Morning practice").run()
    _in(test, "number_input", "p-demo-steps").set_value(3).run()
    _in(test, "text_input", "words").set_value("every weekday at 10:30").run()
    assert "30 10 * * 1-5" in texts(test) and "Mon 23 Nov, 10:30" in texts(test)
    _in(test, "selectbox", "then").set_value("probe_accounts").run()
    _press(test, "save")
    made = _schedules(world, cast.ben)[0]
    assert (made.name, made.kind, made.parameters["steps"]) == ("Morning practice", "demo", 3)
    assert made.cadence.cron == "30 10 * * 1-5" and made.cadence.zone == "Europe/Berlin"
    assert made.then_kind == "probe_accounts" and made.owner_id == cast.ben.user_id
    assert sent == [("schedules", {})]


def test_a_double_click_makes_one_schedule(
    world: World, cast: Cast, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.parts.schedule_editor.start_over", lambda _: None)  # the run that was cut short
    _press(_press(show(cast.ben, EDITOR, new="demo"), "save"), "save")
    assert len(_schedules(world, cast.ben)) == 1


def test_what_is_wrong_is_told_at_its_field_and_nothing_is_saved(world: World, cast: Cast, show: Show) -> None:
    test = show(cast.ben, EDITOR, new="import_watched")
    assert "Say which folder to watch" not in texts(test)
    _press(test, "save")
    assert "Say which folder to watch" in texts(test) and _schedules(world, cast.ben) == []
    _in(test, "text_input", "p-import_watched-folder").set_value("exports").run()
    assert "Say which folder to watch" not in texts(test)
    _in(test, "text_input", "words").set_value("every blue moon").run()
    assert "every weekday at 09:00" in texts(test)
    _press(test, "save")
    assert _schedules(world, cast.ben) == []


def test_cron_is_told_in_words_and_the_next_five_in_both_zones(
    cast: Cast, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.parts.schedule_desk.reader", lambda: "America/New_York")
    test = show(cast.ben, EDITOR, new="demo")
    _in(test, "button_group", "how").set_value("cron").run()
    _in(test, "text_input", "cron").set_value("0 9 1 * *").run()
    page = texts(test)
    assert "on day 1 of each month at 09:00" in page
    assert "Tue 1 Dec, 09:00" in page and "Tue 1 Dec, 03:00" in page and "You, New York" in page
    _in(test, "text_input", "cron").set_value("61 9 * * *").run()
    assert "This cron expression cannot be read" in texts(test)


def test_words_put_together_come_into_the_form(cast: Cast, show: Show) -> None:
    test = _press(show(cast.ben, EDITOR, new="demo"), "build-take-new-demo")
    assert _in(test, "text_input", "words").value == "every weekday at 09:00"


def test_what_was_begun_survives_a_reload_and_can_be_left(world: World, cast: Cast, show: Show) -> None:
    test = show(cast.ben, EDITOR, new="demo")
    _in(test, "text_input", "name").set_value("Half a thought").run()
    again = show(cast.ben, EDITOR, new="demo")
    assert _in(again, "text_input", "name").value == "Half a thought"
    assert "kept as you left it" in texts(again)
    _press(again, "start-over")
    assert _in(again, "text_input", "name").value == "Practice"
    assert _in(show(cast.ben, EDITOR, new="demo"), "text_input", "name").value == "Practice"


def test_what_one_person_has_begun_no_other_sees(cast: Cast, show: Show) -> None:
    _in(show(cast.ben, EDITOR, new="demo"), "text_input", "name").set_value("Half a thought").run()
    assert _in(show(cast.ana, new="demo"), "text_input", "name").value == "Practice"


def test_a_change_keeps_what_was_not_touched_and_never_overwrites_another(
    world: World, cast: Cast, show: Show, sent: list[Any]
) -> None:
    changes = {"note": "keep", "grace_seconds": 90, "cadence": jobs.interval(5400), "jitter_seconds": 30}
    schedule = make_schedule(world, cast.ben, **changes)
    before = one_schedule(world, cast.ben, schedule)
    test = show(cast.ben, EDITOR, edit=str(schedule))
    _press(test, "save")
    after = one_schedule(world, cast.ben, schedule)
    assert after == before.model_copy(update={"version": 2, "cadence": after.cadence})
    assert (after.cadence.seconds, after.cadence.anchor) == (5400, before.cadence.anchor)
    test = show(cast.ben, EDITOR, edit=str(schedule))
    _in(test, "text_input", "name").set_value("Mine").run()
    jobs.pause(world.web, cast.ana, schedule)
    _press(test, "save")
    assert one_schedule(world, cast.ben, schedule).name == before.name
    assert "Somebody changed this schedule" in " ".join(one.value for one in test.toast)


def test_a_dry_run_tells_and_starts_nothing_and_a_run_without_schedule_starts_it(
    world: World, cast: Cast, show: Show, sent: list[Any]
) -> None:
    before = len(waiting(world))
    test = _press(show(cast.ben, EDITOR, new="demo"), "dry")
    assert "Would take 5 steps" in texts(test) and len(waiting(world)) == before
    _in(test, "number_input", "p-demo-steps").set_value(4).run()
    assert "Would take 5 steps" not in texts(test)
    test = _press(test, "run-once")
    assert "It runs this once." in texts(test) and len(waiting(world)) == before + 1
    test = _press(test, "run-once")
    assert "is under way already" in texts(test) and len(waiting(world)) == before + 1
    _press(test, "started-see")
    assert sent == [("jobs", {"start": str(waiting(world)[-1][1])})]
    assert _schedules(world, cast.ben) == []


def test_a_brand_brings_its_usual_parameters_and_its_zone(world: World, cast: Cast, show: Show) -> None:
    with world.web.tx(cast.ben) as tx:
        jobs.set_defaults(tx, "pull_metrics", cast.brand, {"days": 7})
    test = show(cast.ben, EDITOR, new="pull_metrics")
    assert _in(test, "number_input", "p-pull_metrics-days").value == 30
    _in(test, "selectbox", "target").set_value(str(cast.brand)).run()
    assert _in(test, "number_input", "p-pull_metrics-days").value == 7
    _in(test, "number_input", "p-pull_metrics-days").set_value(9).run()
    _press(test, "defaults")
    with world.web.tx(cast.ben) as tx:
        assert jobs.defaults(tx, "pull_metrics", cast.brand) == {"days": 9}
    direct = show(cast.ana, new="pull_metrics", brand=str(cast.brand))
    assert _in(direct, "number_input", "p-pull_metrics-days").value == 9


def test_a_copy_is_a_new_one_and_strangers_and_viewers_get_no_form(
    world: World, cast: Cast, show: Show, sent: list[Any]
) -> None:
    schedule = make_schedule(world, cast.ben)
    test = _press(show(cast.ben, EDITOR, copy=str(schedule)), "save")
    assert [one.name for one in _schedules(world, cast.ben)] == ["Practice each hour", "Practice each hour, copy"]
    stranger = show(cast.cleo, edit=str(schedule))
    assert sent[-1] == ("schedules", {}) and not stranger.exception
    viewer = show(cast.vera, identity.Role.VIEWER, edit=str(schedule))
    assert viewer.error and not viewer.text_input
    assert not test.exception


def test_a_paused_one_stays_paused_when_it_is_changed(world: World, cast: Cast, show: Show) -> None:
    schedule = make_schedule(world, cast.ben)
    jobs.pause(world.web, cast.ben, schedule)
    test = _press(show(cast.ben, EDITOR, edit=str(schedule)), "save")
    assert one_schedule(world, cast.ben, schedule).paused_at is not None
    assert "Kept. It stays paused." in " ".join(one.value for one in test.toast)


def test_screens_that_start_the_same_work_lead_to_its_form(
    cast: Cast, show: Show, sent: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def screen() -> None:
        from uuid import UUID

        from pages.parts.schedule_link import schedule_link
        from services.identity import Role

        schedule_link(Role.EDITOR, "pull_metrics", key="results", brand_id=UUID(int=7))
        schedule_link(Role.VIEWER, "pull_metrics", key="other")

    monkeypatch.setattr(schedule_kinds.paths, "has", lambda name: name == "schedules")
    test = AppTest.from_function(screen).run()
    assert [one.label for one in test.button] == ["Schedule this"]
    test.button(key="results-schedule").click().run()
    assert sent == [("schedules", {"new": "pull_metrics", "brand": "00000000-0000-0000-0000-000000000007"})]
