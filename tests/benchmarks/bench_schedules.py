"""
1,000 schedules of one organisation due at one instant: seconds until each of them has its start and its job.

Target: <= 5 s with one worker's sweep, the first one too. Yardstick in the same run: as many bare rows of starts, each
in a transaction of its own, written by the superuser past row security; no fire, no job, no next time.
"""

import statistics
import time

import psycopg

from services import jobs
from tests.benchmarks.database import bench_world
from tests.benchmarks.figures import Figure
from tests.makers.cast import Cast, make_cast
from tests.makers.schedules import clear, hourly, sweep
from tests.makers.world import World

SCHEDULES, ROUNDS, TARGET_SECONDS = 1_000, 5, 5.0

_COPIES = """
insert into app.schedules (id, org_id, name, kind, parameters, payload_version, cadence, misfire, grace_seconds,
  overlap, next_due_at, next_fire_at, created_at, updated_at)
select gen_random_uuid(), org_id, name || ' ' || n, kind, parameters, payload_version, cadence, misfire, grace_seconds,
  overlap, next_due_at, next_fire_at, created_at, updated_at from app.schedules, generate_series(2, %s) n"""
_BARE = """
insert into app.job_starts (id, org_id, kind, parameters, payload_version, origin, state, created_at, queued_at)
values (gen_random_uuid(), %s, 'demo', '{}', 1, 'person', 'succeeded', now(), now())"""


def measure() -> list[Figure]:
    with bench_world() as world, psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        cast = make_cast(world)
        clear(world)
        jobs.make_schedule(world.web, cast.ana, hourly())
        connection.execute(_COPIES, [SCHEDULES])
        connection.execute("analyze")
        taken = [_round(world, cast, connection) for _ in range(ROUNDS)]
    ours, bare, made = zip(*taken, strict=True)
    name = f"{SCHEDULES:,} schedules due at one instant"
    plain = statistics.median(bare)
    return [
        Figure(f"{name}: all started after, median", statistics.median(ours), "s", TARGET_SECONDS, "bare rows", plain),
        Figure(f"{name}: … the slowest of {ROUNDS}", max(ours), "s", TARGET_SECONDS, "bare rows", plain),
        Figure(f"{name}: starts made, with their jobs", float(min(made)), "starts", SCHEDULES, more_is_better=True),
    ]


def _round(world: World, cast: Cast, connection: psycopg.Connection[tuple[object, ...]]) -> tuple[float, float, int]:
    """One hour: seconds of the sweep, of as many bare rows, and how many starts it made whose job waits."""
    start = time.perf_counter()
    for _ in range(SCHEDULES):
        connection.execute(_BARE, [cast.acme])
    bare = time.perf_counter() - start
    world.clock.move(hours=1)
    start = time.perf_counter()
    sweep(world)
    took = time.perf_counter() - start
    ended = connection.execute(
        "update app.job_starts s set state = 'succeeded', finished_at = now() where s.state = 'waiting' and exists "
        "(select from queue.procrastinate_jobs j where j.queueing_lock = 'start:' || s.id and j.status = 'todo')"
    )
    return took, bare, ended.rowcount
