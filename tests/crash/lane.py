"""One lane of the suite: its own database, practice platforms, file server and starter of workers."""

import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx
import psycopg
from psycopg.rows import dict_row

from services import wiring
from services.kit import postgres
from services.kit.clock import SystemClock
from services.kit.config import ROOT, Settings, child_environment
from services.kit.db import Scope
from tests.crash.files import Placed, store_files
from tests.crash.forms import REMOTES
from tests.crash.tokens import RENEWING, access_token, refresh_token
from tests.crash.trouble import PACE
from tests.crash.workers import Zygote
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast, make_cast
from tests.makers.practice import Admin
from tests.makers.publishing import serve_files
from tests.makers.world import World

STALLED_SECONDS = 1.5
# Roomy where the suite posts more than a person would in a day, so that only a fault runs into a limit.
PLATFORMS = {
    "processing_seconds": 0.03,
    "quota_total": 10_000.0,
    "containers_total": 10_000.0,
    "facebook_reels_total": 10_000.0,
    "linkedin_repeat_seconds": 0.0,
    "pinterest_writes_per_minute": 10_000.0,
    "tiktok_quota_total": 10_000.0,
    "tiktok_drafts_total": 10_000.0,
    "tiktok_init_per_minute": 10_000.0,
    "tiktok_creator_per_minute": 10_000.0,
    "tiktok_status_per_minute": 10_000.0,
    "youtube_units_total": 10_000_000.0,
    "youtube_duplicates": 1.0,
}


@dataclass
class Lane:
    """Everything one scenario needs; scenarios of one lane run one after another."""

    root: Path
    world: World
    cast: Cast
    admin: Admin
    zygote: Zygote
    channels: dict[str, UUID]
    files: dict[tuple[str, int], Placed]

    @property
    def worker_scope(self) -> Scope:
        return self.cast.worker

    def rows(self, sql: str, **params: object) -> list[dict[str, object]]:
        """Past row security: the checker trusts nobody."""
        with psycopg.connect(self.world.addresses.admin, autocommit=True, row_factory=dict_row) as connection:
            cursor = connection.execute(sql, params)
            return cursor.fetchall() if cursor.description else []

    def path_of(self, file: tuple[str, int]) -> Path:
        """Where the stored bytes of a file lie."""
        return self.root / "data" / "files" / str(self.files[file]["file_key"])

    def refresh(self, *, renews: bool = False) -> None:
        """
        No job, fault or post left from the scenario before; every channel connected with a fresh token.

        `renews`: where the platform renews, it ends within a minute and can be renewed.
        """
        self.admin.clear_faults()
        self.admin.reset(keep_tokens=True)
        self.admin.settings(**PLATFORMS)
        self.rows("truncate queue.procrastinate_jobs, queue.procrastinate_workers, app.job_runs cascade")
        self.rows("update app.posts set wake_at = null, deadline_at = null")
        spoilt = self.rows("select id from app.channels where state <> 'connected' or last_error is not null")
        for name, channel_id in self.channels.items():
            if any(row["id"] == channel_id for row in spoilt):
                self._renew(name, channel_id)
        if renews:
            for name in self.channels:
                self._end_soon(name)

    def renew_all(self) -> None:
        """After a scenario that spoilt tokens: a token that died with its last answer shows on no channel yet."""
        for name, channel_id in self.channels.items():
            self._renew(name, channel_id)

    def _renew(self, name: str, channel_id: UUID) -> None:
        sealed = self.world.worker.sealer.seal(access_token(self.admin, name), f"channels/{channel_id}/access_token")
        self.rows(
            "update app.channels set state = 'connected', state_reason = '', last_error = null, renews = false, "
            "token_expires_at = null where id = %(id)s",
            id=channel_id,
        )
        self.rows(
            "update private.channel_secrets set access_token = %(sealed)s where channel_id = %(id)s",
            sealed=sealed,
            id=channel_id,
        )

    def _end_soon(self, name: str) -> None:
        channel_id, now = self.channels[name], self.world.clock.now()
        if name.split("/")[0] not in RENEWING:
            return
        place = f"channels/{channel_id}/refresh_token"
        sealed = self.world.worker.sealer.seal(refresh_token(self.admin, name), place)
        self.rows(
            "update app.channels set renews = true, token_expires_at = %(at)s where id = %(id)s",
            at=now + timedelta(minutes=1),
            id=channel_id,
        )
        self.rows(
            "update private.channel_secrets set refresh_token = %(sealed)s, updated_at = %(at)s "
            "where channel_id = %(id)s",
            sealed=sealed,
            at=now - timedelta(days=2),
            id=channel_id,
        )


@contextmanager
def open_lane(number: int, **changes: str) -> Iterator[Lane]:
    """Start everything; afterwards nothing of it runs or lies around. `changes` to the workers' environment."""
    root = Path(tempfile.mkdtemp(prefix=f"loopdesk-crash-{number}-"))
    root.chmod(0o755)
    key, practice_port, files_port = secrets.token_hex(8), _free_port(), _free_port()
    base = {
        "LOOPDESK_DATA": str(root / "data"),
        "PUBLIC_URL": f"http://127.0.0.1:{files_port}",
        "PRACTICE_URL": f"http://127.0.0.1:{practice_port}",
        "PRACTICE_ADMIN_TOKEN": key,
        "PUBLISHING_PACE": str(PACE),
        "PROVIDER_TIMEOUT_SECONDS": "1.0",
        "WORKER_CONCURRENCY": "4",
        "WORKER_HEARTBEAT_SECONDS": "0.3",
        "WORKER_STALLED_SECONDS": str(STALLED_SECONDS),
        **changes,
    }
    settings = Settings(_env_file=None, **{name.lower(): value for name, value in base.items()})
    (root / "data").mkdir()
    addresses = wiring.prepare(settings)
    web, worker = wiring.build("web", settings, addresses), wiring.build("worker", settings, addresses)
    practice = _start_practice(root, practice_port, key)
    zygote = Zygote(base, root / "workers.log")
    try:
        with serve_files(worker, files_port), _operator(practice_port, key) as admin:
            world = World(web, worker, SystemClock(), addresses)  # type: ignore[arg-type]
            cast = make_cast(world)
            channels = {
                name: make_channel(world, cast, name.split("/")[0], token=access_token(admin, name), remote_id=remote)
                for name, remote in REMOTES.items()
            }
            yield Lane(root, world, cast, admin, zygote, channels, store_files(worker, cast))
    finally:
        zygote.close()
        practice.kill()
        practice.wait()
        web.close()
        worker.close()
        postgres.destroy(root / "data" / "database")
        shutil.rmtree(root, ignore_errors=True)


def _start_practice(root: Path, port: int, key: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "services.practice.main", "--port", str(port)]
    return subprocess.Popen(
        [*command, "--data-file", str(root / "practice.sqlite"), "--admin-token", key],
        cwd=ROOT,
        env=child_environment(),
        stdout=subprocess.DEVNULL,
        stderr=(root / "practice.log").open("ab"),
    )


@contextmanager
def _operator(port: int, key: str) -> Iterator[Admin]:
    base, transport = f"http://127.0.0.1:{port}", httpx.HTTPTransport(retries=8)  # it is still starting
    with httpx.Client(
        base_url=base, headers={"X-Practice-Admin": key}, timeout=30, trust_env=False, transport=transport
    ) as http:
        yield Admin(http)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
