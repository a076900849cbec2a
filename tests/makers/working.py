"""A worker for as long as something waits, as `worker.main` has it; then the clock goes on to what comes next."""

import asyncio

import psycopg

from services import publishing
from tests.makers.publishing import Studio
from worker.binding import open_queue
from worker.history import history
from worker.run_rows import RunRows
from worker.seeing import seen


def work(studio: Studio) -> None:
    """Do what waits in the queue; every run gets its row."""

    async def run() -> None:
        queue, rows = open_queue(studio.app, studio.world.addresses.worker), RunRows()
        async with queue.open_async(), rows.written(queue.connector.pool):  # type: ignore[attr-defined]
            await queue.run_worker_async(
                wait=False, worker_middleware=[seen, history(rows)], install_signal_handlers=False, listen_notify=False
            )

    asyncio.run(run())


def finish(studio: Studio, post: publishing.Post) -> publishing.Post:
    """Let worker and clock run until the post is out."""
    for _ in range(12):
        work(studio)
        now = studio.read(post)
        if now.wake_at is None:
            return now
        studio.world.clock.move(seconds=max(0.0, (now.wake_at - studio.world.clock.now()).total_seconds()))
        publishing.release_due(studio.app)
    return studio.read(post)


def empty_queue(studio: Studio) -> None:
    with psycopg.connect(studio.world.addresses.admin, autocommit=True) as connection:
        connection.execute("truncate queue.procrastinate_jobs cascade")
