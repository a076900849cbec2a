"""How soon a wish is worked on: at once where the queue hears of it, within the poll behind a deaf pooler."""

import time
from collections.abc import Iterator

import pytest

from tests.benchmarks.figures import percentile
from tests.faults import witness
from tests.faults.desk import Desk, open_desk
from tests.faults.play import ended_once
from tests.faults.scale import IS_WHOLE, PICKUPS

pytestmark = pytest.mark.faults

HEARING_MS, POLLING_MS = 100, 5_000  # p99, of an idle worker


@pytest.fixture(scope="module")
def pooled_desk() -> Iterator[Desk]:
    with open_desk(is_pooled=True) as desk:
        yield desk


@pytest.fixture
def pooled(pooled_desk: Desk) -> Desk:
    pooled_desk.refresh()
    return pooled_desk


def _pickups(desk: Desk, count: int, rest: float) -> list[float]:
    """Milliseconds from the wish, as its maker has it acknowledged, to the first sign of work on it."""
    wished = {}
    for number in range(count):
        desk.start(f"job {number}", steps=1, seconds=0)
        wished[f"job {number}"] = time.monotonic()
        time.sleep(rest)
    desk.settle(60)
    assert ended_once(desk, wished) == []
    return [max(0.0, 1_000 * (line["at"] - wished[line["key"]])) for line in witness.lines(desk.seen)]


def test_an_idle_worker_hears_of_a_wish_at_once(desk: Desk) -> None:
    desk.work(1)
    waited = _pickups(desk, PICKUPS, 0.05)
    print(f"\npickup, LISTEN: p50 {percentile(waited, 50):.1f} ms, p99 {percentile(waited, 99):.1f} ms")
    assert len(waited) == PICKUPS
    assert percentile(waited, 50) < 500, waited
    assert percentile(waited, 99) < (HEARING_MS if IS_WHOLE else POLLING_MS), waited


def test_behind_a_pooler_that_is_deaf_a_wish_is_worked_on_by_the_poll(pooled: Desk) -> None:
    pooled.work(1)
    waited = _pickups(pooled, PICKUPS // 4, 0.37)
    print(f"\npickup, poll: p50 {percentile(waited, 50):.1f} ms, p99 {percentile(waited, 99):.1f} ms")
    assert max(waited) > 200, "it heard: the pooler is not in transaction mode"
    assert percentile(waited, 99) < POLLING_MS, waited


def test_web_and_workers_share_the_poolers_connections_without_a_mistake(pooled: Desk) -> None:
    workers = pooled.work(3)
    wished = [f"job {number}" for number in range(60)]
    for key in wished:
        pooled.start(key, steps=3, seconds=0.01)
    pooled.settle(60)
    assert ended_once(pooled, wished) == []
    assert set(pooled.states().values()) == {"succeeded"}
    assert not any(worker.has_ended() for worker in workers)
    told = pooled.zygote.log.read_text()
    assert "prepared statement" not in told
    assert "defect" not in told


def test_the_database_restarts_behind_the_pooler(pooled: Desk) -> None:
    pooled.work(2)
    before = [f"before {number}" for number in range(10)]
    for key in before:
        pooled.start(key, steps=4, seconds=0.2)
    pooled.restart_database("immediate")
    pooled.start("after", steps=1, seconds=0)
    pooled.settle(60)
    assert ended_once(pooled, [*before, "after"]) == []
