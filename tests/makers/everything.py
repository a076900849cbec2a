"""One row of one organisation in every table there is, found in the catalogue: new tables are filled without a word."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from services.kit.ids import Ids

Row = dict[str, Any]
Connection = psycopg.Connection[tuple[Any, ...]]

# What a check constraint asks for that no rule of thumb finds, by column.
_SPECIAL = {
    "link": "/home",
    "access_token": "v1.k1.sealed",
    "sealed_address": "v1.k1.sealed",
    "seal": "0" * 64,
    "time_zone": "Europe/Berlin",
}


@dataclass(frozen=True)
class Column:
    name: str
    kind: str
    is_needed: bool
    target: str  # "schema.table.column" of its foreign key, or ""
    choices: str  # the definition of its check constraint, or ""

    @property
    def target_table(self) -> str:
        return self.target.rpartition(".")[0]


def tables(connection: Connection, *schemas: str) -> list[str]:
    """`schema.table` of every table, from the catalogue."""
    return [
        name
        for (name,) in connection.execute(
            "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace "
            "where n.nspname = any (%s) and c.relkind in ('r', 'p') order by 1",
            [list(schemas)],
        )
    ]


def columns(connection: Connection, table: str) -> list[Column]:
    rows = connection.execute(
        """
        select a.attname, format_type(a.atttypid, null),
          a.attnotnull and not a.atthasdef and a.attidentity = '' and a.attgenerated = '',
          coalesce((select f.confrelid::regclass::text || '.' || (select attname from pg_attribute t
                      where t.attrelid = f.confrelid and t.attnum = f.confkey[array_position(f.conkey, a.attnum)])
                    from pg_constraint f where f.conrelid = a.attrelid and f.contype = 'f' and a.attnum = any (f.conkey)
                    order by cardinality(f.conkey) limit 1), ''),
          coalesce((select string_agg(pg_get_constraintdef(k.oid), ' ') from pg_constraint k
                    where k.conrelid = a.attrelid and k.contype = 'c' and k.conkey = array[a.attnum]), '')
        from pg_attribute a where a.attrelid = %s::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum
        """,
        [table],
    ).fetchall()
    return [Column(*row) for row in rows]


def fill(connection: Connection, ids: Ids, org_id: UUID, user_id: UUID) -> dict[str, Row]:
    """
    Insert, as superuser, a row of this organisation into each table of app and private; returns what was inserted.

    Rows point at each other and at this person. :raises AssertionError: a table that cannot be filled, by name
    """
    made: dict[str, Row] = {}
    who: dict[str, Any] = {"org": org_id, "user": user_id}
    waiting = {name: columns(connection, name) for name in tables(connection, "app", "private")}
    while waiting:
        ready = [
            name
            for name, known in waiting.items()
            if not any(one.is_needed and one.target_table in waiting and one.target_table != name for one in known)
        ]
        assert ready, f"tables that wait for each other: {sorted(waiting)}"
        for name in ready:
            made[name] = _row(connection, ids, name, waiting.pop(name), made, who)
    return made


def _row(
    connection: Connection, ids: Ids, table: str, known: list[Column], made: dict[str, Row], who: dict[str, Any]
) -> Row:
    if table == "app.organisations":
        return {"id": who["org"], "name": "of the cast"}
    owned = ("org_id", "user_id")
    row = {one.name: _value(one, ids, made, who) for one in known if one.is_needed or one.name in owned}
    if table == "app.org_members":
        return row  # the cast is in already
    names = ", ".join(row)
    marks = ", ".join(f"%({name})s" for name in row)
    try:
        connection.execute(f"insert into {table} ({names}) values ({marks}) on conflict do nothing", row)
        if "id" not in row and any(one.name == "id" for one in known):
            who[f"{table}.id"] = connection.execute(f"select max(id) from {table}").fetchone()[0]  # type: ignore[index]
    except psycopg.Error as error:
        raise AssertionError(f"teach tests/makers/everything.py to fill {table}: {error}") from error
    return row


def _value(column: Column, ids: Ids, made: dict[str, Row], who: dict[str, Any]) -> Any:
    if column.name == "org_id":
        return who["org"]
    if column.target_table == "auth.users" or column.name == "user_id":
        return who["user"]
    if column.target:
        return who.get(column.target) or made[column.target_table][column.target.rpartition(".")[2]]
    if column.name in _SPECIAL:
        return _SPECIAL[column.name]
    if column.name.endswith("sha256"):
        return "0" * 64
    allowed = re.search(r"'([^']*)'::text", column.choices)
    if allowed and "ARRAY[" in column.choices:
        return allowed[1]
    simple = {
        "uuid": ids.new(),
        "text": f"x{ids.new().hex}",
        "bigint": ids.new().int % 10**15,
        "jsonb": Jsonb({}),
        "boolean": False,
        "timestamp with time zone": "2026-11-23T09:00:00Z",
        "date": "2026-11-23",
        "text[]": [],
    }
    return simple.get(column.kind, 1)
