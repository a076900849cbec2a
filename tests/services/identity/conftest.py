"""Tests here let days pass; the clock goes back afterwards, because all tests share one world."""

from collections.abc import Iterator

import pytest

from tests.makers.world import World


@pytest.fixture(autouse=True)
def same_day(world: World) -> Iterator[None]:
    before = world.clock.now()
    yield
    world.clock.move(seconds=(before - world.clock.now()).total_seconds())
