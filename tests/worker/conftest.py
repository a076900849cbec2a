"""A worker's App on the real clock, for what must be on time."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from services import wiring
from services.kit.app import App
from services.kit.clock import SystemClock
from services.kit.db import Database
from services.kit.ids import TimeIds
from tests.makers.world import World


@pytest.fixture
def punctual(world: World) -> Iterator[App]:
    clock = SystemClock()
    ids = TimeIds(clock)
    database = Database(
        world.addresses.worker, clock, ids, wiring.Enqueuer(), admin_role="service_role", max_size=8, is_direct=True
    )
    yield replace(world.worker, clock=clock, ids=ids, db=database)
    database.close()
