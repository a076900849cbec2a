"""One desk for all tests here; each begins with an empty queue."""

from collections.abc import Iterator

import pytest

from tests.faults.desk import Desk, open_desk


@pytest.fixture(scope="session")
def open_one() -> Iterator[Desk]:
    with open_desk() as desk:
        yield desk


@pytest.fixture
def desk(open_one: Desk) -> Desk:
    open_one.refresh()
    return open_one
