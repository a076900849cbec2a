"""
The approvals queue of 5,000 waiting requests among 25,000 of five organisations. Target: the first page, with the count
of what waits for this person, read and ready for the browser in <= 300 ms. Yardstick in the same run: plain ids.
"""

import json
from typing import Any

import psycopg

from services import approvals
from tests.benchmarks.database import bench_world
from tests.benchmarks.figures import Figure, median_ms
from tests.makers.approvals import make_request
from tests.makers.cast import Cast, make_cast
from tests.makers.world import World

ORGS, REQUESTS, PAGE = 5, 5000, 100
COPIES = """
with numbers as (
  select n, gen_random_uuid() as draft, gen_random_uuid() as version from generate_series(1, %(count)s) n),
drafted as (insert into app.drafts (id, org_id, brand_id, name, template, created_at, updated_at)
  select draft, d.org_id, d.brand_id, d.name || ' ' || n, d.template, d.created_at, d.updated_at
  from numbers, app.drafts d join app.review_requests r on r.draft_id = d.id where r.id = %(request)s),
kept as (insert into app.draft_versions (id, org_id, draft_id, number, name, template, fields, caption, link, alt_text,
    media, created_by, created_at)
  select version, v.org_id, draft, 1, v.name || ' ' || n, v.template, v.fields, v.caption, v.link, v.alt_text, v.media,
    v.created_by, v.created_at
  from numbers, app.draft_versions v join app.review_requests r on r.version_id = v.id where r.id = %(request)s)
insert into app.review_requests (id, org_id, draft_id, version_id, state, asked_by, asked_at, wanted_at)
select gen_random_uuid(), r.org_id, draft, version, 'waiting', r.asked_by, r.asked_at + n * interval '1 second',
  case when n %% 3 > 0 then r.asked_at + n * interval '7 minutes' end
from numbers, app.review_requests r where r.id = %(request)s
"""


def measure() -> list[Figure]:
    with bench_world() as world:
        cast = make_cast(world)
        for each in (cast, *(make_cast(world) for _ in range(ORGS - 1))):
            _fill(world, each)
        with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
            connection.execute("vacuum analyze")

        def first_page() -> str:
            with world.web.tx(cast.ben) as tx:
                deciders = approvals.deciders(tx)
                lines = approvals.waiting(tx)
                mine = [one for one in lines if approvals.is_asked(one, cast.ben.user_id, deciders)]  # type: ignore[arg-type]
                assert len(mine) == REQUESTS
                items = approvals.items(tx, [one.id for one in mine[:PAGE]])
            return json.dumps([item.model_dump(mode="json") for item in items])

        def plain() -> list[tuple[Any, ...]]:
            with world.web.tx(cast.ben) as tx:
                where = "where state = 'waiting' order by wanted_at nulls last, asked_at, id"
                return tx.tuples(f"select id from app.review_requests {where}", {})

        yardstick = median_ms(plain)
        name = f"Approvals queue, {REQUESTS:,} waiting: first page and counts"
        return [Figure(name, median_ms(first_page), "ms", 300, "plain ids", yardstick)]


def _fill(world: World, cast: Cast) -> None:
    request = make_request(world, cast)
    with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        connection.execute(COPIES, {"request": request, "count": REQUESTS - 1})
