"""The platforms' own record, in one SQLite file: it survives a restart, so a lost reply can be looked up."""

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# Times are seconds since 1970 in UTC. Lists and objects are JSON text.
_SCHEMA = (
    "create table if not exists settings (name text primary key, value real not null)",
    "create table if not exists sequence (name text primary key, value integer not null)",
    """create table if not exists codes (
        code text primary key, platform text not null, grant_json text not null, redirect_uri text not null,
        issued_at real not null, used_at real, challenge text not null default '')""",
    """create table if not exists tokens (
        token text primary key, platform text not null, kind text not null, subject text not null,
        grant_json text not null, parent text, issued_at real not null, expires_at real, retired_at real)""",
    "create index if not exists tokens_parent on tokens (parent, subject)",
    """create table if not exists images (
        sha256 text primary key, content_type text not null, width integer not null, height integer not null,
        body blob not null, seconds real not null default 0)""",
    """create table if not exists things (
        platform text not null, kind text not null, id text not null, account text not null, state_json text not null,
        created_at real not null, primary key (platform, kind, id))""",
    "create index if not exists things_account on things (platform, kind, account)",
    """create table if not exists pieces (
        platform text not null, kind text not null, thing text not null, number integer not null, body blob not null,
        primary key (platform, kind, thing, number))""",
    """create table if not exists posts (
        id text primary key, platform text not null, account text not null, photo_id text, container_id text unique,
        shortcode text unique, caption text not null, alt_text text not null, image_sha256 text not null,
        created_at real not null, published integer not null, format text not null default '',
        media_json text not null default '[]', details_json text not null default '{}',
        path text not null default '')""",
    "create index if not exists posts_account on posts (account, created_at)",
    """create table if not exists requests (
        id integer primary key, at real not null, platform text not null, method text not null, path text not null,
        params text not null, faults text not null, status integer, answered integer)""",
    "create index if not exists requests_at on requests (at)",
    """create table if not exists faults (
        id integer primary key, kind text not null, terms text not null, seen integer not null,
        fired integer not null)""",
)
# What records made by earlier versions lack.
_LATER = {
    "codes": {"challenge": "text not null default ''"},
    "images": {"seconds": "real not null default 0"},
    "posts": {
        "format": "text not null default ''",
        "media_json": "text not null default '[]'",
        "details_json": "text not null default '{}'",
        "path": "text not null default ''",
    },
}
_EMPTY = """
    delete from settings; delete from codes; delete from images; delete from posts;
    delete from requests; delete from faults; delete from things; delete from pieces
"""


class Store:
    """One connection behind one lock: every act is a transaction of its own."""

    def __init__(self, path: Path | str) -> None:
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = normal")
        with self.act():
            for statement in _SCHEMA:
                self._db.execute(statement)
            self._complete()

    def _complete(self) -> None:
        for table, columns in _LATER.items():
            there = {row["name"] for row in self._db.execute(f"pragma table_info({table})")}
            for name in columns.keys() - there:
                self._db.execute(f"alter table {table} add column {name} {columns[name]}")

    @contextmanager
    def act(self) -> Iterator[None]:
        """Hold the record for several statements that succeed or fail together."""
        with self._lock:
            if self._db.in_transaction:
                yield
                return
            self._db.execute("begin immediate")
            try:
                yield
            except BaseException:
                self._db.execute("rollback")
                raise
            self._db.execute("commit")

    def run(self, sql: str, **values: Any) -> int:
        """Run one writing statement; returns the number of rows it changed."""
        with self._lock:
            return self._db.execute(sql, values).rowcount

    def one(self, sql: str, **values: Any) -> sqlite3.Row | None:
        """Read the first row, or None."""
        with self._lock:
            row: sqlite3.Row | None = self._db.execute(sql, values).fetchone()
            return row

    def all(self, sql: str, **values: Any) -> list[sqlite3.Row]:
        """Read every row."""
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def next_number(self, name: str) -> int:
        """Count upwards for ever: numbers are never given twice, not even after `empty`."""
        with self.act():
            self.run(
                "insert into sequence values (:name, 1) on conflict (name) do update set value = value + 1", name=name
            )
            row = self.one("select value from sequence where name = :name", name=name)
            assert row is not None
            return int(row["value"])

    def settings(self, defaults: Mapping[str, float]) -> dict[str, float]:
        """Read the settings an operator changed, over the given defaults."""
        return {**defaults, **{row["name"]: row["value"] for row in self.all("select name, value from settings")}}

    def empty(self, *, keep_tokens: bool) -> None:
        """Forget everything that happened; connected accounts stay connected with `keep_tokens`."""
        with self.act():
            for statement in _EMPTY.split(";"):
                self._db.execute(statement)
            if not keep_tokens:
                self._db.execute("delete from tokens")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()
