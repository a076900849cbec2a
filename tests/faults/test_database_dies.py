"""The database goes away while work is queued and done: what was acknowledged is there, nothing is invented."""

import threading

import psycopg
import pytest
from psycopg_pool import PoolTimeout

from tests.faults import witness
from tests.faults.desk import STALLED_SECONDS, Desk
from tests.faults.play import ended_once
from tests.faults.scale import DATABASE_DEATHS

pytestmark = pytest.mark.faults


class Wisher(threading.Thread):
    """A web process that goes on wishing; `acknowledged` came back without an error."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(daemon=True)
        self._desk, self._end = desk, threading.Event()
        self.wished: list[str] = []
        self.acknowledged: list[str] = []

    def run(self) -> None:
        while not self._end.wait(0.05):
            key = f"job {len(self.wished)}"
            self.wished.append(key)
            try:
                self._desk.start(key, steps=2, seconds=0.05)
            except (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout):
                continue
            self.acknowledged.append(key)

    def stop(self) -> None:
        self._end.set()
        self.join(60)


def test_every_acknowledged_wish_is_there_and_none_is_invented(desk: Desk) -> None:
    workers, wisher = desk.work(2), Wisher(desk)
    wisher.start()
    for cycle in range(DATABASE_DEATHS):
        before = len(wisher.acknowledged)
        desk.until(lambda before=before: len(wisher.acknowledged) >= before + 3, 60)
        if cycle % 3 == 0:
            desk.kill_database()
        else:
            desk.restart_database("fast" if cycle % 3 == 1 else "immediate")
    wisher.stop()
    desk.settle(180)
    states = desk.states()
    assert set(wisher.acknowledged) <= set(states) <= set(wisher.wished)
    assert len(wisher.acknowledged) >= 3 * DATABASE_DEATHS
    assert ended_once(desk, states) == []
    assert set(states.values()) == {"succeeded"}
    assert set(witness.attempts(desk.seen)) == set(states)
    assert not any(worker.has_ended() for worker in workers)


def test_a_job_at_work_goes_on_while_the_database_restarts_and_others_start_at_once(desk: Desk) -> None:
    desk.work(1)
    desk.start("long", steps=1, seconds=20)
    desk.until(lambda: witness.lines(desk.seen), 20)
    desk.restart_database("immediate")
    desk.start("short", steps=1, seconds=0)
    desk.until(lambda: desk.states()["short"] == "succeeded", 15)
    assert desk.states()["long"] == "running"
    desk.settle(40)
    assert witness.attempts(desk.seen) == {"long": 1, "short": 1}
    assert ended_once(desk, ["long", "short"]) == []


def test_the_web_is_back_soon_after_the_database_however_long_it_was_away(desk: Desk) -> None:
    asking = Wisher(desk)
    asking.start()
    desk.until(lambda: asking.acknowledged, 20)
    desk.take_database_away(8.5)
    before = len(asking.acknowledged)
    desk.until(lambda: len(asking.acknowledged) > before, 5)
    asking.stop()
    assert set(asking.acknowledged) <= set(desk.states())


def test_after_an_absence_longer_than_a_workers_silence_nobody_takes_what_others_still_work_on(desk: Desk) -> None:
    desk.work(2)
    desk.start("long", steps=1, seconds=STALLED_SECONDS + 8)
    desk.until(lambda: witness.lines(desk.seen), 20)
    desk.take_database_away(STALLED_SECONDS + 2)
    desk.work(1)
    desk.settle(30)
    assert witness.attempts(desk.seen) == {"long": 1}
    assert ended_once(desk, ["long"]) == []


@pytest.mark.parametrize("during", ["the end of a job", "the taking of a job"])
def test_a_connection_cut_in_the_wrong_moment_leaves_no_job_under_way_for_ever(desk: Desk, during: str) -> None:
    """The queue's rows are held, so that the statement waits; then its connection is cut."""
    desk.work(1)
    desk.start("cut", steps=2, seconds=0.4)
    if during == "the end of a job":
        desk.until(lambda: witness.lines(desk.seen), 20)
    with psycopg.connect(desk.world.addresses.admin) as holding:
        holding.execute("lock table queue.procrastinate_jobs in access exclusive mode")
        desk.until(lambda: _waiting(desk), 20)
        desk.rows(
            "select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock' "
            "and query like '%%procrastinate%%' and pid <> pg_backend_pid()"
        )
    desk.settle(30)
    assert desk.states() == {"cut": "succeeded"}


def _waiting(desk: Desk) -> bool:
    return bool(
        desk.rows("select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%%procrastinate%%'")
    )
