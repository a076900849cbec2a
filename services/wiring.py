"""Builds the App, once per process. The only place that knows which mode runs."""

import base64
import json
import logging
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import procrastinate
import psycopg
from procrastinate.jobs import Job as QueueJob
from psycopg.conninfo import make_conninfo

from services import identity, media
from services.events import HEARERS, Event, Job
from services.kit import config, http, log, migrate, postgres, tracing
from services.kit.app import App
from services.kit.clock import Clock, SystemClock
from services.kit.crypto import AddressSigner, Sealer
from services.kit.db import Connection, Database
from services.kit.ids import TimeIds
from services.kit.mail import open_mail

Role = Literal["web", "worker"]

logging.getLogger("psycopg.pool").setLevel(logging.ERROR)


@dataclass(frozen=True)
class Addresses:
    """Where the database is: as superuser (migrations), as the web, as the worker."""

    admin: str
    web: str
    worker: str


def prepare(settings: config.Settings) -> Addresses:
    """Start the embedded database where none is configured, and apply missing migrations there."""
    if not settings.is_embedded:
        return Addresses(
            settings.database_url.get_secret_value(),
            settings.web_database_url.get_secret_value(),
            settings.worker_database_url.get_secret_value(),
        )
    admin = postgres.start(settings.loopdesk_data / "database")
    migrate.migrate(admin)
    return login_addresses(admin, _own_secrets(settings.loopdesk_data))


def login_addresses(admin: str, passwords: dict[str, str]) -> Addresses:
    """Give both login roles their passwords and return all three addresses."""
    for role in ("app_web", "app_worker"):
        migrate.set_login(admin, role, passwords[role])
    return Addresses(
        admin,
        make_conninfo(admin, user="app_web", password=passwords["app_web"]),
        make_conninfo(admin, user="app_worker", password=passwords["app_worker"]),
    )


def build(role: Role, settings: config.Settings | None = None, addresses: Addresses | None = None) -> App:
    """
    Build the App of this process.

    :raises SettingsMissing: with every missing or wrong setting in one sentence
    """
    settings = settings or config.load_settings()
    log.configure(role, settings)
    addresses = addresses or prepare(settings)
    clock: Clock = SystemClock()
    ids = TimeIds(clock)
    url = addresses.web if role == "web" else addresses.worker
    database = Database(
        url,
        clock,
        ids,
        Enqueuer(),
        admin_role="none" if role == "web" else "service_role",
        max_size=8 if role == "web" else settings.worker_concurrency + 4,
        is_direct=role == "worker" and settings.is_embedded,  # screens' filters need a plan for their values
    )
    keys = settings.sealing_keys or _file_keys(settings.loopdesk_data)
    signer = AddressSigner(next(iter(keys.values())) + b"addresses")
    client = http.make_client(settings.provider_timeout_seconds)
    return App(
        settings=settings,
        clock=clock,
        ids=ids,
        db=database,
        http=client,
        files=media.open_store(settings, signer, clock),
        sealer=Sealer(keys),
        signer=signer,
        identity=identity.open_provider(settings, database, ids),
        mail=open_mail(settings.smtp_url, settings.mail_from, settings.provider_timeout_seconds),
    )


class Enqueuer:
    """Turns events into jobs on the caller's own connection: they commit or vanish together."""

    def __init__(self) -> None:
        self.queue = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())

    def __call__(self, connection: Connection, org_id: UUID | None, events: Iterable[Event]) -> None:
        jobs = [_queue_job(job, event, org_id) for event in events for job in HEARERS[type(event)]]
        together = [job for job in jobs if job.queueing_lock is None]
        locked = [job for job in jobs if job.queueing_lock is not None]
        with _told_as_it_is():
            if together:
                self.queue.job_manager.batch_defer_jobs(together, connection=connection)
            if locked and not self._defer_new(connection, locked):
                for job in locked if len(locked) > 1 else ():
                    self._defer_new(connection, [job])

    def _defer_new(self, connection: Connection, jobs: list[QueueJob]) -> bool:
        """All of them, or none and False where one of them waits already."""
        try:
            with connection.transaction():
                self.queue.job_manager.batch_defer_jobs(jobs, connection=connection)
        except (procrastinate.exceptions.AlreadyEnqueued, AssertionError) as error:
            if not _already_waits(error):
                raise
            return False
        return True


@contextmanager
def _told_as_it_is() -> Iterator[None]:
    """A database that goes away while a job is queued is away like anywhere else; the queue's own word hides it."""
    try:
        yield
    except procrastinate.exceptions.ConnectorException as error:
        if isinstance(error.__cause__, psycopg.Error):
            raise error.__cause__ from error
        raise


def _queue_job(job: Job, event: Event, org_id: UUID | None) -> QueueJob:
    return QueueJob(
        id=None,
        task_name=job.task,
        queue=job.queue,
        priority=job.priority,
        lock=job.lock(event) if job.lock else None,
        queueing_lock=job.queueing_lock(event) if job.queueing_lock else None,
        scheduled_at=job.at(event) if job.at else None,
        task_kwargs={"org_id": str(org_id) if org_id else None, **_traced(event.job_arguments())},
    )


def _traced(arguments: dict[str, Any]) -> dict[str, Any]:
    """The worker goes on with the trace the event names, else with this one; nothing is said where there is none."""
    parent = arguments.pop("traceparent", None) or tracing.traceparent()
    return {**arguments, "traceparent": parent} if parent else arguments


def _already_waits(error: Exception) -> bool:
    """
    Whether the same work is queued already.

    Row security keeps the violated key out of the database's message, and procrastinate 3.9 asserts that it is there.
    """
    is_told = isinstance(error, procrastinate.exceptions.AlreadyEnqueued)
    return is_told or isinstance(error.__context__, psycopg.errors.UniqueViolation)


def _own_secrets(data: Path) -> dict[str, str]:
    """Passwords of the login roles, made once, readable by the owner only."""
    file = data / "keys" / "logins.json"
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_once(file, json.dumps({role: secrets.token_urlsafe(24) for role in ("app_web", "app_worker")}))
    return dict(json.loads(file.read_text()))


def _file_keys(data: Path) -> dict[str, bytes]:
    """The embedded sealing key. A backup without this file cannot open the stored tokens."""
    file = data / "keys" / "sealing.key"
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_once(file, "k1:" + base64.b64encode(secrets.token_bytes(32)).decode())
    return config.parse_keys(file.read_text().strip())


def key_text(settings: config.Settings) -> str:
    """The sealing keys as APP_SECRET_KEYS wants them: what a backup needs beside it, and never holds."""
    given = settings.app_secret_keys.get_secret_value()
    if given:
        return given
    _file_keys(settings.loopdesk_data)
    return (settings.loopdesk_data / "keys" / "sealing.key").read_text().strip()


def has_keys(settings: config.Settings) -> bool:
    return bool(settings.sealing_keys) or (settings.loopdesk_data / "keys" / "sealing.key").exists()


def take_keys(settings: config.Settings, text: str) -> None:
    """Keep these sealing keys for an embedded installation that has none yet."""
    file = settings.loopdesk_data / "keys" / "sealing.key"
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write_once(file, text)


def _write_once(file: Path, text: str) -> None:
    """Whole or not at all, and the first writer wins when two processes start together."""
    partial = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    partial.touch(mode=0o600)
    partial.write_text(text)
    try:
        file.hardlink_to(partial)
    except FileExistsError:
        pass
    finally:
        partial.unlink()


_current: App | None = None


def current() -> App:
    """The web process's App, built at the first call and shared by every page and route."""
    global _current
    if _current is None:
        _current = build("web")
    return _current


def use(app: App | None) -> None:
    """Make `app` the current one (start-up, tests of pages)."""
    global _current
    _current = app
