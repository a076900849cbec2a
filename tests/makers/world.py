"""The Apps of the tests: real database, real files, fixed clock, HTTP that reaches nothing unless given."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import psycopg

from services import media, wiring
from services.kit.app import App
from services.kit.clock import FixedClock
from services.kit.config import Settings
from services.kit.db import Database
from services.kit.ids import TimeIds
from tests.makers.identity import cheap_identity

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday


@dataclass(frozen=True)
class World:
    """`web` and `worker` share database, files and clock; move the clock with `world.clock.move(hours=1)`."""

    web: App
    worker: App
    clock: FixedClock
    addresses: wiring.Addresses
    kept: psycopg.Connection[Any] | None = None

    @contextmanager
    def superuser(self) -> Iterator[psycopg.Connection[Any]]:
        """
        The superuser's connection; every statement commits by itself.

        One is kept where many tests share the world: signing in costs more than all rows of the cast.
        """
        if self.kept:
            yield self.kept
            return
        with psycopg.connect(self.addresses.admin, autocommit=True) as connection:
            yield connection

    def close(self) -> None:
        if self.kept:
            self.kept.close()
        self.web.close()
        self.worker.close()


def _no_network(request: httpx.Request) -> httpx.Response:
    raise AssertionError(f"a test reached for the network: {request.url}")


def with_http(app: App, answer: httpx.MockTransport | httpx.Client) -> App:
    """The same App with another door to HTTP."""
    client = answer if isinstance(answer, httpx.Client) else httpx.Client(transport=answer)
    return replace(app, http=client)


def make_world(addresses: wiring.Addresses, files: Path, at: datetime = START) -> World:
    clock = FixedClock(at)
    ids = TimeIds(clock)
    settings = Settings(loopdesk_data=files, public_url="http://127.0.0.1:8501", _env_file=None)
    apps = []
    for role, url, admin_role in (("web", addresses.web, "none"), ("worker", addresses.worker, "service_role")):
        app = wiring.build(role, settings, addresses)  # type: ignore[arg-type]
        app.db.close()
        is_worker = admin_role == "service_role"
        database = Database(url, clock, ids, wiring.Enqueuer(), admin_role=admin_role, max_size=16, is_direct=is_worker)
        app.http.close()
        apps.append(
            replace(
                app,
                clock=clock,
                ids=ids,
                db=database,
                http=httpx.Client(transport=httpx.MockTransport(_no_network)),
                files=media.open_store(settings, app.signer, clock),
                identity=cheap_identity(database, ids),
                look_up=lambda host: ["93.184.215.14"],
            )
        )
    return World(apps[0], apps[1], clock, addresses, psycopg.connect(addresses.admin, autocommit=True))
