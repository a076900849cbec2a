"""
How soon due work starts, and how much of it a worker does. Real worker processes on their own database.

Target: due work starts within 100 ms (p99, idle worker). Yardstick in the same run: bare procrastinate with an empty
task, on the same database.
"""

import time
from datetime import timedelta
from uuid import UUID

from services import publishing
from services.events import PostDue
from tests.benchmarks import bare_queue
from tests.benchmarks.busy import PRODUCT, column, end, start, until
from tests.benchmarks.figures import Figure, percentile
from tests.crash.lane import Lane, open_lane
from tests.makers.cast import Cast
from tests.makers.publishing import stored_pictures
from tests.makers.quick import approve_quickly

SINGLES, DUE_POSTS, BULK = 150, 40, 2_000
CROWDED = ("instagram/0", "instagram/1", "facebook/0", "facebook/1")  # they take a drawn picture


def measure() -> list[Figure]:
    with open_lane(0, **PRODUCT) as lane:
        lane.refresh()
        bare_pickup = bare_queue.pickup_ms(lane.world.addresses.worker, SINGLES)
        bare_rate = bare_queue.rate(lane.world.addresses.worker, BULK)
        pickup, due = _idle(lane)
        rate = _bulk(lane)
    bare = "bare procrastinate"
    return [
        Figure("Pickup of a job, idle worker, p50", percentile(pickup, 50), "ms", None, bare,
               percentile(bare_pickup, 50)),
        Figure("Pickup of a job, idle worker, p99", percentile(pickup, 99), "ms", 100, bare,
               percentile(bare_pickup, 99)),
        Figure("Start of a post after its instant, p50", percentile(due, 50), "ms"),
        Figure("Start of a post after its instant, p99", percentile(due, 99), "ms", 100),
        Figure("Jobs per second with run history, one worker", rate, "jobs/s", None, bare, bare_rate,
               more_is_better=True),
    ]  # fmt: skip


def _idle(lane: Lane) -> tuple[list[float], list[float]]:
    """Milliseconds until a lone job starts, and until a post starts after its instant."""
    workers = start(lane, 1)
    try:
        for _ in range(SINGLES):
            with lane.world.worker.tx(lane.worker_scope) as tx:
                tx.emit(PostDue(tx.new_id(), tx.new_id()))
            time.sleep(0.02)
        until(lane, "select count(*) as n from app.job_runs where status = 'succeeded'", SINGLES)
        pickup = column(lane, "select 1000 * extract(epoch from started_at - due_at) as v from app.job_runs")
        posts = _plan(lane, lane.cast, [lane.channels[name] for name in CROWDED], DUE_POSTS, spread_seconds=0.25)
        until(lane, "select count(*) as n from app.posts where state = 'published'", DUE_POSTS)
        due = column(
            lane, "select 1000 * extract(epoch from started_at - due_at) as v from app.posts where id = any (%(ids)s)",
            ids=posts,
        )  # fmt: skip
        return pickup, due
    finally:
        end(workers)


def _bulk(lane: Lane) -> float:
    """Jobs per second of one worker that finds many waiting."""
    lane.refresh()
    with lane.world.worker.tx(lane.worker_scope) as tx:
        for _ in range(BULK):
            tx.emit(PostDue(tx.new_id(), tx.new_id()))
    lane.rows("analyze queue.procrastinate_jobs")
    workers = start(lane, 1)
    try:
        until(lane, "select count(*) as n from app.job_runs where status = 'succeeded'", BULK)
    finally:
        end(workers)
    (row,) = lane.rows("select extract(epoch from max(finished_at) - min(started_at)) as seconds from app.job_runs")
    return BULK / float(row["seconds"])  # type: ignore[arg-type]


def _plan(lane: Lane, cast: Cast, channels: list[UUID], count: int, *, spread_seconds: float) -> list[UUID]:
    pictures, made = stored_pictures(lane.world.worker, cast), []
    for number in range(count):
        with lane.world.worker.tx(cast.worker) as tx:
            channel = channels[number % len(channels)]
            approval = approve_quickly(tx, cast.brand, channel, f"Post {number} of {cast.acme}", pictures)
            due_at = tx.now + timedelta(seconds=2 + number * spread_seconds)
            made.append(publishing.plan_post(tx, approval, due_at, "UTC").id)
    return made
