"""Many jobs and many workers: each job is done, by one worker, once."""

from collections import Counter

import pytest

from services import jobs
from tests.faults import witness
from tests.faults.desk import Desk
from tests.faults.scale import CROWD_JOBS, CROWD_WORKERS

pytestmark = pytest.mark.faults


def test_a_crowd_of_workers_does_every_job_once(desk: Desk) -> None:
    wished = [f"job {number}" for number in range(CROWD_JOBS)]
    for at in range(0, CROWD_JOBS, 250):
        with desk.world.web.tx(desk.cast.ana) as tx:
            for key in wished[at : at + 250]:
                jobs.start(tx, witness.NAME, {"key": key, "file": str(desk.seen), "steps": 1, "seconds": 0})
    desk.rows("analyze queue.procrastinate_jobs")
    workers = desk.work(CROWD_WORKERS)
    desk.settle(60 + CROWD_JOBS / 10)
    done = Counter(line["key"] for line in witness.lines(desk.seen))
    assert set(done) == set(wished), "skipped"
    assert set(done.values()) == {1}, "doubled"
    assert set(desk.states().values()) == {"succeeded"}
    used = {line["by"].partition("/")[0] for line in witness.lines(desk.seen)}
    assert len(used) == CROWD_WORKERS
    assert not any(worker.has_ended() for worker in workers)
