"""
How long the Jobs screen's reads take with 1,000,000 finished runs of one organisation and as many of another.

Targets: first page <= 300 ms, page 1,000 the same, and so with each filter. Yardstick in the same run: the same page
read by the superuser, past row security, in one bare statement (page 1,000 with `offset`, as without a key).
"""

from collections.abc import Callable

import psycopg

from services import jobs
from services.jobs import Place, RunFilter, Shown
from tests.benchmarks.database import bench_world
from tests.benchmarks.figures import Figure, median_ms
from tests.makers.cast import Cast, make_cast
from tests.makers.world import World

RUNS, TARGET_MS = 1_000_000, 300
DEEP = 999 * jobs.PAGE  # runs in front of page 1,000

_FILL = """
insert into app.job_runs (org_id, job_id, task, attempt, subject_id, status, due_at, started_at, finished_at, error,
  note, kind, brand_id, origin, trace_id, inputs, api_calls)
select %(org)s::uuid, %(first)s + n, (array['publishing.step', 'media.make_thumbnail', 'metrics.read_post',
    'notifications.tell_post_published', 'jobs.run_start'])[1 + n %% 5], 1, md5((n / 3)::text),
  case when n %% 50 = 0 then 'failed' when n %% 333 = 0 then 'lost' when n %% 90000 = 0 then 'quarantined'
    when n %% 40 = 0 then 'retrying' else 'succeeded' end,
  now() - n * interval '3 seconds' - case when n %% 70 = 0 then interval '2 minutes' else interval '0' end,
  now() - n * interval '3 seconds', now() - n * interval '3 seconds' + interval '1 second',
  case when n %% 50 = 0 then 'Rejected: picture ' || n || ' is too small' end, '',
  case when n %% 5 = 4 then 'demo' end, case when n %% 5 = 4 then %(brand)s::uuid end,
  case when n %% 5 = 4 then 'schedule' end, md5('trace' || n::text), '{"post_id": "7"}', n %% 4
from generate_series(1, %(runs)s) n"""
_BARE = (
    "select id, task, attempt, status, due_at, started_at, finished_at, error from app.job_runs "
    "where org_id = %s order by started_at desc, id desc limit 51 offset %s"
)
_FILTERS = {
    "failed": RunFilter(shown=Shown.FAILED),
    "quarantined": RunFilter(shown=Shown.QUARANTINED),
    "dead letters": RunFilter(shown=Shown.DEAD),
    "late": RunFilter(shown=Shown.LATE),
    "one task": RunFilter(name="metrics.read_post"),
    "one kind": RunFilter(name="demo"),
    "set off by a schedule": RunFilter(origin="schedule"),
    "words of an error": RunFilter(text="picture 250000"),
    "words of every error": RunFilter(text="picture small"),
    "a trace id": RunFilter(text="5d4c8a1b" * 4),
}


def measure() -> list[Figure]:
    with bench_world() as world, psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        cast = make_cast(world)
        for number, org in enumerate((cast.acme, cast.other)):
            first = (number + 1) * 10 * RUNS
            connection.execute(_FILL, {"org": org, "first": first, "brand": cast.brand, "runs": RUNS})
        connection.execute("vacuum analyze app.job_runs")
        return _figures(world, cast, connection)


def _figures(world: World, cast: Cast, connection: psycopg.Connection[tuple[object, ...]]) -> list[Figure]:
    def bare(offset: int) -> float:
        return median_ms(lambda: connection.execute(_BARE, [cast.acme, offset]).fetchall())

    name = f"{RUNS:,} finished runs"
    plain, offset, brand = bare(0), bare(DEEP), {"of one brand": RunFilter(brand_id=cast.brand)}
    deep = _behind(connection, cast)
    figures = [
        Figure(f"{name}: page 1", median_ms(_page(world, cast, RunFilter())), "ms", TARGET_MS, "bare statement", plain),
        Figure(f"{name}: page 1,000", median_ms(_page(world, cast, RunFilter(), deep)), "ms", TARGET_MS,
               "bare statement with offset", offset),
        Figure(f"{name}: what the whole screen reads", median_ms(lambda: _screen(world, cast)), "ms", TARGET_MS,
               "bare statement", plain),
    ]  # fmt: skip
    for words, wanted in {**_FILTERS, **brand}.items():
        took = median_ms(_page(world, cast, wanted), rounds=7, warm_up=1)
        figures.append(Figure(f"{name}: {words}, page 1", took, "ms", TARGET_MS, "bare statement", plain))
    for words in ("failed", "one task", "late"):
        took = median_ms(_page(world, cast, _FILTERS[words], deep), rounds=7, warm_up=1)
        figures.append(Figure(f"{name}: {words}, a page far below", took, "ms", TARGET_MS, "bare statement", plain))
    return figures


def _page(world: World, cast: Cast, wanted: RunFilter, below: Place | None = None) -> Callable[[], object]:
    def read() -> jobs.RunPage:
        with world.web.tx(cast.ana) as tx:
            return jobs.list_runs(tx, wanted, below=below)

    return read


def _screen(world: World, cast: Cast) -> None:
    with world.web.tx(cast.ana) as tx:
        jobs.board(tx)
        jobs.list_runs(tx, RunFilter())
        jobs.waiting_jobs(tx, RunFilter())


def _behind(connection: psycopg.Connection[tuple[object, ...]], cast: Cast) -> Place:
    """The last run of page 999."""
    sql = (
        "select started_at, id from app.job_runs where org_id = %s order by started_at desc, id desc limit 1 offset %s"
    )
    row = connection.execute(sql, [cast.acme, DEEP - 1]).fetchone()
    assert row is not None
    return Place(started_at=row[0], id=row[1])  # type: ignore[arg-type]
