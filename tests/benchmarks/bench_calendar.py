"""
A month of 2,000 posts among 40,000 of twenty organisations, then among 20,000 of its own. Target: read, grouped, ready
for the browser in <= 300 ms, with drafts, campaigns and warnings. Yardstick in the same run: ids and instants of the
same posts as plain rows.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import psycopg

from pages.parts import calendar_month, month
from services import publishing, schedule
from tests.benchmarks.database import bench_world
from tests.benchmarks.figures import Figure, median_ms
from tests.makers.accounts import make_channel
from tests.makers.calendar import make_listed
from tests.makers.cast import Cast, make_cast
from tests.makers.world import START, World

ZONE, ORGS, POSTS, OTHER_MONTHS = "Europe/Berlin", 20, 2000, 9
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
  %(first)s::timestamptz + n * interval '21 minutes', p.time_zone, 'planned', p.state_at, p.created_at
from numbers, app.posts p where p.id = %(post)s
"""


def measure() -> list[Figure]:
    with bench_world() as world:
        cast = make_cast(world)
        channel = make_channel(world, cast)
        _fill(world, cast, channel)
        for each in (make_cast(world) for _ in range(ORGS - 1)):
            _fill(world, each, make_channel(world, each))
        _settle(world)
        start, end = schedule.days_window(date(2026, 10, 26), 42, ZONE)

        def read() -> list[publishing.CalendarPost]:
            with world.web.tx(cast.ana) as tx:
                return publishing.calendar(tx, start, end)

        def plain() -> list[tuple[Any, ...]]:
            with world.web.tx(cast.ana) as tx:
                where = "where due_at >= %(start)s and due_at < %(end)s order by due_at, id"
                return tx.tuples(f"select id, due_at from app.posts {where}", {"start": start, "end": end})

        def opened() -> str:
            with world.web.tx(cast.ana) as tx:
                posts = publishing.calendar(tx, start, end, publishing.CalendarFilter(brand_id=cast.brand))
                drafts = publishing.wanted(tx, start, end, publishing.CalendarFilter(brand_id=cast.brand))
                schedule.campaigns(tx, cast.brand, start.date(), end.date())
                warned = publishing.clashes(posts, publishing.same_text(tx, start, end))
            return _drawn(posts, warned, drafts)

        found = len(read())
        yardstick = median_ms(plain)
        figures = [
            Figure(f"Calendar month, {found:,} posts read", median_ms(read), "ms", 300, "plain rows", yardstick),
            Figure("… read, grouped by day, ready to send", median_ms(lambda: _drawn(read())), "ms", 300, "plain rows",
                   yardstick),
            Figure("… with drafts, campaigns and warnings", median_ms(opened), "ms", 300, "plain rows", yardstick),
        ]  # fmt: skip
        for number in range(1, OTHER_MONTHS + 1):
            _fill(world, cast, channel, start + timedelta(days=45 * number))
        _settle(world)
        label = f"The same month among {POSTS * (OTHER_MONTHS + 1):,} posts of this organisation"
        return [*figures, Figure(label, median_ms(opened), "ms", 300, "plain rows", median_ms(plain))]


def _fill(world: World, cast: Cast, channel: UUID, first: datetime = datetime(2026, 11, 1, tzinfo=UTC)) -> None:
    post = make_listed(world, cast, channel, first)
    with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        connection.execute(COPIES, {"post": post, "posts": POSTS - 1, "first": first})


def _settle(world: World) -> None:
    with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        connection.execute("vacuum analyze")


def _drawn(
    posts: list[publishing.CalendarPost],
    warned: Mapping[UUID, str] | None = None,
    drafts: Sequence[publishing.WantedDraft] = (),
) -> str:
    """What the month sends to the browser, without a browser to send it to."""
    sent: list[str] = []

    def mount(_: str, data: dict[str, Any], **__: Any) -> SimpleNamespace:
        sent.append(json.dumps(data))
        return SimpleNamespace(post=None, moved=None, day=None, more=None, bar=None)

    real, month.mount = month.mount, mount
    try:
        month.month(2026, 11, calendar_month.by_day(posts, ZONE, warned, drafts), today=START.date(), key="bench")
    finally:
        month.mount = real
    return sent[0]
