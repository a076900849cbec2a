"""The door to Postgres: a scope, a transaction, rows as models. Row-level security decides what a scope sees."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from time import perf_counter
from typing import Any, LiteralString, TypeVar
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.rows import class_row, tuple_row
from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool

from services.kit import tracing
from services.kit.alive import Alive
from services.kit.clock import Clock
from services.kit.disk import DiskFull
from services.kit.errors import RightLost
from services.kit.ids import Ids

M = TypeVar("M")
Connection = psycopg.Connection[tuple[Any, ...]]
Enqueue = Callable[[Connection, UUID | None, list[Any]], None]
Params = Mapping[str, Any]
_BEGIN = sql.SQL("begin; select set_config('role', {role}, true), set_config('request.jwt.claims', {claims}, true)")


@dataclass(frozen=True)
class Scope:
    """Who acts, in which organisation. `user_id` None means the worker acting for the organisation."""

    org_id: UUID | None
    user_id: UUID | None = None

    def claims(self) -> str:
        """The JSON that `auth.jwt()` returns inside the transaction."""
        claims = {"role": "authenticated", "org_id": str(self.org_id) if self.org_id else None}
        if self.user_id:
            claims["sub"] = str(self.user_id)
        return json.dumps(claims)


class Tx:
    """One transaction in one scope. Statements take `%(name)s` parameters only; `statements` counts them."""

    def __init__(self, connection: Connection, scope: Scope | None, clock: Clock, ids: Ids) -> None:
        self.connection = connection
        self.scope = scope
        self.statements = 0
        self._clock = clock
        self._ids = ids
        self._events: list[tuple[UUID | None, Any]] = []

    @property
    def now(self) -> datetime:
        return self._clock.now()

    def new_id(self) -> UUID:
        return self._ids.new()

    def new_token(self) -> str:
        return self._ids.token()

    @property
    def org_id(self) -> UUID:
        """The active organisation. :raises LookupError: the scope has none"""
        if self.scope is None or self.scope.org_id is None:
            raise LookupError("this transaction has no organisation")
        return self.scope.org_id

    @property
    def user_id(self) -> UUID | None:
        """The acting person; None where the worker acts."""
        return self.scope.user_id if self.scope else None

    def all(self, sql: LiteralString, params: Params, model: type[M]) -> list[M]:
        self.statements += 1
        with self.connection.cursor(row_factory=class_row(model)) as cursor:
            return cursor.execute(sql, params).fetchall()

    def one(self, sql: LiteralString, params: Params, model: type[M]) -> M | None:
        self.statements += 1
        with self.connection.cursor(row_factory=class_row(model)) as cursor:
            return cursor.execute(sql, params).fetchone()

    def tuples(self, sql: LiteralString, params: Params) -> list[tuple[Any, ...]]:
        """Plain rows, for tables on screen."""
        self.statements += 1
        with self.connection.cursor(row_factory=tuple_row) as cursor:
            return cursor.execute(sql, params).fetchall()

    def value(self, sql: LiteralString, params: Params) -> Any:
        """The first column of the first row, or None where there is no row."""
        self.statements += 1
        row = self.connection.execute(sql, params).fetchone()
        return row[0] if row else None

    def run(self, sql: LiteralString, params: Params) -> int:
        """The number of rows changed."""
        self.statements += 1
        return self.connection.execute(sql, params).rowcount

    def emit(self, event: Any) -> None:
        """Queue the jobs that hear `event` (services/events.py); they exist if and only if this transaction commits."""
        self._events.append((self.scope.org_id if self.scope else None, event))

    def act_as(self, scope: Scope) -> None:
        """Go on in another scope, in the same transaction: set-up and sweeps use it."""
        self.scope = scope
        enter(self.connection, scope)

    def take_events(self) -> list[tuple[UUID | None, Any]]:
        events, self._events = self._events, []
        return events


def _begin(connection: Connection, role: str, scope: Scope | None = None) -> None:
    """
    Open a transaction in this role, with the claims of this scope, in one way to the server and back.

    The pool commits it when the connection is given back, or rolls it back on any exception.
    """
    connection.execute(_beginning(role, scope), prepare=False)


@lru_cache(1024)
def _beginning(role: str, scope: Scope | None) -> bytes:
    claims = scope.claims() if scope else ""
    return _BEGIN.format(role=role, claims=claims).as_bytes(None)


def enter(connection: Connection, scope: Scope) -> None:
    """Become `authenticated` with this scope's claims until the transaction ends."""
    connection.execute(
        "select set_config('role', 'authenticated', true), set_config('request.jwt.claims', %s, true)",
        [scope.claims()],
    )


@contextmanager
def _told_plainly(scope: Scope) -> Iterator[None]:
    """Row security has the last word on a person's role; a grant that is missing stays the defect it is."""
    try:
        yield
    except psycopg.errors.InsufficientPrivilege as error:
        if scope.user_id is None or "row-level security" not in str(error):
            raise
        raise RightLost() from error
    except psycopg.errors.DiskFull as error:
        raise DiskFull() from error


def json_value(value: Any) -> Jsonb:
    """A value for a jsonb column."""
    return Jsonb(value)


class Database:
    """
    A pool of connections as one login role. Keeps no state between transactions.

    `is_direct`: no pooler stands between, so statements that come again and again may be planned once per connection.
    """

    def __init__(
        self,
        url: str,
        clock: Clock,
        ids: Ids,
        enqueue: Enqueue,
        *,
        admin_role: str = "none",
        max_size: int = 8,
        is_direct: bool = False,
    ) -> None:
        self._clock, self._ids, self._enqueue, self._admin_role = clock, ids, enqueue, admin_role
        self.pool: ConnectionPool[Connection] = ConnectionPool(
            url,
            min_size=1,
            max_size=max_size,
            timeout=10,
            open=True,
            check=Alive().check,
            kwargs={"autocommit": True, "prepare_threshold": 5 if is_direct else None},
        )

    @contextmanager
    def tx(self, scope: Scope) -> Iterator[Tx]:
        """
        One transaction as this scope; commits at the end, rolls back on any exception.

        :raises RightLost: a person's role, checked before, went away before the row was written
        :raises DiskFull: the database has no room
        """
        with _told_plainly(scope), self._transaction("authenticated", scope) as tx:
            yield tx

    @contextmanager
    def admin_tx(self) -> Iterator[Tx]:
        """
        One transaction across organisations: sign-in (web) and sweeps (worker) only.

        The web acts as its own login role with narrow grants; the worker as `service_role`.
        """
        with self._transaction(self._admin_role, None) as tx:
            yield tx

    @contextmanager
    def _transaction(self, role: str, scope: Scope | None) -> Iterator[Tx]:
        """One span, with its wait for a connection and its commit, and without a word of its statements."""
        with tracing.below(
            "sql", "call", **{"db.system.name": "postgresql", "reach": "organisation" if scope else "all"}
        ) as span:
            asked = perf_counter()
            with self.pool.connection() as connection:
                waited = perf_counter() - asked
                _begin(connection, role, scope)
                tx = Tx(connection, scope, self._clock, self._ids)
                try:
                    yield tx
                    self._flush(tx)
                finally:
                    if span.is_recording():
                        told = {"statements": tx.statements, "waited_ms": round(1_000 * waited, 1)}
                        span.set_attributes(told)

    def _flush(self, tx: Tx) -> None:
        by_org: dict[UUID | None, list[Any]] = {}
        for org_id, event in tx.take_events():
            by_org.setdefault(org_id, []).append(event)
        if by_org:
            tx.connection.execute("select set_config('role', 'none', true)")
        for org_id, events in by_org.items():
            self._enqueue(tx.connection, org_id, events)

    def close(self) -> None:
        self.pool.close()
