"""Practice LinkedIn over real HTTP: one server for a file, as new for each test, and a clock that stands still."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from services.kit.clock import FixedClock
from tests.makers.practice import RunningPractice, running_practice


@pytest.fixture(scope="module")
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 21, 10, 0, tzinfo=UTC))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, clock: FixedClock) -> Iterator[RunningPractice]:
    with running_practice(tmp_path_factory.mktemp("practice"), clock=clock) as practice:
        yield practice


@pytest.fixture
def practice(server: RunningPractice, clock: FixedClock) -> Iterator[RunningPractice]:
    server.admin.reset()
    start = clock.now()
    yield server
    clock.move(seconds=(start - clock.now()).total_seconds())
