"""
How fast competitor ads come in. Target: 100,000 rows checked and stored in 5 s at most.

The rows are the real export of 100 ads repeated under new ids, 600 bytes each. Yardstick in the same run: the same
rows, checked before, sent by a plain COPY as superuser into a table with the same columns and indexes.
"""

import csv
import io
import statistics
import time

import psycopg

from services import research
from services.kit.db import Scope
from services.research.checking import checked_rows
from services.research.queries.staging import COPY_ADS
from services.research.staged import StagedAd
from tests.benchmarks.database import bench_world
from tests.benchmarks.figures import Figure
from tests.makers.cast import make_cast
from tests.makers.research import ADS_CSV, layout_of, request
from tests.makers.world import World

ROWS, ROUNDS = 100_000, 3


def measure() -> list[Figure]:
    data = many_ads(ROWS)
    first, again, raw = [], [], []
    with bench_world() as world:
        for number in range(ROUNDS):
            scope = make_cast(world).ana
            first.append(_import_seconds(world, scope, data, f"first-{number}.csv"))
            again.append(_import_seconds(world, scope, data, f"again-{number}.csv"))
            raw.append(_raw_copy_seconds(world, data))
    yardstick = statistics.median(raw)
    return [
        Figure("100,000 ad rows checked and stored", statistics.median(first), "s", 5.0, "raw COPY", yardstick),
        Figure("the same 100,000 rows again", statistics.median(again), "s", 5.0, "raw COPY", yardstick),
    ]


def many_ads(count: int) -> bytes:
    """The real export, repeated under new ids."""
    rows = list(csv.reader(io.StringIO(ADS_CSV.read_text(encoding="utf-8"), newline="")))
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(rows[0])
    for number in range(count):
        writer.writerow([str(2447656412147213 + number), *rows[1 + number % 100][1:]])
    return out.getvalue().encode()


def _import_seconds(world: World, scope: Scope, data: bytes, name: str) -> float:
    """The job from its start to its end: reading the stored file, checking, storing."""
    import_id = request(world.web, scope, data, name)
    start = time.perf_counter()
    state = research.run_import(world.worker, Scope(scope.org_id), import_id)
    length = time.perf_counter() - start
    if state is not research.ImportState.DONE:
        raise RuntimeError(f"the import ended as {state}")
    return length


def _raw_copy_seconds(world: World, data: bytes) -> float:
    rows = [row.line for row in checked_rows(io.BytesIO(data), layout_of(data)) if isinstance(row, StagedAd)]
    with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        connection.execute("drop table if exists incoming")
        connection.execute(
            "create table incoming as select 0::int as row_number, kind, platform, remote_id, ''::text as owner_id, "
            "''::text as owner_name, bodies, titles, descriptions, captions, link, started_on, stopped_on, placements, "
            "languages, payer, impressions_lower, impressions_upper, spend_lower, spend_upper, spend_currency, reach, "
            "likes, comments, shares, views, content_hash from app.ads limit 0"
        )
        connection.execute("create unique index on incoming (platform, kind, remote_id)")
        connection.execute("create index on incoming (started_on desc nulls last, remote_id desc)")
        connection.execute("create index on incoming (owner_id, started_on desc)")
        start = time.perf_counter()
        with connection.cursor() as cursor, cursor.copy(COPY_ADS) as writer:
            writer.write(b"".join(rows))
        return time.perf_counter() - start
