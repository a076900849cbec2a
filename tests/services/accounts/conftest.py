"""The practice platforms, once per file of tests, under the tests' clock."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.kit.app import App
from tests.makers.accounts import on_practice
from tests.makers.practice import RunningPractice, running_practice
from tests.makers.renewing import Renewing, playing_x
from tests.makers.world import World


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the practice platforms' own record, practice.sqlite."""
    return tmp_path_factory.mktemp("practice")


@pytest.fixture(scope="module")
def practice(world: World, record: Path) -> Iterator[RunningPractice]:
    with running_practice(record, clock=world.clock) as running:
        yield running


@pytest.fixture
def web(world: World, practice: RunningPractice) -> App:
    practice.admin.clear_faults()
    return on_practice(world.web, practice.base)


@pytest.fixture
def worker(world: World, practice: RunningPractice) -> App:
    practice.admin.clear_faults()
    return on_practice(world.worker, practice.base)


@pytest.fixture
def platform() -> Iterator[Renewing]:
    """X, a platform of short-lived tokens, played by a double."""
    with playing_x() as double:
        yield double


@pytest.fixture
def far(world: World) -> App:
    """The worker, where practice platforms are set up but never called: a double answers."""
    return on_practice(world.worker, "http://127.0.0.1:8601")
