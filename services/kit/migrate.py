"""Forward-only migrations in the Supabase CLI's naming and history table."""

import re
from contextlib import nullcontext
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

from services.kit.config import ROOT
from services.kit.errors import AppError

_NAME = re.compile(r"^(\d{14})_([a-z0-9_]+)\.sql$")
FOLDER = ROOT / "migrations"


class MigrationNameWrong(AppError):
    """A file in migrations/ is not named <14 digits>_<name>.sql."""


def migrate(url: str, folder: Path = FOLDER, upto: str = "99999999999999") -> list[str]:
    """
    Apply what is missing, each file in its own transaction; racing starters wait for each other.

    Returns the versions applied. `upto` stops after a version (tests of earlier states).
    """
    done = []
    with psycopg.connect(url, autocommit=True, prepare_threshold=None) as connection:
        _wait_for_turn(connection)
        prelude = folder / "prelude.sql"
        if prelude.exists():
            connection.execute(_text(prelude))
        connection.execute(
            "create schema if not exists supabase_migrations; create table if not exists "
            "supabase_migrations.schema_migrations (version text primary key, statements text[], name text)"
        )
        have = {row[0] for row in connection.execute("select version from supabase_migrations.schema_migrations")}
        for version, file in migration_files(folder):
            if version not in have and version <= upto:
                _apply(connection, version, file)
                done.append(version)
    return done


def migration_files(folder: Path = FOLDER) -> list[tuple[str, Path]]:
    """Versions and files in order. :raises MigrationNameWrong: a stray file"""
    found = []
    for file in sorted(folder.glob("*.sql")):
        if file.name == "prelude.sql":
            continue
        match = _NAME.match(file.name)
        if match is None:
            raise MigrationNameWrong(f"migrations/{file.name} is not named <14 digits>_<name>.sql")
        found.append((match.group(1), file))
    return found


def _apply(connection: psycopg.Connection[tuple[object, ...]], version: str, file: Path) -> None:
    statement = _text(file)
    alone = statement.startswith("-- no transaction")
    with nullcontext() if alone else connection.transaction():
        if not alone:
            connection.execute("set local lock_timeout = '5s'")
        connection.execute(statement)
        connection.execute(
            "insert into supabase_migrations.schema_migrations values (%s, %s, %s)",
            [version, [statement], file.stem[15:]],
        )


def _wait_for_turn(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """A blocked pg_advisory_lock() would deadlock with CREATE INDEX CONCURRENTLY, hence asking again and again."""
    while not connection.execute("select pg_try_advisory_lock(hashtext('app.migrate'))").fetchone()[0]:  # type: ignore[index]
        connection.execute("select pg_sleep(0.1)")


def _text(file: Path) -> LiteralString:
    return file.read_text("utf-8")


def set_login(url: str, role: str, password: str) -> None:
    """
    Give one of our login roles its password; deploys and the embedded start do this, migrations never.

    Only the verifier is sent: hosted servers log statements of this kind.
    """
    with psycopg.connect(url) as connection:
        verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
        # web and workers start together; two changes of one role at a time fail with "tuple concurrently updated"
        connection.execute("select pg_advisory_xact_lock(hashtext('app.logins'))")
        connection.execute(sql.SQL("alter role {} password {}").format(sql.Identifier(role), sql.Literal(verifier)))
