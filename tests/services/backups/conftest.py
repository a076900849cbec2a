"""Installations of their own, on each server there is: one that is backed up, one that is empty."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from services import backups, wiring
from services.backups import dumping, programs
from services.kit import migrate
from tests.conftest import PASSWORDS
from tests.makers import postgres15
from tests.makers.world import World, make_world

SERVERS = ["embedded"]
if postgres15.is_present():
    SERVERS.append("postgres15")
MARKED = [pytest.param(one, marks=[pytest.mark.postgres15] if one == "postgres15" else []) for one in SERVERS]


@dataclass(frozen=True)
class Server:
    """`empty()` is the superuser's address of a fresh database."""

    empty: Callable[[], str]
    is_embedded: bool

    def source(self, address: str) -> backups.Source:
        major = dumping.server_of(address)
        return backups.Source(address, programs.own() if self.is_embedded else programs.of_the_machine(major), major)

    @contextmanager
    def world(self, files: Path) -> Iterator[World]:
        address = self.empty()
        migrate.migrate(address)
        world = make_world(wiring.login_addresses(address, PASSWORDS), files)
        yield world
        world.close()


@pytest.fixture(scope="module", params=MARKED)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """Databases on one cluster; the names of roles are shared, as they are on any server."""
    with ExitStack() as stack:
        is_embedded = request.param == "embedded"
        cluster = request.getfixturevalue("cluster") if is_embedded else stack.enter_context(postgres15.running())
        made: list[str] = []

        def empty() -> str:
            name = f"backups_{len(made)}"
            with psycopg.connect(cluster, autocommit=True) as connection:
                connection.execute(f"drop database if exists {name} with (force)")
                connection.execute(f"create database {name} template template0")
            made.append(name)
            return make_conninfo(cluster, dbname=name)

        yield Server(empty, is_embedded)
        with psycopg.connect(cluster, autocommit=True) as connection:
            for name in made:
                connection.execute(f"drop database if exists {name} with (force)")
