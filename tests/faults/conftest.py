"""One desk for all tests here; each begins with an empty queue."""

from collections.abc import Iterator

import pytest

from tests.faults import witness
from tests.faults.desk import Desk, open_desk


@pytest.fixture(scope="session", autouse=True)
def known() -> Iterator[None]:
    """The kind that is watched is known as long as any desk is open."""
    witness.register()
    yield
    witness.forget()


@pytest.fixture(scope="session")
def open_one(known: None) -> Iterator[Desk]:
    with open_desk() as desk:
        yield desk


@pytest.fixture
def desk(open_one: Desk) -> Desk:
    open_one.refresh()
    return open_one
