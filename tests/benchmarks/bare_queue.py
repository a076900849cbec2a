"""The yardstick of the queue: procrastinate alone, with an empty task and no run history, in its own process."""

import asyncio
import subprocess
import sys
import time

import procrastinate
import psycopg

from services.kit.config import ROOT

NOOP = "bare.noop"


def pickup_ms(url: str, count: int) -> list[float]:
    """How long single jobs wait on an idle worker, in milliseconds."""
    with _Running(url):
        with psycopg.connect(url, autocommit=True) as connection:
            for _number in range(count):
                defer(connection, 1)
                time.sleep(0.02)
            _until_done(connection)
            return [float(row[0]) for row in connection.execute(_WAITED).fetchall()]


def rate(url: str, count: int) -> float:
    """Jobs per second of one worker that finds many waiting."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("delete from queue.procrastinate_jobs")
        defer(connection, count)
        connection.execute("analyze queue.procrastinate_jobs")
        with _Running(url):
            _until_done(connection)
    found = jobs_per_second(url, count)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("delete from queue.procrastinate_jobs")
    return found


def jobs_per_second(url: str, count: int) -> float:
    """Of the jobs whose events stand in the queue, from the first start to the last end."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(
            "select extract(epoch from max(at) filter (where type = 'succeeded') - min(at) filter "
            "(where type = 'started')) from queue.procrastinate_events"
        ).fetchone()
    assert row is not None
    return count / float(row[0])


_WAITED = """
select 1000 * extract(epoch from s.at - d.at) from queue.procrastinate_events d
join queue.procrastinate_events s on s.job_id = d.job_id and s.type = 'started' where d.type = 'deferred'
"""


class _Running:
    def __init__(self, url: str) -> None:
        self._url = url

    def __enter__(self) -> None:
        self._process = subprocess.Popen([sys.executable, "-m", __name__, self._url], cwd=ROOT)
        with psycopg.connect(self._url, autocommit=True) as connection:
            while not connection.execute("select count(*) from queue.procrastinate_workers").fetchone()[0]:  # type: ignore[index]
                time.sleep(0.05)
        time.sleep(0.5)

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute("delete from queue.procrastinate_workers")


def defer(connection: psycopg.Connection[tuple[object, ...]], count: int, arguments: str = "{}") -> None:
    """Queue so many empty jobs; `arguments` is JSON."""
    connection.execute(
        "insert into queue.procrastinate_jobs (queue_name, task_name, args) "
        "select 'default', %s, %s from generate_series(1, %s)",
        [NOOP, arguments, count],
    )


def _until_done(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    left = "select count(*) from queue.procrastinate_jobs where status in ('todo', 'doing')"
    while connection.execute(left).fetchone()[0]:  # type: ignore[index]
        time.sleep(0.05)


async def _serve(url: str) -> None:
    queue = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url, min_size=1, max_size=6))
    queue.task(name=NOOP)(lambda: None)
    async with queue.open_async():
        await queue.run_worker_async(concurrency=8, fetch_job_polling_interval=1.0)


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1]))
