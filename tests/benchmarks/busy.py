"""Real worker processes for a benchmark: started, waited for, ended."""

import time

from tests.crash.lane import Lane
from tests.crash.workers import Worker

PRODUCT = {
    "PUBLISHING_PACE": "1",
    "PROVIDER_TIMEOUT_SECONDS": "20",
    "WORKER_CONCURRENCY": "8",
    "WORKER_HEARTBEAT_SECONDS": "3",
    "WORKER_STALLED_SECONDS": "15",
}


def start(lane: Lane, count: int) -> list[Worker]:
    workers = [lane.zygote.start() for _ in range(count)]
    until(lane, "select count(*) as n from queue.procrastinate_workers", count)
    time.sleep(1.0)
    return workers


def end(workers: list[Worker]) -> None:
    for worker in workers:
        worker.end()


def until(lane: Lane, sql: str, count: int, seconds: float = 240, **params: object) -> None:
    """Wait until the statement's `n` has reached `count`. :raises RuntimeError: it has not within `seconds`"""
    last = time.monotonic() + seconds
    while time.monotonic() < last:
        if int(lane.rows(sql, **params)[0]["n"]) >= count:  # type: ignore[call-overload]
            return
        time.sleep(0.1)
    raise RuntimeError(f"not within {seconds} s: {sql}")


def column(lane: Lane, sql: str, **params: object) -> list[float]:
    """The statement's `v` of every row."""
    return [float(row["v"]) for row in lane.rows(sql, **params)]  # type: ignore[arg-type]
