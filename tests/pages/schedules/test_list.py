"""The list of schedules: lines, dots, filters, acts, and who sees what."""

from types import SimpleNamespace
from typing import Any, get_args

import pytest

from pages.parts import schedule_table, schedule_words
from services import identity, jobs
from tests.makers.cast import Cast, make_brand
from tests.makers.jobs import make_run
from tests.makers.schedules import empty_queue, make_schedule, work
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.schedules.conftest import NOTHING
from tests.pages.screen import Show


def _toasts(test: Any) -> str:
    return " ".join(one.value for one in test.toast)


def test_a_schedule_is_told_with_its_kind_its_times_and_its_last_runs(
    world: World, cast: Cast, show: Show, told: Any
) -> None:
    empty_queue(world)
    cadence = jobs.cron("0 9 * * 1-5", "Asia/Tokyo")
    schedule = make_schedule(world, cast.ben, cadence=cadence, note="ask Ben")
    start = jobs.run_now(world.web, cast.ben, schedule).start_id
    work(world)
    run = make_run(world, cast.acme, "jobs.run_start", subject_id=str(start))
    test = show(cast.ana)
    assert not test.exception
    line = next(one for one in told.lines if one.id == str(schedule))
    assert (line.kind, line.target, line.owner) == ("Practice", "Organisation", "Ben")
    assert line.often == "Every weekday at 09:00, Tokyo" and line.note == "ask Ben"
    assert line.next == "tomorrow 09:00" and line.state[0] == "Active"
    assert [(mark, run_id) for mark, _, run_id in line.last] == [("done", str(run))]
    assert [act.id for act in line.acts] == ["run", "pause"]


def test_a_dot_leads_to_its_run_and_a_line_opens_the_drawer(world: World, cast: Cast, show: Show, told: Any) -> None:
    schedule = make_schedule(world, cast.ben)
    told.pressed = schedule_table.Pressed(None, "123", None)
    show(cast.ben, identity.Role.EDITOR)
    assert told.sent == [("jobs", {"run": "123"})]
    told.pressed = schedule_table.Pressed(str(schedule), None, None)
    test = show(cast.ben, identity.Role.EDITOR)
    assert test.query_params["schedule"] == str(schedule)
    assert "Next five" in texts(test) and "Every hour" in texts(test)


def test_a_viewer_sees_all_and_can_change_nothing(world: World, cast: Cast, show: Show, told: Any) -> None:
    schedule = make_schedule(world, cast.ben)
    test = show(cast.vera, identity.Role.VIEWER, schedule=str(schedule))
    assert told.lines[0].acts == () and "Next five" in texts(test)
    keys = [one.key for one in test.button]
    assert not any(key and ("drawer" in key or key == "schedules-new") for key in keys)


def test_another_organisation_sees_neither_line_nor_drawer(world: World, cast: Cast, show: Show, told: Any) -> None:
    schedule = make_schedule(world, cast.ben, name="Only ours")
    test = show(cast.cleo, schedule=str(schedule))
    page = texts(test)
    assert told.lines == [] and "Only ours" not in page and "not here, or not yours" in page


def test_pausing_and_resuming_are_told_in_the_list(world: World, cast: Cast, show: Show, told: Any) -> None:
    schedule = make_schedule(world, cast.ben)
    told.pressed = schedule_table.Pressed(None, None, ("pause", str(schedule)))
    test = show(cast.ben, identity.Role.EDITOR)
    line = told.lines[0]
    assert line.state[0] == "Paused" and line.next == "" and line.acts[1].id == "resume"
    assert "Paused. What runs or waits for its turn goes on." in _toasts(test)
    told.pressed = schedule_table.Pressed(None, None, ("resume", str(schedule)))
    test = show(cast.ben, identity.Role.EDITOR)
    assert told.lines[0].state[0] == "Active" and "Goes on Mon 23 Nov, 11:00" in _toasts(test)


def test_filters_come_from_the_address_and_leave_what_fits(world: World, cast: Cast, show: Show, told: Any) -> None:
    make_schedule(world, cast.ben, name="Check", kind="probe_accounts", parameters={}, brand_id=cast.brand)
    paused, other = make_schedule(world, cast.ben, name="Practice"), make_brand(world, cast.acme, "Other")
    jobs.pause(world.web, cast.ben, paused)
    for query, left in (
        ({"kind": "demo"}, ["Practice"]),
        ({"for": str(cast.brand)}, ["Check"]),
        ({"state": "paused"}, ["Practice"]),
        ({"q": "chec"}, ["Check"]),
        ({"kind": "pull_metrics"}, []),
        ({"for": str(other), "kind": "no such kind"}, []),
        ({}, ["Check", "Practice"]),
    ):
        told.lines = []
        test = show(cast.ben, identity.Role.EDITOR, **query)
        assert not test.exception and [one.name for one in told.lines] == left
    test = show(cast.ben, identity.Role.EDITOR, q="nothing like it")
    assert "Nothing matches these filters." in texts(test)
    test.button(key="schedules-clear-filters").click().run()
    assert [one.name for one in told.lines] == ["Check", "Practice"]


def test_without_schedules_the_screen_says_what_they_are_for(cast: Cast, show: Show, told: Any) -> None:
    test = show(cast.ben, identity.Role.EDITOR)
    assert "Nothing starts by itself yet" in texts(test)
    test.button(key="schedules-first").click().run()
    assert told.sent[0] == ("schedules", {"new": ""})


def test_the_installation_is_for_those_who_see_the_system(world: World, cast: Cast, show: Show, told: Any) -> None:
    schedule = make_schedule(world, cast.ana, name="Purge", kind="purge", parameters={}, is_installation=True)
    show(cast.ana)
    line = next(one for one in told.lines if one.id == str(schedule))
    assert line.target == "Whole installation"
    for scope, role in ((cast.ben, identity.Role.EDITOR), (cast.vera, identity.Role.VIEWER)):
        told.lines = []
        show(scope, role)
        assert str(schedule) not in [one.id for one in told.lines]
    jobs.remove(world.web, cast.ana, schedule, is_installation=True)


def test_the_table_believes_only_what_was_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    line = schedule_table.Line("a", "Name", "sync", "Kind", "All", "Often", ("Active", "green", ""),
                               last=(("done", "x", "7"),))  # fmt: skip
    for said, wanted in (
        ({"open": "a", "run": "7", "act": None}, schedule_table.Pressed("a", "7", None)),
        ({"open": "b", "run": "8", "act": {"act": "run", "id": "a"}}, NOTHING),
        ({"open": 1, "run": [], "act": {"act": ["x"], "id": {}}}, NOTHING),
    ):
        monkeypatch.setattr(schedule_table, "mount", lambda *_, said=said, **__: SimpleNamespace(**said))
        assert schedule_table.table([line], key="t") == wanted


def test_a_dot_that_has_no_run_leads_to_its_start(world: World, cast: Cast, show: Show, told: Any) -> None:
    schedule = make_schedule(world, cast.ben)
    start = jobs.run_now(world.web, cast.ben, schedule).start_id
    show(cast.ben, identity.Role.EDITOR)
    line = next(one for one in told.lines if one.id == str(schedule))
    assert [run for _, _, run in line.last] == [str(start)]
    told.pressed = schedule_table.Pressed(None, str(start), None)
    show(cast.ben, identity.Role.EDITOR)
    assert told.sent == [("jobs", {"start": str(start)})]


def test_every_outcome_of_a_due_time_has_words() -> None:
    assert set(schedule_words.FIRES) == set(get_args(jobs.Fire.model_fields["outcome"].annotation))
