"""
The calendar of a month with 2,000 posts among 40,000 of twenty organisations. Target: read, grouped and ready for the
browser in <= 300 ms. Yardstick in the same run: the ids and instants of the same posts as plain rows.
"""

import json
from types import SimpleNamespace
from typing import Any

import psycopg

from pages.parts import calendar_month, month
from services import publishing, schedule
from tests.benchmarks.database import bench_world
from tests.benchmarks.figures import Figure, median_ms
from tests.makers.accounts import make_channel
from tests.makers.calendar import make_listed
from tests.makers.cast import Cast, make_cast
from tests.makers.world import START, World

ZONE, ORGS, POSTS = "Europe/Berlin", 20, 2000
COPIES = """
with numbers as (
  select n, gen_random_uuid() as request, gen_random_uuid() as approval from generate_series(1, %(posts)s) n),
asked as (insert into app.review_requests (id, org_id, draft_id, version_id, state, asked_at)
  select request, r.org_id, r.draft_id, r.version_id, 'approved', r.asked_at from numbers, app.review_requests r
  join app.approvals a on a.request_id = r.id join app.posts p on p.approval_id = a.id where p.id = %(post)s),
given as (insert into app.approvals (id, org_id, request_id, version_id, channel_id, seal, sealed, approved_at)
  select approval, a.org_id, request, a.version_id, a.channel_id, a.seal, a.sealed, a.approved_at
  from numbers, app.approvals a join app.posts p on p.approval_id = a.id where p.id = %(post)s)
insert into app.posts (id, org_id, brand_id, channel_id, approval_id, version_id, seal, due_at, time_zone, state,
  state_at, created_at)
select gen_random_uuid(), p.org_id, p.brand_id, p.channel_id, approval, p.version_id, p.seal,
  '2026-11-01'::timestamptz + n * interval '21 minutes', p.time_zone, 'planned', p.state_at, p.created_at
from numbers, app.posts p where p.id = %(post)s
"""


def measure() -> list[Figure]:
    with bench_world() as world:
        cast = make_cast(world)
        for each in (cast, *(make_cast(world) for _ in range(ORGS - 1))):
            _fill(world, each)
        with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
            connection.execute("vacuum analyze")
        start, end = schedule.month_window(2026, 11, ZONE)

        def read() -> list[publishing.CalendarPost]:
            with world.web.tx(cast.ana) as tx:
                return publishing.calendar(tx, start, end)

        def plain() -> list[tuple[Any, ...]]:
            with world.web.tx(cast.ana) as tx:
                where = "where due_at >= %(start)s and due_at < %(end)s order by due_at, id"
                return tx.tuples(f"select id, due_at from app.posts {where}", {"start": start, "end": end})

        found = len(read())
        yardstick = median_ms(plain)
        return [
            Figure(f"Calendar month, {found:,} posts read", median_ms(read), "ms", 300, "plain rows", yardstick),
            Figure("… read, grouped by day, ready to send", median_ms(lambda: _drawn(read())), "ms", 300, "plain rows",
                   yardstick),
        ]  # fmt: skip


def _fill(world: World, cast: Cast) -> None:
    post = make_listed(world, cast, make_channel(world, cast), START)
    with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        connection.execute(COPIES, {"post": post, "posts": POSTS - 1})


def _drawn(posts: list[publishing.CalendarPost]) -> str:
    """What the month sends to the browser, without a browser to send it to."""
    sent: list[str] = []

    def mount(_: str, data: dict[str, Any], **__: Any) -> SimpleNamespace:
        sent.append(json.dumps(data))
        return SimpleNamespace(post=None, moved=None, day=None, more=None)

    real, month.mount = month.mount, mount
    try:
        month.month(2026, 11, calendar_month.by_day(posts, ZONE), today=START.date(), key="bench")
    finally:
        month.mount = real
    return sent[0]
