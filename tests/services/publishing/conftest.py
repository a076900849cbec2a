"""One practice server and one file server for all tests of posts; a fresh organisation for each."""

from collections.abc import Iterator

import pytest

from services.kit.app import App
from tests.makers.cast import Cast
from tests.makers.practice import RunningPractice, running_practice
from tests.makers.publishing import Studio, make_studio, serving
from tests.makers.world import World


@pytest.fixture(scope="package")
def platforms(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPractice]:
    with running_practice(tmp_path_factory.mktemp("practice"), clock=world.clock) as practice:
        yield practice


@pytest.fixture(scope="package")
def served(world: World) -> Iterator[App]:
    with serving(world.worker) as app:
        yield app


@pytest.fixture
def studio(world: World, cast: Cast, platforms: RunningPractice, served: App) -> Iterator[Studio]:
    platforms.admin.reset()
    yield make_studio(world, cast, served, platforms)
    platforms.admin.clear_faults()
