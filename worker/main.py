"""The worker's process: `python -m worker.main`. Any number of them may share one database."""

import asyncio
import logging
import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import procrastinate
import psycopg
import psycopg_pool

from services import publishing, wiring
from services.kit import config, failpoints, log
from services.kit.app import App
from services.kit.config import SettingsMissing
from worker.binding import open_queue
from worker.clockwork import Clockwork
from worker.figures import serve_figures
from worker.history import history
from worker.own_jobs import OwnJobs
from worker.run_rows import RunRows
from worker.seeing import seen

GRACE_SECONDS = 25  # below the half minute after which supervisors kill
_POLL_SECONDS = 1.0  # where LISTEN is deaf
_log = logging.getLogger("loopdesk.worker")
_DATABASE_AWAY = (procrastinate.exceptions.ConnectorException, psycopg.Error, psycopg_pool.PoolTimeout, OSError)


def main() -> int:
    """Work until SIGTERM or SIGINT; returns the exit status."""
    try:
        settings = config.load_settings()
    except SettingsMissing as error:
        print(error.sentence, file=sys.stderr)
        return 1
    addresses = wiring.prepare(settings)
    app = wiring.build("worker", settings, addresses)
    _keep_proof(app)
    failpoints.arm(settings.loopdesk_failpoint)
    log.catch_strays()
    end_figures = serve_figures(app)
    clockwork = Clockwork(app, addresses.worker)
    clockwork.start()
    try:
        asyncio.run(_work(app, addresses.worker, clockwork.name))
    finally:
        clockwork.stop()
        end_figures()
        app.close()
        log.stop()
    return 0


def _keep_proof(app: App) -> None:
    """A database that is full, or away again, keeps no worker from starting: the next start keeps the proof."""
    try:
        publishing.keep_proof(app)
    except _DATABASE_AWAY as error:
        _log.warning("the proof is kept at a later start: %s", error)


async def _work(app: App, url: str, name: str) -> None:
    """Run the queue; while the database is away, try again every second."""
    loop = asyncio.get_running_loop()
    # plain tasks run in the loop's default pool, which is min(32, cpus + 4) whatever the concurrency says
    loop.set_default_executor(ThreadPoolExecutor(app.settings.worker_concurrency, thread_name_prefix="task"))
    stopping, rows = asyncio.Event(), RunRows()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _begin_to_stop, stopping)
    while not stopping.is_set():
        run = asyncio.create_task(_run_queue(app, url, name, rows))
        asked = asyncio.create_task(stopping.wait())
        await asyncio.wait({run, asked}, return_when=asyncio.FIRST_COMPLETED)
        if stopping.is_set():
            run.cancel()  # procrastinate then finishes its running jobs, within the grace
        asked.cancel()
        try:
            await run
        except asyncio.CancelledError:
            return
        except _DATABASE_AWAY as error:
            _log.error("The queue stopped: %s: %s", type(error).__name__, error)
        await asyncio.wait({asyncio.create_task(stopping.wait())}, timeout=_POLL_SECONDS)


async def _run_queue(app: App, url: str, name: str, rows: RunRows) -> None:
    settings = app.settings
    queue = open_queue(app, url)
    own: OwnJobs = queue.job_manager  # type: ignore[assignment]
    async with queue.open_async(), rows.written(queue.connector.pool):  # type: ignore[attr-defined]
        beating = asyncio.create_task(own.keep_beating(settings.worker_heartbeat_seconds))
        try:
            await queue.run_worker_async(
                name=name,
                concurrency=settings.worker_concurrency,
                fetch_job_polling_interval=_POLL_SECONDS,
                update_heartbeat_interval=settings.worker_heartbeat_seconds,
                stalled_worker_timeout=settings.worker_stalled_seconds,
                shutdown_graceful_timeout=GRACE_SECONDS,
                install_signal_handlers=False,
                worker_middleware=[seen, history(rows)],
            )
        finally:
            beating.cancel()


def _begin_to_stop(stopping: asyncio.Event) -> None:
    """A plain task cannot be interrupted; one that outlasts the grace is left to the rescue of another worker."""
    stopping.set()
    leave = threading.Timer(GRACE_SECONDS + 3, os._exit, args=(1,))
    leave.daemon = True
    leave.start()


if __name__ == "__main__":
    sys.exit(main())
