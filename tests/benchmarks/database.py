"""A database for a benchmark: its own embedded cluster, migrated, deleted afterwards."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services import wiring
from services.kit import migrate, postgres
from tests.makers.world import World, make_world

PASSWORDS = {"app_web": "web-of-the-benchmarks", "app_worker": "worker-of-the-benchmarks"}


@contextmanager
def bench_world() -> Iterator[World]:
    """Web and worker Apps over a fresh database, as in the tests."""
    with tempfile.TemporaryDirectory(prefix="loopdesk-bench-") as folder:
        root = Path(folder)
        admin = postgres.start(root / "database")
        try:
            migrate.migrate(admin)
            world = make_world(wiring.login_addresses(admin, PASSWORDS), root / "files")
            yield world
            world.close()
        finally:
            postgres.destroy(root / "database")
