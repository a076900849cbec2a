"""
How long the library takes with 100,000 files. Run: python -m tests.benchmarks.bench_media

Targets: first page <= 300 ms; page 1,000 within 20 % of page 1. Yardstick in the same run: the same rows read by the
superuser, past row security, in one bare statement (page 1,000 with `offset`, as it would be without a cursor).
"""

import statistics
import time
from collections.abc import Callable

import psycopg

from services import media
from tests.benchmarks.database import bench_world
from tests.benchmarks.figures import Figure
from tests.makers.cast import Cast, make_cast
from tests.makers.world import World

FILES = 100_000
ROUNDS = 41
DEEP = 999 * media.PAGE_SIZE  # files in front of page 1,000

_FILL = """
insert into app.assets (id, org_id, brand_id, kind, source, original_name, file_key, content_type, size_bytes, sha256,
  original_sha256, width, height, tags, rights_end_on, created_at)
select gen_random_uuid(), %(org)s::uuid, null, case when n %% 10 = 0 then 'video' else 'image' end, 'upload',
  'picture ' || n || '.jpg', %(org)s::uuid || '/' || n, 'image/jpeg', 100000 + n, repeat(md5(n::text), 2),
  repeat(md5(n::text), 2), 1080, 1350, array['tag ' || n %% 40],
  case when n %% 50 = 0 then date '2027-01-01' + n %% 400 end, now() - n * interval '1 minute'
from generate_series(1, %(files)s) n"""
_BARE = (
    "select id, original_name, file_key, thumb_key, width, height, duration_seconds, colours, tags, rights_end_on "
    "from app.assets where org_id = %s and deleted_at is null order by created_at desc, id desc limit 61 offset %s"
)


def measure() -> list[Figure]:
    """Fill two organisations with 100,000 files each, and look at one of them."""
    with bench_world() as world, psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        cast = make_cast(world)
        for org in (cast.acme, cast.other):
            connection.execute(_FILL, {"org": org, "files": FILES})
        connection.execute("vacuum analyze app.assets")
        return _figures(world, cast, connection)


def _figures(world: World, cast: Cast, connection: psycopg.Connection[tuple[object, ...]]) -> list[Figure]:
    def bare(offset: int) -> Callable[[], object]:
        return lambda: connection.execute(_BARE, [cast.acme, offset]).fetchall()

    behind = _cursor(connection, cast, DEEP)
    took = _medians(
        {
            "bare": bare(0),
            "offset": bare(DEEP),
            "first": lambda: _page(world, cast, None),
            "deep": lambda: _page(world, cast, behind),
            "screen": lambda: _screen(world, cast),
            "word": lambda: _page(world, cast, None, "9999"),
        }
    )
    first, deep = took["first"], took["deep"]
    name = "library of 100,000 files"
    return [
        Figure(f"{name}: all reads of the first page", took["screen"], "ms", 300, "bare statement", took["bare"]),
        Figure(f"{name}: page 1", first, "ms", None, "bare statement", took["bare"]),
        Figure(f"{name}: page 1,000", deep, "ms", first * 1.2, "page 1", first),
        Figure(f"{name}: page 1,000", deep, "ms", None, "bare statement with offset", took["offset"]),
        Figure(f"{name}: a word in the names", took["word"], "ms", 300, "bare statement", took["bare"]),
    ]


def _page(world: World, cast: Cast, behind: media.Cursor | None, text: str = "") -> None:
    with world.web.tx(cast.ana) as tx:
        found = media.page(tx, media.Filters(text=text), after=behind)
    assert found.assets


def _screen(world: World, cast: Cast) -> None:
    """What the screen reads: counts, tags, the page, uses, and an address for each picture."""
    with world.web.tx(cast.ana) as tx:
        told, tags, found = media.counts(tx), media.tags(tx), media.page(tx)
        media.count_uses(tx, [asset.id for asset in found.assets])
    shown = media.addresses(world.web, [asset.thumb_key for asset in found.assets if asset.thumb_key])
    assert told.files == FILES and tags and len(found.assets) == media.PAGE_SIZE and not shown


def _cursor(connection: psycopg.Connection[tuple[object, ...]], cast: Cast, offset: int) -> media.Cursor:
    row = connection.execute(
        "select created_at, id from app.assets where org_id = %s order by created_at desc, id desc limit 1 offset %s",
        [cast.acme, offset - 1],
    ).fetchone()
    assert row is not None
    return media.Cursor(created_at=row[0], id=row[1])  # type: ignore[arg-type]


def _medians(acts: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Round by round, so that a busy moment of the machine strikes all alike; in milliseconds."""
    took: dict[str, list[float]] = {name: [] for name in acts}
    for act in acts.values():
        act()
    for _ in range(ROUNDS):
        for name, act in acts.items():
            start = time.perf_counter()
            act()
            took[name].append((time.perf_counter() - start) * 1000)
    return {name: statistics.median(values) for name, values in took.items()}


def main() -> None:
    """Print one line per figure."""
    for figure in measure():
        print(f"{figure.name:48} {figure.value:8.2f} ms   {figure.yardstick_name} {figure.yardstick:8.2f} ms")


if __name__ == "__main__":
    main()
