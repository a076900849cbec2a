"""Sign-in for the tests: cheap hashes, passwords for the cast, installations nobody has set up yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import UUID

import psycopg
from argon2 import PasswordHasher
from psycopg.conninfo import make_conninfo

from services import identity, wiring
from services.identity.providers.embedded import EmbeddedIdentity
from services.identity.secrets import Passwords
from services.kit import migrate
from services.kit.db import Database, Scope
from services.kit.ids import Ids

if TYPE_CHECKING:
    from tests.makers.world import World

PASSWORD = "eleven geese at dawn"
HERE = identity.Caller("203.0.113.7", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")


def cheap_identity(database: Database, ids: Ids) -> EmbeddedIdentity:
    """The embedded provider with argon2 at its weakest: the rules are under test, not the cost."""
    return EmbeddedIdentity(database, ids, Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)))


def email_of(world: "World", scope: Scope) -> str:
    with world.superuser() as connection:
        row = connection.execute("select email from auth.users where id = %s", [scope.user_id]).fetchone()
    assert row is not None
    return str(row[0])


def give_password(world: "World", scope: Scope, password: str = PASSWORD) -> str:
    """Give somebody of the cast a password; returns their e-mail."""
    assert scope.user_id is not None
    world.web.identity.set_password(scope.user_id, password)
    return email_of(world, scope)


def sign_in(world: "World", scope: Scope) -> str:
    """Sign somebody of the cast in; returns the session's id."""
    return identity.sign_in(world.web, give_password(world, scope), PASSWORD, HERE)


def audited(world: "World", org_id: UUID, act: str) -> int:
    """How often an act stands in the organisation's audit log."""
    with world.superuser() as connection:
        row = connection.execute(
            "select count(*) from app.audit_log where org_id = %s and act = %s", [org_id, act]
        ).fetchone()
    assert row is not None
    return int(row[0])


@contextmanager
def empty_database(cluster: str, name: str, passwords: dict[str, str]) -> Iterator[wiring.Addresses]:
    """A database of its own, migrated and empty: an installation before its set-up."""
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute(f"create database {name}")
    address = make_conninfo(cluster, dbname=name)
    migrate.migrate(address)
    yield wiring.login_addresses(address, passwords)
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")
