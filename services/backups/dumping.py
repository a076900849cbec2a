"""Reading the whole database at one instant."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from services.backups.errors import DumpFailed
from services.backups.programs import Programs

HOSTED = ("app", "private", "queue", "supabase_migrations")  # what else a hosted project holds, its platform backs up
_Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True)
class Dumped:
    """Everything as of one instant: rows per table, migrations applied, names of the sealing keys that are in use."""

    rows: dict[str, int]
    migrations: tuple[str, ...]
    key_names: set[str]


def server_of(address: str) -> int:
    """The major version of a server."""
    with psycopg.connect(address) as connection:
        return connection.info.server_version // 10_000


def dump(address: str, programs: Programs, schemas: tuple[str, ...], target: Path) -> Dumped:
    """
    Write the dump, and count what is in it: both in one snapshot.

    :raises DumpFailed: with the last words of pg_dump
    """
    with psycopg.connect(address) as connection:
        connection.execute("set transaction isolation level repeatable read, read only")
        ((snapshot,),) = connection.execute("select pg_export_snapshot()").fetchall()
        wanted = [part for schema in schemas for part in ("--schema", schema)]
        programs.run(
            "pg_dump", address, "--format=custom", f"--snapshot={snapshot}", *wanted, f"--file={target}",
            failed=DumpFailed,
        )  # fmt: skip
        return Dumped(
            {name: _count(connection, name) for name in _tables(connection, schemas)},
            tuple(
                version
                for (version,) in connection.execute(
                    "select version from supabase_migrations.schema_migrations order by 1"
                )
            ),
            _key_names(connection),
        )


def _tables(connection: _Connection, schemas: tuple[str, ...]) -> list[str]:
    rows = connection.execute(
        "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace "
        "where c.relkind = 'r' and n.nspname not like 'pg\\_%%' and n.nspname <> 'information_schema' "
        "and (cardinality(%(schemas)s::text[]) = 0 or n.nspname = any (%(schemas)s)) order by 1",
        {"schemas": list(schemas)},
    )
    return [name for (name,) in rows]


def _count(connection: _Connection, table: str) -> int:
    statement = sql.SQL("select count(*) from {}").format(sql.Identifier(*table.split(".")))
    ((count,),) = connection.execute(statement).fetchall()
    return int(count)


def _key_names(connection: _Connection) -> set[str]:
    """Of every text column of the secrets: which keys sealed what stands there."""
    columns = connection.execute(
        "select c.table_name, c.column_name from information_schema.columns c join information_schema.tables t "
        "using (table_schema, table_name) "
        "where t.table_type = 'BASE TABLE' and c.table_schema = 'private' and c.data_type = 'text'"
    ).fetchall()
    found: set[str] = set()
    for table, column in columns:
        statement = sql.SQL("select distinct split_part({column}, '.', 2) from {table} where {column} like 'v1.%'")
        named = statement.format(column=sql.Identifier(column), table=sql.Identifier("private", table))
        found.update(name for (name,) in connection.execute(named))
    return found
