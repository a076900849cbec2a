"""
What row security costs at 1,000,000 posts of 50 organisations. Target: at most 10 % over the same without it.

A policy costs a fixed 0.05 to 0.1 ms per statement (it asks once for the person's organisations) and nothing per row,
so a single short statement shows that fixed cost and is listed without a target; what a screen reads is held to it.
"""

import statistics
import time
from collections.abc import Callable
from uuid import UUID

import psycopg

from services.kit.db import Scope
from tests.benchmarks.database import bench_world
from tests.benchmarks.figures import Figure
from tests.makers.cast import Cast, make_cast
from tests.makers.world import World

ORGS, ROWS_PER_ORG = 50, 20_000
PAGE = "select id, due_at, state from app.bench_posts where org_id = %(org)s order by due_at desc, id desc limit 50"
COUNTS = "select state, count(*) from app.bench_posts where org_id = %(org)s group by state"
MONTH = (
    "select id, due_at, state, caption from app.bench_posts where org_id = %(org)s "
    "and due_at between now() and now() + interval '31 days' order by due_at limit 2000"
)
SCREEN = (PAGE, COUNTS, MONTH)


def measure() -> list[Figure]:
    with bench_world() as world:
        cast = make_cast(world)
        _fill(world, cast)
        return [
            _compare(world, cast, "RLS at 1M rows: a screen's read (page, counts, month)", SCREEN, 100, 1.1),
            _compare(world, cast, "RLS at 1M rows: one short statement (newest 50)", (PAGE,), 400, None),
        ]


def _fill(world: World, cast: Cast) -> None:
    with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        connection.execute(
            "create table app.bench_posts (id uuid primary key default gen_random_uuid(), org_id uuid not null, "
            "due_at timestamptz not null, state text not null, caption text not null)"
        )
        connection.execute(
            "insert into app.bench_posts (org_id, due_at, state, caption) select o.org, "
            "now() + make_interval(mins => r), case r %% 3 when 0 then 'planned' else 'published' end, "
            "repeat('x', 120) from (select case when n = 1 "
            "then %s::uuid else gen_random_uuid() end as org from generate_series(1, %s) n) o, "
            "generate_series(1, %s) r",
            [cast.acme, ORGS, ROWS_PER_ORG],
        )
        connection.execute("create index on app.bench_posts (org_id, due_at desc, id desc)")
        connection.execute("alter table app.bench_posts enable row level security, force row level security")
        connection.execute(
            "create policy bench_select on app.bench_posts for select to authenticated "
            "using (org_id = any ((select app.my_org_ids())::uuid[]))"
        )
        connection.execute("grant select on app.bench_posts to authenticated, service_role")
        connection.execute("vacuum analyze app.bench_posts")


def _compare(
    world: World, cast: Cast, name: str, statements: tuple[str, ...], rounds: int, allowed: float | None
) -> Figure:
    """The same statements under the policy and as a role that policies do not hold, in turns; statement time only."""
    with_rls, without = [], []
    for _ in range(rounds):
        with_rls.append(_timed(world.web.tx, cast.ana, statements, cast.acme))
        without.append(_timed(lambda _: world.worker.admin_tx(), cast.ana, statements, cast.acme))
    value, yardstick = statistics.median(with_rls), statistics.median(without)
    return Figure(name, value, "ms", yardstick * allowed if allowed else None, "the same without", yardstick)


def _timed(open_tx: Callable[[Scope], object], scope: Scope, statements: tuple[str, ...], org: UUID) -> float:
    with open_tx(scope) as tx:  # type: ignore[attr-defined]
        tx.tuples(PAGE, {"org": org})
        start = time.perf_counter()
        for statement in statements:
            tx.tuples(statement, {"org": org})
        return (time.perf_counter() - start) * 1000
