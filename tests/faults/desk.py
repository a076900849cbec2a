"""A database of its own, the web's door to it, and real workers: what every test of faults needs."""

import base64
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import dict_row

from services import jobs, wiring
from services.kit import postgres
from services.kit.clock import SystemClock
from services.kit.config import Settings
from tests.crash.workers import Worker, Zygote
from tests.faults import witness
from tests.faults.pooler import open_pooler
from tests.makers.cast import Cast, make_cast
from tests.makers.world import World

STALLED_SECONDS = 2.0
_BASE = {
    "WORKER_CONCURRENCY": "4",
    "WORKER_HEARTBEAT_SECONDS": "0.4",
    "WORKER_STALLED_SECONDS": str(STALLED_SECONDS),
}


@dataclass
class Desk:
    """`seen` is where the witness writes. Workers started here end with the desk."""

    root: Path
    world: World
    cast: Cast
    zygote: Zygote
    workers: list[Worker] = field(default_factory=list)

    @property
    def seen(self) -> Path:
        return self.root / "witness.jsonl"

    def rows(self, sql: str, **params: object) -> list[dict[str, Any]]:
        """Past row security: the checker trusts nobody."""
        with psycopg.connect(self.world.addresses.admin, autocommit=True, row_factory=dict_row) as connection:
            cursor = connection.execute(sql, params)
            return cursor.fetchall() if cursor.description else []

    def count(self, sql: str, **params: object) -> int:
        return int(next(iter(self.rows(sql, **params)[0].values())))

    def work(self, count: int = 1, skew: float = 0.0) -> list[Worker]:
        """Start workers and wait until the queue knows them."""
        # by their numbers, which only grow: meanwhile those that were killed are struck off
        newest = self.count("select coalesce(max(id), 0) from queue.procrastinate_workers")
        came = "select count(*) from queue.procrastinate_workers where id > %(newest)s"
        started = [self.zygote.start(skew=skew) for _ in range(count)]
        self.workers += started
        self.until(lambda: self.count(came, newest=newest) >= count, 60)
        return started

    def end_workers(self) -> None:
        for worker in self.workers:
            with suppress(ProcessLookupError):
                worker.end()
        for worker in self.workers:
            self.until(worker.has_ended, 20)
        self.workers.clear()

    def start(self, key: str, **changes: Any) -> UUID:
        """Wish that the witness runs; once this returns the wish is acknowledged."""
        parameters = {"key": key, "file": str(self.seen), **changes}
        with self.world.web.tx(self.cast.ana) as tx:
            return jobs.start(tx, witness.NAME, parameters)

    def states(self) -> dict[str, str]:
        """What became of every start, by key."""
        rows = self.rows("select parameters ->> 'key' as key, state from app.job_starts")
        return {row["key"]: row["state"] for row in rows}

    def said(self) -> str:
        """The log of the workers."""
        return self.zygote.log.read_text() if self.zygote.log.is_file() else ""

    def settle(self, seconds: float) -> None:
        """Every start has ended, and the queue knows it."""
        self.until(lambda: self.open_starts() == 0, seconds)
        doing = "select count(*) from queue.procrastinate_jobs where status = 'doing'"
        self.until(lambda: self.count(doing) == 0, 30)

    def open_starts(self) -> int:
        return self.count("select count(*) from app.job_starts where state in ('waiting', 'running', 'retrying')")

    def until(self, reached: Callable[[], object], seconds: float) -> None:
        """:raises AssertionError: not within so many seconds"""
        last = time.monotonic() + seconds
        while not reached():
            assert time.monotonic() < last, f"not within {seconds} s; the workers say:\n{self.said()[-4_000:]}"
            time.sleep(0.05)

    def refresh(self) -> None:
        """Nothing is left of the test before."""
        self.end_workers()
        self.seen.unlink(missing_ok=True)
        self.rows(
            "truncate queue.procrastinate_jobs, queue.procrastinate_workers, app.job_starts, app.job_runs, "
            "app.schedules, app.worker_beats cascade"
        )

    def restart_database(self, mode: str = "fast") -> None:
        """`fast` in order, `immediate` as if the power went."""
        postgres.stop(self.root / "data" / "database", mode)
        postgres.start(self.root / "data" / "database")

    def take_database_away(self, seconds: float) -> None:
        postgres.stop(self.root / "data" / "database")
        time.sleep(seconds)
        postgres.start(self.root / "data" / "database")

    def kill_database(self) -> None:
        """kill -9 of the server itself; its children notice and go."""
        home = self.root / "data" / "database"
        pid = int((postgres.home(home) / "pgdata" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGKILL)
        postgres.start(home)


@contextmanager
def open_desk(*, is_pooled: bool = False, log: Path | None = None, **changes: str) -> Iterator[Desk]:
    """
    Start everything; afterwards nothing of it runs or lies around. `changes` to the workers' environment.

    `is_pooled`: web and workers reach the database through a pooler in transaction mode, with the hosted settings.
    """
    root = Path(tempfile.mkdtemp(prefix="loopdesk-faults-"))
    root.chmod(0o755)
    base = {"LOOPDESK_DATA": str(root / "data"), **_BASE, **changes}
    settings = Settings(_env_file=None, **{name.lower(): value for name, value in base.items()})
    (root / "data").mkdir()
    ends = ExitStack()
    addresses = wiring.prepare(settings)
    if is_pooled:
        addresses = ends.enter_context(open_pooler(root, addresses))
        base |= _hosted(addresses)
    web, worker = wiring.build("web", settings, addresses), wiring.build("worker", settings, addresses)
    zygote = Zygote(base, log or root / "workers.log", "tests.faults.zygote")
    world = World(web, worker, SystemClock(), addresses)  # type: ignore[arg-type]
    desk = Desk(root, world, make_cast(world), zygote)
    try:
        yield desk
    finally:
        desk.end_workers()
        zygote.close()
        web.close()
        worker.close()
        ends.close()
        postgres.destroy(root / "data" / "database")
        shutil.rmtree(root, ignore_errors=True)


def _hosted(addresses: wiring.Addresses) -> dict[str, str]:
    """What a worker beside a hosted database is told; nobody answers at the project's address."""
    return {
        "DATABASE_URL": addresses.admin,
        "WEB_DATABASE_URL": addresses.web,
        "WORKER_DATABASE_URL": addresses.worker,
        "SUPABASE_URL": "http://127.0.0.1:9",
        "SUPABASE_PUBLISHABLE_KEY": "publishable",
        "SUPABASE_SECRET_KEY": "secret",
        "APP_SECRET_KEYS": "k1:" + base64.b64encode(bytes(32)).decode(),
        "PUBLIC_URL": "http://127.0.0.1:9",
    }
