"""Fifty scenarios of the crash suite; `./test crash 1000` plays a thousand."""

import pytest

from tests.crash.forms import ALL, FORMS
from tests.crash.run import run_seeds
from tests.crash.scenario import FAILPOINTS, KINDS, scenario

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
