"""The scene of the walks: Acme and another organisation, each with a row in every table, on every server there is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
import pytest

from services import wiring
from services.kit import migrate
from tests.conftest import PASSWORDS
from tests.makers import postgres15
from tests.makers.cast import Cast, make_cast
from tests.makers.everything import Row, fill
from tests.makers.identity import empty_database
from tests.makers.world import World, make_world

SERVERS = ["embedded"]
if postgres15.is_present():
    SERVERS.append("postgres15")


@dataclass(frozen=True)
class Scene:
    """`acme` and `elsewhere`: the row of Ana's and of Cleo's organisation in each table, by table name."""

    world: World
    cast: Cast
    acme: dict[str, Row]
    elsewhere: dict[str, Row]


@contextmanager
def _addresses(server: str, request: pytest.FixtureRequest) -> Iterator[wiring.Addresses]:
    """A database of the walk's own: its rows would wake the sweeps of other tests."""
    if server == "embedded":
        with empty_database(request.getfixturevalue("cluster"), "walk", PASSWORDS) as addresses:
            yield addresses
        return
    with postgres15.running() as address:
        migrate.migrate(address)
        yield wiring.login_addresses(address, PASSWORDS)


@pytest.fixture(
    scope="session",
    params=[pytest.param(name, marks=[pytest.mark.postgres15] if name == "postgres15" else []) for name in SERVERS],
)
def scene(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with _addresses(request.param, request) as addresses:
        world = make_world(addresses, tmp_path_factory.mktemp("walk"))
        yield _acted(world)
        world.close()


def _acted(world: World) -> Scene:
    cast = make_cast(world)
    assert cast.ana.user_id is not None and cast.cleo.user_id is not None
    with psycopg.connect(world.addresses.admin) as connection:
        acme = fill(connection, world.web.ids, cast.acme, cast.ana.user_id)
        elsewhere = fill(connection, world.web.ids, cast.other, cast.cleo.user_id)
    return Scene(world, cast, acme, elsewhere)
