"""Migrations: from zero, from each earlier state, racing starters, a failing file that leaves nothing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from services.kit.migrate import MigrationNameWrong, migrate, migration_files, set_login

ALL = [version for version, _ in migration_files()]


@contextmanager
def _database(cluster: str, name: str, template: str = "template0") -> Iterator[str]:
    """The address of a new database, like another one; dropped afterwards."""
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute(f"drop database if exists {name} with (force)")
        connection.execute(f"create database {name} template {template}")
        yield make_conninfo(cluster, dbname=name)
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture
def empty(cluster: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a new, empty database of the cluster."""
    with _database(cluster, f"m{abs(hash(request.node.name)) % 10**9}") as address:
        yield address


def _tables(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "select schemaname || '.' || tablename from pg_tables where schemaname in ('app', 'private', 'queue')"
        ).fetchall()
    return {str(row[0]) for row in rows}


def test_from_zero_everything_is_applied_once_and_a_second_run_does_nothing(empty: str) -> None:
    assert migrate(empty) == ALL
    assert migrate(empty) == []
    assert {"app.posts", "private.sessions", "queue.procrastinate_jobs"} <= _tables(empty)


CATALOGUE = """
select 'column', attrelid::regclass || '.' || attname, format_type(atttypid, atttypmod) || attnotnull from pg_attribute
  where attrelid in (select oid from ours) and attnum > 0 and not attisdropped
union all select 'index', indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index
  where indrelid in (select oid from ours)
union all select 'rule', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) from pg_constraint
  where conrelid in (select oid from ours)
union all select 'policy', polrelid::regclass || '.' || polname,
    concat_ws(' ', polcmd, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) from pg_policy
union all select 'grant', oid::regclass::text, concat_ws(' ', relacl::text, relrowsecurity, relforcerowsecurity)
  from ours
union all select 'function', oid::regprocedure::text, concat_ws(' ', prosrc, proacl::text, proconfig::text) from pg_proc
  where pronamespace::regnamespace::text in ('app', 'private', 'queue')
union all select 'trigger', tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid) from pg_trigger
  where tgrelid in (select oid from ours) and not tgisinternal
order by 1, 2, 3
"""
OURS = """with ours as (select * from pg_class where relkind in ('r', 'p', 'v')
  and relnamespace::regnamespace::text in ('app', 'private', 'queue'))"""


def _catalogue(url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(OURS + CATALOGUE).fetchall()


def test_from_every_earlier_state_the_rest_is_applied(cluster: str, empty: str) -> None:
    """One file a run leads from each state to the next, and to what all in one run make; so does the rest at once."""
    with _database(cluster, "at_once") as at_once:
        migrate(at_once)
        wanted = _catalogue(at_once)
    assert len(wanted) > 500
    for place, upto in enumerate(ALL, 1):
        assert migrate(empty, upto=upto) == [upto]
        if place % 8 == 0:
            with _database(cluster, "the_rest", template=psycopg.conninfo.conninfo_to_dict(empty)["dbname"]) as rest:
                assert migrate(rest) == ALL[place:]
                assert _catalogue(rest) == wanted
    assert migrate(empty) == []
    assert _catalogue(empty) == wanted


def test_racing_starters_apply_each_file_once(empty: str) -> None:
    applied: list[list[str]] = []
    threads = [threading.Thread(target=lambda: applied.append(migrate(empty))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(version for one in applied for version in one) == ALL


def test_a_failing_file_leaves_nothing_behind(empty: str, tmp_path: Path) -> None:
    (tmp_path / "20260101000000_good.sql").write_text("create table public.good (id int);")
    (tmp_path / "20260101000001_bad.sql").write_text("create table public.half (id int); select 1 / 0;")
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(empty, tmp_path)
    with psycopg.connect(empty) as connection:
        assert connection.execute("select to_regclass('public.good') is not null").fetchone() == (True,)
        assert connection.execute("select to_regclass('public.half') is null").fetchone() == (True,)


def test_a_stray_file_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "later.sql").write_text("select 1;")
    with pytest.raises(MigrationNameWrong, match=r"later\.sql"):
        migration_files(tmp_path)


def test_processes_that_start_together_give_a_login_its_password_one_after_the_other(cluster: str) -> None:
    """The server refuses to change a role that another transaction is just changing."""
    role = "late_login"
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute(f"drop role if exists {role}")
        connection.execute(f"create role {role} login")
    problems: list[Exception] = []

    def begin() -> None:
        try:
            set_login(cluster, role, "of the second")
        except psycopg.Error as error:
            problems.append(error)

    second = threading.Thread(target=begin)
    with psycopg.connect(cluster) as first:
        first.execute("select pg_advisory_xact_lock(hashtext('app.logins'))")
        first.execute(f"alter role {role} password 'of the first'")
        second.start()
        _wait_for_a_waiter(cluster)
    second.join()
    assert problems == []
    psycopg.connect(make_conninfo(cluster, user=role, password="of the second")).close()


def _wait_for_a_waiter(cluster: str) -> None:
    asked = "select exists (select from pg_stat_activity where wait_event_type = 'Lock')"
    with psycopg.connect(cluster, autocommit=True) as connection:
        while not connection.execute(asked).fetchone()[0]:  # type: ignore[index]
            connection.execute("select pg_sleep(0.01)")
