"""
The outsider walk: every table in the catalogue, seen by those who must see nothing and by those who must not write.

Tables are discovered, not listed: a new one is walked from its first migration on.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

import psycopg
import pytest

from services.kit.db import Scope, Tx
from tests.makers.everything import tables
from tests.services.conftest import Scene

Denied = psycopg.errors.InsufficientPrivilege
Open = Callable[[Scene], AbstractContextManager[Tx]]

# Facts of the installation, of no organisation: nobody's scope may read them at all.
OF_NOBODY = {"app.worker_beats", "app.media_host", "app.backups"}
# Facts of the installation that every member may read, and nobody's scope may write: no row is anybody's.
OF_ALL = {"app.proofs", "app.publishing_pulse"}
# What a worker keeps for itself: not even the owner reads it.
FOR_WORKERS = {"app.notice_tellings"}
# Rows that belong to one person, or to those who manage members: a viewer of the same organisation sees none.
NOT_FOR_VIEWERS = {
    "app.invitations",
    "app.notifications",
    "app.last_looks",
    "app.calendar_feeds",
    "app.saved_views",
    "app.schedule_drafts",
} | {f"app.notice_{name}" for name in ("tellings", "occurrences", "preferences", "mutes", "deliveries", "queue", "log")}

OUTSIDERS: dict[str, Open] = {
    "Cleo": lambda s: s.world.web.tx(s.cast.cleo),
    "Cleo claiming to act in Acme": lambda s: s.world.web.tx(Scope(s.cast.acme, s.cast.cleo.user_id)),
    "Cleo with no organisation chosen": lambda s: s.world.web.tx(Scope(None, s.cast.cleo.user_id)),
    "nobody": lambda s: s.world.web.tx(s.cast.nobody),
    "nobody claiming to be Acme's worker": lambda s: s.world.web.tx(Scope(s.cast.acme)),
    "the worker for the other organisation": lambda s: s.world.worker.tx(Scope(s.cast.other)),
    "the worker for nobody": lambda s: s.world.worker.tx(s.cast.nobody),
}
WRITERS = {name: OUTSIDERS[name] for name in ("Cleo", "Cleo claiming to act in Acme", "nobody")} | {
    "Vera, who may only look": lambda s: s.world.web.tx(s.cast.vera),
}


def _app_tables(scene: Scene) -> list[str]:
    with psycopg.connect(scene.world.addresses.admin) as connection:
        return tables(connection, "app")


def _owner_column(table: str) -> str:
    return "id" if table == "app.organisations" else "org_id"


def _count(tx: Tx, table: str, org_id: UUID) -> int:
    """How many rows of the organisation are seen; a refusal is none."""
    try:
        with tx.connection.transaction():
            return int(
                tx.value(f"select count(*) from {table} where {_owner_column(table)} = %(org)s", {"org": org_id})
            )
    except Denied:
        return 0


def _changes(tx: Tx, statement: str, values: dict[str, object]) -> int:
    """How many rows a statement changes; a refusal is none."""
    try:
        with tx.connection.transaction():
            return tx.run(statement, values)  # type: ignore[arg-type]
    except Denied:
        return 0


def _org_tables(scene: Scene) -> list[str]:
    return [table for table in _app_tables(scene) if table not in OF_NOBODY | OF_ALL]


def test_every_table_holds_a_row_of_acme_that_its_owner_sees(scene: Scene) -> None:
    """Without this the walk would prove nothing."""
    found = _org_tables(scene)
    assert len(found) >= 20
    with scene.world.web.tx(scene.cast.ana) as tx:
        assert {table for table in found if _count(tx, table, scene.cast.acme) == 0} == FOR_WORKERS
    with scene.world.worker.tx(scene.cast.worker) as tx:
        assert {table for table in FOR_WORKERS if _count(tx, table, scene.cast.acme) == 0} == set()


def test_a_viewer_of_acme_sees_what_is_everybodys(scene: Scene) -> None:
    with scene.world.web.tx(scene.cast.vera) as tx:
        unseen = {table for table in _org_tables(scene) if _count(tx, table, scene.cast.acme) == 0}
    assert unseen == NOT_FOR_VIEWERS


@pytest.mark.parametrize("who", OUTSIDERS)
def test_outsiders_see_no_row_of_acme_in_any_table(scene: Scene, who: str) -> None:
    with OUTSIDERS[who](scene) as tx:
        assert {table: n for table in _org_tables(scene) if (n := _count(tx, table, scene.cast.acme))} == {}


@pytest.mark.parametrize("who", WRITERS)
def test_nobody_else_inserts_a_row_of_acme(scene: Scene, who: str) -> None:
    written = []
    for table in _org_tables(scene):
        row = scene.acme[table]
        statement = f"insert into {table} ({', '.join(row)}) values ({', '.join(f'%({name})s' for name in row)})"
        with WRITERS[who](scene) as tx:
            try:
                with tx.connection.transaction():
                    tx.run(statement, row)  # type: ignore[arg-type]
                    written.append(table)
            except Denied:
                continue
    assert written == []


@pytest.mark.parametrize("who", WRITERS)
def test_nobody_else_changes_or_deletes_a_row_of_acme(scene: Scene, who: str) -> None:
    changed = []
    for table in _org_tables(scene):
        owner = _owner_column(table)
        for statement in (
            f"update {table} set {owner} = {owner} where {owner} = %(acme)s",
            f"delete from {table} where {owner} = %(acme)s",
        ):
            with WRITERS[who](scene) as tx:
                if _changes(tx, statement, {"acme": scene.cast.acme}):
                    changed.append(statement)
    assert changed == []


def test_a_row_cannot_be_moved_into_another_organisation(scene: Scene) -> None:
    values = {"acme": scene.cast.acme, "other": scene.cast.other}
    with scene.world.web.tx(scene.cast.cleo) as tx:
        moved = [
            table
            for table in _org_tables(scene)
            if table != "app.organisations"
            and _changes(tx, f"update {table} set org_id = %(acme)s where org_id = %(other)s", values)
        ]
    assert moved == []


@pytest.mark.parametrize("who", [*OUTSIDERS, "Ana herself"])
def test_secrets_and_facts_of_the_installation_are_in_nobodys_scope(scene: Scene, who: str) -> None:
    opened = OUTSIDERS.get(who) or (lambda s: s.world.web.tx(s.cast.ana))
    with psycopg.connect(scene.world.addresses.admin) as connection:
        closed = [*tables(connection, "private", "queue", "auth"), *OF_NOBODY]
    assert len(closed) >= 8
    for table in closed:
        with opened(scene) as tx, pytest.raises(Denied), tx.connection.transaction():
            tx.tuples(f"select * from {table} limit 1", {})  # type: ignore[arg-type]


def test_the_audit_log_cannot_be_changed_by_any_login_or_role(scene: Scene) -> None:
    for statement in (
        "update app.audit_log set act = 'nothing'",
        "delete from app.audit_log",
        "truncate app.audit_log",
    ):
        for opened in (
            scene.world.web.tx(scene.cast.ana),
            scene.world.web.admin_tx(),
            scene.world.worker.tx(scene.cast.worker),
            scene.world.worker.admin_tx(),
        ):
            with opened as tx, pytest.raises(Denied), tx.connection.transaction():
                tx.run(statement, {})  # type: ignore[arg-type]


def test_nobody_writes_the_audit_log_in_somebody_elses_name(scene: Scene) -> None:
    statement = (
        "insert into app.audit_log (org_id, at, actor_id, act, subject_kind, subject_id) "
        "values (%(org)s, now(), %(actor)s, 'approved', 'draft', 'x')"
    )
    values = {"org": scene.cast.acme, "actor": scene.cast.ana.user_id}
    with scene.world.web.tx(scene.cast.ben) as tx:
        with pytest.raises(Denied), tx.connection.transaction():
            tx.run(statement, values)
        assert tx.run(statement, values | {"actor": scene.cast.ben.user_id}) == 1


def test_the_walk_notices_a_wall_that_is_down(scene: Scene) -> None:
    with psycopg.connect(scene.world.addresses.admin, autocommit=True) as connection:
        connection.execute("alter table app.brands disable row level security")
        try:
            with scene.world.web.tx(scene.cast.cleo) as tx:
                assert _count(tx, "app.brands", scene.cast.acme) > 0
        finally:
            connection.execute("alter table app.brands enable row level security")
