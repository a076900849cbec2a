"""Fifty scenarios of the crash suite; `./test crash 1000` plays a thousand."""

from datetime import UTC, datetime, timedelta

import pytest

from services import schedule
from tests.crash.forms import ALL, FORMS
from tests.crash.run import run_seeds
from tests.crash.scenario import FAILPOINTS, KINDS, scenario
from tests.crash.zones import planned_wall

pytestmark = pytest.mark.crash


def test_fifty_seeds_show_no_double_nothing_lost_and_nothing_stuck() -> None:
    report = run_seeds(list(range(50)), lanes=3)
    assert report.broken == {}, report.told()
    assert report.played == 50
    assert report.ends["published"] > 80


def test_a_seed_always_means_the_same_scenario() -> None:
    assert [scenario(seed) for seed in range(200)] == [scenario(seed) for seed in range(200)]


def test_fifty_seeds_reach_every_failpoint_every_format_and_every_kind_of_trouble() -> None:
    scenes = [scenario(seed) for seed in range(50)]
    armed = {spec.partition("=")[0] for scene in scenes for spec in scene.failpoints if spec}
    assert armed == set(FAILPOINTS)
    assert {post.form for scene in scenes for post in scene.posts} == set(ALL)
    assert {scene.kind for scene in scenes} == set(KINDS)


def test_every_format_of_the_registry_is_played() -> None:
    assert set(FORMS) == set(ALL)


def test_the_clocks_of_a_scenario_change_while_it_runs() -> None:
    now = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
    spring, gap = planned_wall(0, 0, now)
    autumn, double = planned_wall(1, 0, now)
    assert (spring - now, autumn - now) == (timedelta(seconds=4.4), timedelta(seconds=2.4))
    with pytest.raises(schedule.TimeSkipped):
        schedule.instant_of(schedule.wall_clock(spring, gap) - timedelta(seconds=2), gap)
    assert schedule.wall_clock(autumn, double) == schedule.wall_clock(autumn + timedelta(seconds=2), double)
