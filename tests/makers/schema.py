"""
What the schema offers to a version of Loopdesk: columns and functions by name and type.

`python -m tests.makers.schema ADDRESS > tests/recorded/schema.json` records a migrated database. Run it at a release.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any, LiteralString

import psycopg

_COLUMNS: LiteralString = (
    "select c.oid::regclass::text, a.attname || ' ' || format_type(a.atttypid, a.atttypmod), "
    "a.attnotnull and not a.atthasdef and a.attidentity = '' and a.attgenerated = '' "
    "from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped "
    "where c.relkind in ('r', 'p') and c.relnamespace in ('app'::regnamespace, 'private'::regnamespace, "
    "'queue'::regnamespace) order by 1, a.attnum"
)
_FUNCTIONS: LiteralString = (
    "select oid::regprocedure::text || ' ' || format_type(prorettype, null) from pg_proc where pronamespace in "
    "('app'::regnamespace, 'private'::regnamespace, 'queue'::regnamespace) and prorettype <> 'trigger'::regtype "
    "order by 1"
)


def offered(connection: psycopg.Connection[Any]) -> dict[str, list[str]]:
    """Columns by table, as `name type`, and every function under the name `functions`."""
    found: dict[str, list[str]] = {"functions": []}
    connection.execute("set local search_path = ''")
    for table, column, _ in connection.execute(_COLUMNS):
        found.setdefault(table, []).append(column)
    found["functions"] = [name for (name,) in connection.execute(_FUNCTIONS)]
    return found


def demanded(connection: psycopg.Connection[Any]) -> Iterator[tuple[str, str]]:
    """Table and column of everything that an insert has to name."""
    connection.execute("set local search_path = ''")
    for table, column, is_demanded in connection.execute(_COLUMNS):
        if is_demanded:
            yield table, column


if __name__ == "__main__":
    with psycopg.connect(sys.argv[1]) as asked:
        lines = [f"  {json.dumps(name)}: {json.dumps(what)}" for name, what in offered(asked).items()]
    print("{", ",\n".join(lines), "}", sep="\n")
