"""The sweeps, in every worker: each claims with `for update skip locked`, so any number of workers may tick."""

import logging
import os
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import psycopg
import psycopg_pool
from apscheduler.executors.pool import BasePoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler

from services import accounts, approvals, jobs, media, metrics, notifications, pipelines, publishing
from services.kit import log, meters
from services.kit.app import App
from worker.contact import Contact, Jumps

CHANNEL = "loopdesk_posts"
FALLBACK = timedelta(seconds=5)  # where nobody tells, we look this often
_BEAT_SECONDS = 5
_REST = 4  # a release that took long, because much is going on, leaves four times as long to the work it started
_log = logging.getLogger("loopdesk.clockwork")
logging.getLogger("apscheduler").setLevel(logging.ERROR)


class _Executor(BasePoolExecutor):  # type: ignore[misc]
    """Runs sweeps on a pool of ours, so that we can wait for them."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        super().__init__(pool)


class Clockwork:
    """Starts what is due, to the millisecond where the database can tell us, else within five seconds."""

    def __init__(self, app: App, listen_url: str) -> None:
        self._app, self._url = app, listen_url
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self._version = jobs.project_version()
        self._silent = timedelta(seconds=app.settings.worker_stalled_seconds)
        self._contact = Contact(self._silent)
        self._jumps = Jumps(app.clock.now)
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._next = self._not_before = app.clock.now()
        self._pool = ThreadPoolExecutor(4, thread_name_prefix="clockwork")
        self._scheduler = BackgroundScheduler(timezone=UTC, executors={"default": _Executor(self._pool)})
        self._listener = threading.Thread(target=self._listen, name="clockwork-listener", daemon=True)

    def start(self) -> None:
        settings = self._app.settings
        sweeps: list[tuple[str, float, Callable[[], object]]] = [
            ("beat", _BEAT_SECONDS, self._beat),
            ("release", FALLBACK.total_seconds(), self._release),
            ("deadlines", max(1.0, 10 * settings.publishing_pace), lambda: publishing.sweep_deadlines(self._app)),
            ("schedules", 1.0, lambda: jobs.fire_due(self._app)),
            ("lost starts", 10, lambda: jobs.find_lost(self._app)),
            ("held starts", 10, lambda: jobs.release_held(self._app)),
            ("pipelines", 30, lambda: pipelines.watch(self._app)),
            ("rescue", min(10.0, settings.worker_stalled_seconds / 4), self._rescue),
            ("preflights", 60, lambda: publishing.queue_preflights(self._app)),
            ("metrics", 10, self._metrics_due),
            ("channels", 60, self._checks_due),
            ("renewals", 30, self._renewals_due),
            ("resealing", 300, lambda: accounts.reseal_tokens(self._app)),
            ("media host", media.CHECK_EVERY.total_seconds(), lambda: media.check_reach(self._app)),
            ("digests", 300, self._digests_due),
            ("messages", 30, lambda: notifications.release_due(self._app)),
            ("outlets", 300, lambda: notifications.reseal_outlets(self._app)),
            ("old messages", 3_600, lambda: notifications.upkeep(self._app)),
            ("purge", 3_600, lambda: jobs.purge(self._app)),
        ]
        for name, seconds, sweep in sweeps:
            self._scheduler.add_job(
                self._guarded(name, sweep),
                "interval",
                seconds=seconds,
                id=name,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
                next_run_time=self._app.clock.now(),
            )
        self._scheduler.start()
        self._listener.start()

    def stop(self) -> None:
        """Ends in order; a sweep under way is waited for."""
        self._stop.set()
        # its own waiting holds the lock that a sweep needs to plan the next one, and would never end
        self._scheduler.shutdown(wait=False)
        self._pool.shutdown(wait=True)
        self._listener.join(timeout=3)
        self._guarded("end", lambda: jobs.end_beat(self._app, self.name))()

    def told(self, at: datetime) -> None:
        """Something falls due at `at`, perhaps sooner than we thought."""
        with self._lock:
            if at >= self._next:
                return
            self._next = at
            self._schedule(at)

    def _release(self) -> None:
        began = self._app.clock.now()
        with self._lock:
            self._next = began + FALLBACK
        upcoming = publishing.release_due(self._app)
        with self._lock:
            # In a crowd posts wake every few milliseconds: what wakes together is queued together.
            ended = self._app.clock.now()
            self._not_before = ended + _REST * (ended - began)
            self._next = min(self._next, upcoming or self._next)
            self._schedule(self._next)

    def _schedule(self, at: datetime) -> None:
        if self._stop.is_set():
            return
        try:
            self._scheduler.modify_job("release", next_run_time=max(at, self._app.clock.now(), self._not_before))
        except JobLookupError:
            _log.debug("the clockwork was stopped meanwhile")

    def _beat(self) -> None:
        jobs.beat(self._app, self.name, socket.gethostname(), os.getpid(), self._version)

    def _rescue(self) -> None:
        with self._app.admin_tx() as tx:
            jobs.live_workers(tx)
        if self._contact.answered():
            jobs.rescue(self._app, self._silent)

    def _metrics_due(self) -> None:
        with self._app.admin_tx() as tx:
            metrics.due_pulls(tx)

    def _checks_due(self) -> None:
        with self._app.admin_tx() as tx:
            accounts.due_checks(tx)

    def _digests_due(self) -> None:
        with self._app.admin_tx() as tx:
            approvals.queue_digests(tx)

    def _renewals_due(self) -> None:
        with self._app.admin_tx() as tx:
            accounts.due_renewals(tx)

    def _guarded(self, name: str, sweep: Callable[[], object]) -> Callable[[], None]:
        """A sweep that fails is told about and runs again at its next tick."""

        def run() -> None:
            try:
                sweep()
                meters.ticked(name)
            except (psycopg.OperationalError, psycopg_pool.PoolTimeout) as error:
                _log.warning("sweep %s: the database is away: %s", name, error)
            except Exception as error:  # noqa: BLE001 - the clockwork must go on
                log.report(error, sweep=name)

        return run

    def _begin_again_after_a_jump(self) -> None:
        """What was planned for the hour that a clock was put back by would not run until it has passed."""
        if not self._jumps.happened():
            return
        now = self._app.clock.now()
        _log.warning("the clock of this machine jumped; every sweep runs now")
        with self._lock:
            self._next = self._not_before = now
        for job in self._scheduler.get_jobs():
            job.modify(next_run_time=now)

    def _listen(self) -> None:
        """Hear of instants; deaf behind a transaction pooler, where the five seconds take over."""
        while not self._stop.is_set():
            try:
                with psycopg.connect(self._url, autocommit=True) as connection:
                    connection.execute(f"listen {CHANNEL}")
                    self.told(self._app.clock.now())
                    while not self._stop.is_set():
                        self._begin_again_after_a_jump()
                        for note in connection.notifies(timeout=1.0):
                            self.told(datetime.fromtimestamp(float(note.payload), UTC))
            except psycopg.OperationalError as error:
                _log.warning("the clockwork hears nothing, the database is away: %s", error)
                self._stop.wait(1.0)
