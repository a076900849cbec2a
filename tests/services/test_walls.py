"""What the catalogue itself must say: row security everywhere, policies that scale, no door left open."""

import psycopg
import pytest

from tests.makers import postgres15
from tests.services.conftest import Scene

TABLES = """
with t as (select c.oid, n.nspname, n.nspname || '.' || c.relname as name, c.relrowsecurity, c.relforcerowsecurity
           from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where n.nspname in ('app', 'private') and c.relkind in ('r', 'p')),
p as (select t.nspname, t.name, t.name || '.' || pol.polname as policy, pol.polcmd, pol.polroles, pol.polpermissive,
        coalesce(pg_get_expr(polqual, polrelid), '') || ' ' || coalesce(pg_get_expr(polwithcheck, polrelid), '') as says
      from pg_policy pol join t on t.oid = pol.polrelid),
f as (select p.oid, p.oid::regprocedure::text as name, p.prosecdef, p.proconfig
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('app', 'private'))
"""

LINTS = {
    "row security is on": "select name from t where not relrowsecurity",
    "row security binds the owner too": "select name from t where not relforcerowsecurity",
    "every table has a policy": "select name from t where not exists (select from p where p.name = t.name)",
    "every policy names its roles": "select policy from p where 0 = any (polroles)",
    "a policy of an organisation's scope is for one command": (
        "select policy from p where polcmd = '*' and 'authenticated'::regrole = any (polroles)"
    ),
    "one permissive policy per command and role": (
        "select name || ' ' || polcmd::text || ' ' || r::regrole::text from p, unnest(polroles) r "
        "where polpermissive group by name, polcmd, r having count(*) > 1"
    ),
    "no policy calls a function per row": r"""
        select policy from p where regexp_replace(says, '\( ?SELECT [a-z_]+\.[a-z_]+\(\)( AS [a-z_]+)?\)', '', 'gi')
          ~ '(auth|app)\.[a-z_]+\(|current_setting\('""",
    "an organisation's scope is never let in by a policy that asks nothing": (
        "select policy from p where 'authenticated'::regrole = any (polroles) and says ~ '^ *true *(true)? *$'"
    ),
    "every foreign key has an index": """
        select con.conrelid::regclass || '.' || con.conname from pg_constraint con join t on t.oid = con.conrelid
        where con.contype = 'f' and not exists (select from pg_index i where i.indrelid = con.conrelid
          and (i.indkey::int2[])[0:cardinality(con.conkey) - 1] @> con.conkey)""",
    "the organisation comes first in some index": """
        select t.name from t join pg_attribute a on a.attrelid = t.oid and a.attname = 'org_id'
        where t.nspname = 'app' and not exists (
          select from pg_index i where i.indrelid = t.oid and i.indkey[0] = a.attnum)
        and t.name <> 'app.org_members'""",
    "an org_id is never empty": """
        select t.name from t join pg_attribute a on a.attrelid = t.oid and a.attname = 'org_id'
        where t.nspname = 'app' and not a.attnotnull and t.name not in (
          -- what the installation does for itself belongs to no organisation
          'app.job_runs', 'app.run_log_lines', 'app.job_starts', 'app.schedules', 'app.schedule_fires')""",
    "functions with their owner's rights are closed to anon and pin their search path": """
        select name from f where prosecdef and (has_function_privilege('anon', oid, 'execute')
          or not exists (select from unnest(proconfig) c where c like 'search\\_path=%'))""",
    "no function is open to everybody": "select name from f where has_function_privilege('anon', oid, 'execute')",
    "anon may use nothing": """
        select g.table_schema || '.' || g.table_name from information_schema.role_table_grants g
        where g.table_schema in ('app', 'private', 'queue') and g.grantee in ('anon', 'PUBLIC')""",
    "no scope reaches the queue or the secrets": """
        select g.table_schema || '.' || g.table_name from information_schema.role_table_grants g
        where g.table_schema in ('private', 'queue', 'auth') and g.grantee = 'authenticated'""",
    "nobody may truncate": """
        select g.table_schema || '.' || g.table_name || ' ' || g.grantee from information_schema.role_table_grants g
        where g.table_schema in ('app', 'private') and g.privilege_type = 'TRUNCATE' and g.grantee <> 'postgres'""",
    "views ask with the caller's rights": """
        select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('app', 'private') and c.relkind = 'v'
          and not coalesce('security_invoker=true' = any (c.reloptions), false)""",
}


@pytest.mark.parametrize("lint", LINTS)
def test_the_catalogue_has_nothing_to_say_against(scene: Scene, lint: str) -> None:
    with psycopg.connect(scene.world.addresses.admin) as connection:
        found = [row[0] for row in connection.execute(TABLES + LINTS[lint])]  # type: ignore[operator]
    assert found == [], lint


MISTAKES = """
create table app.mistakes (id int primary key, org_id uuid references app.organisations (id));
create table app.more_mistakes (id int primary key, org_id uuid not null references app.organisations (id));
create index more_mistakes_org on app.more_mistakes (org_id);
alter table app.more_mistakes enable row level security;
create policy per_row on app.more_mistakes for select to authenticated using (org_id = any (app.my_org_ids()));
create policy asks_nothing on app.more_mistakes for select to authenticated using (true);
create policy all_of_it on app.more_mistakes for all to authenticated using (id > 0);
create policy for_everybody on app.more_mistakes for delete using (id > 0);
grant select on app.mistakes to anon;
grant truncate on app.mistakes to authenticated;
create view app.wide as select id from app.mistakes;
create function app.open_door() returns int language sql security definer as 'select 1';
create table queue.peek (id int);
grant select on queue.peek to authenticated;
"""


def test_every_lint_notices_its_mistake(scene: Scene) -> None:
    with psycopg.connect(scene.world.addresses.admin) as connection:
        connection.execute(MISTAKES)
        silent = [lint for lint, query in LINTS.items() if not connection.execute(TABLES + query).fetchall()]
        connection.rollback()
    assert silent == []


def test_the_server_is_the_one_the_test_is_named_after(scene: Scene, request: pytest.FixtureRequest) -> None:
    with psycopg.connect(scene.world.addresses.admin) as connection:
        version = connection.info.server_version // 10_000
    assert version == (postgres15.major() if "postgres15" in request.node.name else 18)
