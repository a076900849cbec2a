"""
What the history of runs costs the queue: jobs per second of one worker that finds many waiting, with an empty task.

Target: the product's worker, whole (sweeps, traces, history), does at least 0.8 of what bare procrastinate does on the
same database. Measured in turns, medians of each; the tables are emptied before every turn.
"""

import json
import statistics
import subprocess
import sys

import psycopg

from services.kit.config import ROOT, child_environment
from tests.benchmarks import bare_queue
from tests.benchmarks.busy import PRODUCT, until
from tests.benchmarks.figures import Figure
from tests.crash.lane import Lane, open_lane

ROUNDS, BULK, SHARE = 3, 3_000, 0.8


def measure() -> list[Figure]:
    with open_lane(0, **PRODUCT) as lane:
        bare, ours = [], []
        for _ in range(ROUNDS):
            _empty(lane)
            bare.append(bare_queue.rate(lane.world.addresses.worker, BULK))
            _empty(lane)
            ours.append(_rate(lane))
        written = lane.rows("select count(*) as n from app.job_runs where status = 'succeeded'")[0]["n"]
    yardstick = statistics.median(bare)
    return [
        Figure("Jobs per second with run history, empty task", statistics.median(ours), "jobs/s", SHARE * yardstick,
               "bare procrastinate", yardstick, more_is_better=True),
        Figure(f"Rows in the history of {BULK:,} jobs", float(written), "rows", BULK, more_is_better=True),  # type: ignore[arg-type]
    ]  # fmt: skip


def _empty(lane: Lane) -> None:
    lane.rows("truncate queue.procrastinate_jobs, queue.procrastinate_workers, app.job_runs cascade")
    lane.rows("analyze queue.procrastinate_jobs")


def _rate(lane: Lane) -> float:
    with psycopg.connect(lane.world.addresses.worker, autocommit=True) as connection:
        bare_queue.defer(connection, BULK, json.dumps({"org_id": str(lane.cast.acme)}))
        connection.execute("analyze queue.procrastinate_jobs")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.empty_task"],
        cwd=ROOT,
        env=child_environment(**lane.zygote.base),
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lane, "select count(*) as n from app.job_runs where status = 'succeeded'", BULK)
    finally:
        process.kill()
        process.wait()
    return bare_queue.jobs_per_second(lane.world.addresses.worker, BULK)
