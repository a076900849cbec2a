"""Workers that are killed, frozen and asked to stop: what was started ends once, and never works twice at a time."""

import os
import signal

import pytest

from tests.faults import witness
from tests.faults.desk import STALLED_SECONDS, Desk
from tests.faults.play import ended_once

pytestmark = pytest.mark.faults


def test_starts_whose_workers_are_killed_end_once_and_none_vanishes(desk: Desk) -> None:
    workers = desk.work(3)
    wished = [f"job {number}" for number in range(16)]
    for number, key in enumerate(wished):
        desk.start(key, steps=4, seconds=0.2, fails=number % 4 == 3)
    desk.until(lambda: all(_at_work(desk, victim.pid) for victim in workers[:2]), 20)
    for victim in workers[:2]:
        victim.send(signal.SIGKILL)
    desk.work(2)
    desk.settle(60)
    assert ended_once(desk, wished) == []
    states = desk.states()
    assert {states[key] for number, key in enumerate(wished) if number % 4 == 3} == {"failed"}
    assert {states[key] for number, key in enumerate(wished) if number % 4 != 3} == {"succeeded"}
    assert sum(count > 1 for count in witness.attempts(desk.seen).values()) >= 2
    crashed = desk.count("select count(*) from app.job_runs where status = 'lost' and task = 'jobs.run_start'")
    assert crashed >= 2


def test_a_frozen_worker_that_wakes_up_leaves_what_another_took_over(desk: Desk) -> None:
    (frozen,) = desk.work(1)
    desk.start("long", steps=40, seconds=0.1)
    desk.until(lambda: _at_work(desk, frozen.pid), 20)
    frozen.send(signal.SIGSTOP)
    desk.work(1)
    desk.until(lambda: witness.attempts(desk.seen).get("long") == 2, 30)
    frozen.send(signal.SIGCONT)
    desk.settle(30)
    assert ended_once(desk, ["long"]) == []
    assert desk.states() == {"long": "succeeded"}
    queue = desk.rows("select status, attempts from queue.procrastinate_jobs where task_name = 'jobs.run_start'")
    assert queue == [{"status": "succeeded", "attempts": 2}]


def test_a_worker_that_is_asked_to_stop_keeps_what_it_still_works_on(desk: Desk) -> None:
    (old,) = desk.work(1)
    desk.start("long", steps=int(STALLED_SECONDS * 25), seconds=0.1)
    desk.until(lambda: _at_work(desk, old.pid), 20)
    desk.work(1)
    old.send(signal.SIGTERM)
    desk.settle(30)
    desk.until(old.has_ended, 30)
    assert os.waitstatus_to_exitcode(old.status or 0) == 0
    assert witness.attempts(desk.seen) == {"long": 1}
    assert desk.states() == {"long": "succeeded"}


def _at_work(desk: Desk, pid: int) -> bool:
    return any(line["by"].startswith(f"{pid}/") for line in witness.lines(desk.seen))
