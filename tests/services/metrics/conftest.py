"""The practice platforms, once per file of tests, under the tests' clock."""

from collections.abc import Iterator

import pytest

from services.kit.app import App
from tests.makers.accounts import on_practice
from tests.makers.practice import RunningPractice, running_practice
from tests.makers.world import World


@pytest.fixture(scope="module")
def practice(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPractice]:
    with running_practice(tmp_path_factory.mktemp("practice"), clock=world.clock) as running:
        yield running


@pytest.fixture
def worker(world: World, practice: RunningPractice) -> App:
    practice.admin.clear_faults()
    return on_practice(world.worker, practice.base)
