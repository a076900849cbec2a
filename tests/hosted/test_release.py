"""The release on a hosted project: every migration by an operator who is no superuser, and the walls hold there too."""

import re
from pathlib import Path

import psycopg
import pytest

from services import wiring
from services.kit import migrate
from services.kit.db import Scope, Tx
from tests.hosted import desk, project
from tests.makers.cast import make_cast
from tests.makers.everything import fill, tables
from tests.makers.world import make_world
from tests.services.test_outsider import FOR_WORKERS, OF_NOBODY

NOT_OURS = """
with theirs as (select oid, nspname from pg_namespace where nspname in ('auth', 'storage'))
select 'role', rolname, concat_ws(' ', rolsuper, rolinherit, rolcanlogin, rolbypassrls, rolconfig)
  from pg_roles where rolname !~ '^(pg_|app_)'
union all select nspname, relname, concat_ws(' ', relowner::regrole, relacl, relrowsecurity)
  from pg_class c join theirs on theirs.oid = relnamespace where relkind = 'r'
union all select nspname, proname, prosrc from pg_proc join theirs on theirs.oid = pronamespace
union all select schemaname, policyname, tablename from pg_policies join theirs on nspname = schemaname
order by 1, 2, 3
"""


@pytest.fixture(scope="module")
def told(operator: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, list[object]]:
    """What two releases at the same time said, the one that applied first; and what of the platform's they found."""
    home = tmp_path_factory.mktemp("release")
    variables = desk.settings_for(operator, "http://127.0.0.1:9", home)
    before = _not_ours(operator)
    both = {home / name: desk.start("release", variables, home / name) for name in ("one", "other")}
    statuses = [process.wait(60) for process in both.values()]
    first, second = sorted((log.read_text() for log in both), key=lambda said: "none were missing" in said)
    assert statuses == [0, 0], first + second
    return first, second, before


def _not_ours(operator: str) -> list[object]:
    with psycopg.connect(operator) as connection:
        return list(connection.execute(NOT_OURS))


def test_an_operator_who_is_no_superuser_applies_every_migration(operator: str, told: tuple[str, str, object]) -> None:
    with psycopg.connect(operator) as connection:
        assert connection.execute("select current_setting('is_superuser'), current_user").fetchone() == (
            "off",
            "postgres",
        )
        applied = connection.execute("select version from supabase_migrations.schema_migrations order by 1").fetchall()
    assert [version for (version,) in applied] == [version for version, _ in migrate.migration_files()]
    assert f"Applied {len(applied)} migrations" in told[0]
    assert "none were missing" in told[1]


def test_what_belongs_to_the_platform_stays_as_it_was(operator: str, told: tuple[str, str, list[object]]) -> None:
    assert len(told[2]) > 10
    assert _not_ours(operator) == told[2]


def test_each_release_prints_a_link_until_somebody_has_set_up(told: tuple[str, str, object]) -> None:
    links = [re.findall(rf"^{desk.PUBLIC}/\?setup=[\w-]{{40,}}$", one, re.M) for one in told[:2]]
    assert [len(found) for found in links] == [1, 1]
    assert links[0] != links[1]


@pytest.mark.parametrize("role", ["app_web", "app_worker"])
def test_both_logins_work_with_the_passwords_of_their_addresses_and_rule_over_nothing(
    operator: str, told: tuple[str, str, object], role: str
) -> None:
    with psycopg.connect(project.as_login(operator, role)) as connection:
        row = connection.execute(
            "select session_user::text, rolsuper or rolcreaterole or rolcreatedb or rolbypassrls "
            "from pg_roles where rolname = session_user"
        ).fetchone()
        assert row == (role, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select email from auth.users")


def test_walls_owned_by_the_operator_hold_and_let_members_in(
    operator: str, told: tuple[str, str, object], tmp_path: Path
) -> None:
    addresses = wiring.Addresses(
        operator, project.as_login(operator, "app_web"), project.as_login(operator, "app_worker")
    )
    world = make_world(addresses, tmp_path)
    cast = make_cast(world)
    assert cast.ana.user_id is not None
    with psycopg.connect(operator) as connection:
        fill(connection, world.web.ids, cast.acme, cast.ana.user_id)
        known = [name for name in tables(connection, "app") if name not in OF_NOBODY]
    with world.web.tx(cast.ana) as tx:
        assert {name for name in known if not _sees(tx, name)} == FOR_WORKERS
    with world.worker.tx(cast.worker) as tx:
        assert _sees(tx, "app.brands")
    for opened in (world.web.tx(Scope(cast.acme, cast.cleo.user_id)), world.web.tx(Scope(cast.acme))):
        with opened as tx:
            assert [name for name in known if _sees(tx, name)] == []
    world.close()


def _sees(tx: Tx, table: str) -> bool:
    return bool(tx.value(f"select exists (select from {table})", {}))  # type: ignore[arg-type]
