"""Real Postgres for every test: one embedded cluster per process, one database per session, the cast of house.md."""

import functools
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from hypothesis import HealthCheck, settings

from services import wiring
from services.kit import migrate, postgres
from tests.makers import postgres15
from tests.makers.cast import Cast, make_cast
from tests.makers.world import START, World, make_world

# How long an example takes is the machine's affair: speed is measured in tests/benchmarks.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

PASSWORDS = {"app_web": "web-of-the-tests", "app_worker": "worker-of-the-tests"}


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """The superuser's address of a fresh embedded cluster, deleted afterwards."""
    root = Path(tempfile.mkdtemp(prefix="loopdesk-test-"))
    address = postgres.start(root)
    _hurry(root, address)
    yield address
    postgres.destroy(root)


def _hurry(root: Path, address: str) -> None:
    """Commits do not wait for the disk: nobody pulls this machine's plug. What survives a kill is tested elsewhere."""
    with (postgres.home(root) / "pgdata" / "postgresql.auto.conf").open("a") as conf:
        conf.write("fsync=off\nsynchronous_commit=off\nfull_page_writes=off\n")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("select pg_reload_conf()")


@pytest.fixture(scope="session", autouse=True)
def _one_certificate_store() -> Iterator[None]:
    """Clients made by tests speak plain HTTP; reading all root certificates for each costs more than what they do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("httpx._transports.default.create_ssl_context", functools.cache(httpx.create_ssl_context))
        yield


@pytest.fixture(scope="session")
def addresses(cluster: str) -> wiring.Addresses:
    migrate.migrate(cluster)
    return wiring.login_addresses(cluster, PASSWORDS)


@pytest.fixture(scope="session")
def world(addresses: wiring.Addresses, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Web and worker Apps over one database, with a fixed clock, a folder for files and no network."""
    made = make_world(addresses, tmp_path_factory.mktemp("files"))
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _monday_morning(request: pytest.FixtureRequest) -> None:
    """Every test begins at the same instant, whatever the one before did to the clock."""
    if "world" in request.fixturenames:
        request.getfixturevalue("world").clock.set(START)


@pytest.fixture
def cast(world: World) -> Cast:
    """Ana owns Acme, Ben edits there, Vera only looks; Cleo owns another organisation. New organisations per test."""
    return make_cast(world)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says whether walls and hosted mode were tested on a second server, so that its absence is seen."""
    servers = "the embedded server and on Debian's PostgreSQL 15"
    if not postgres15.is_present():
        servers = f"the embedded server only: there is no {postgres15.BINARIES}"
    terminalreporter.write_line(f"The walls between organisations and hosted mode are tested on {servers}.")
