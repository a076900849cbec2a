"""
How soon due work starts, and how much of it a worker does. Real worker processes on their own database.

Targets: due work starts within 100 ms (p99, idle worker); 500 posts due at one instant have all started within 10 s,
none twice. Yardstick in the same run: bare procrastinate with an empty task, on the same database.
"""

import time
from datetime import timedelta
from uuid import UUID

from services import publishing
from services.events import PostDue
from tests.benchmarks import bare_queue
from tests.benchmarks.figures import Figure, percentile
from tests.crash.forms import REMOTES
from tests.crash.lane import Lane, open_lane
from tests.crash.tokens import access_token
from tests.crash.workers import Worker
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast, make_cast
from tests.makers.publishing import stored_pictures
from tests.makers.quick import approve_quickly

SINGLES, DUE_POSTS, BULK, CROWD, ORGS, WORKERS = 150, 40, 2_000, 500, 25, 3
CROWDED = ("instagram/0", "instagram/1", "facebook/0", "facebook/1")  # they take a drawn picture
TWO_DAYS = 172_800  # a crowd planned that far ahead has no checks of a day and an hour before beside it
PRODUCT = {
    "PUBLISHING_PACE": "1",
    "PROVIDER_TIMEOUT_SECONDS": "20",
    "WORKER_CONCURRENCY": "8",
    "WORKER_HEARTBEAT_SECONDS": "3",
    "WORKER_STALLED_SECONDS": "15",
}


def measure() -> list[Figure]:
    with open_lane(0, **PRODUCT) as lane:
        lane.refresh()
        bare_pickup = bare_queue.pickup_ms(lane.world.addresses.worker, SINGLES)
        bare_rate = bare_queue.rate(lane.world.addresses.worker, BULK)
        pickup, due = _idle(lane)
        rate = _bulk(lane)
        late, doubles = _crowd(lane)
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
        Figure(f"{CROWD} posts due at one instant, {WORKERS} workers: last one started after", max(late), "s", 10),
        Figure(f"{CROWD} posts due at one instant: doubles", doubles, "posts", 0),
    ]  # fmt: skip


def _idle(lane: Lane) -> tuple[list[float], list[float]]:
    """Milliseconds until a lone job starts, and until a post starts after its instant."""
    workers = _start(lane, 1)
    try:
        for _ in range(SINGLES):
            with lane.world.worker.tx(lane.worker_scope) as tx:
                tx.emit(PostDue(tx.new_id(), tx.new_id()))
            time.sleep(0.02)
        _until(lane, "select count(*) as n from app.job_runs where status = 'succeeded'", SINGLES)
        pickup = _column(lane, "select 1000 * extract(epoch from started_at - due_at) as v from app.job_runs")
        posts = _plan(lane, lane.cast, [lane.channels[name] for name in CROWDED], DUE_POSTS, spread_seconds=0.25)
        _until(lane, "select count(*) as n from app.posts where state = 'published'", DUE_POSTS)
        due = _column(
            lane, "select 1000 * extract(epoch from started_at - due_at) as v from app.posts where id = any (%(ids)s)",
            ids=posts,
        )  # fmt: skip
        return pickup, due
    finally:
        _end(workers)


def _bulk(lane: Lane) -> float:
    """Jobs per second of one worker that finds many waiting."""
    lane.refresh()
    with lane.world.worker.tx(lane.worker_scope) as tx:
        for _ in range(BULK):
            tx.emit(PostDue(tx.new_id(), tx.new_id()))
    lane.rows("analyze queue.procrastinate_jobs")
    workers = _start(lane, 1)
    try:
        _until(lane, "select count(*) as n from app.job_runs where status = 'succeeded'", BULK)
    finally:
        _end(workers)
    (row,) = lane.rows("select extract(epoch from max(finished_at) - min(started_at)) as seconds from app.job_runs")
    return BULK / float(row["seconds"])  # type: ignore[arg-type]


def _crowd(lane: Lane) -> tuple[list[float], int]:
    """Seconds after which each of many posts of one instant started, and how many were taken twice."""
    lane.refresh()
    lane.admin.settings(quota_total=10_000, containers_total=10_000)
    workers = _start(lane, WORKERS)
    try:
        posts: list[UUID] = []
        for cast in [make_cast(lane.world) for _ in range(ORGS)]:
            channels = [
                make_channel(
                    lane.world, cast, name.split("/")[0], token=access_token(lane.admin, name), remote_id=remote
                )
                for name, remote in REMOTES.items()
                if name in CROWDED
            ]
            posts += _plan(lane, cast, channels, CROWD // ORGS, spread_seconds=0, ahead_seconds=TWO_DAYS)
        lane.rows("update app.posts set due_at = now() + interval '2 seconds' where id = any (%(ids)s)", ids=posts)
        waiting = "select count(*) as n from app.posts where state = 'published' and id = any (%(ids)s)"
        _until(lane, waiting, CROWD, ids=posts)
        sql = "select extract(epoch from started_at - due_at) as v from app.posts where id = any (%(ids)s)"
        return _column(lane, sql, ids=posts), len(lane.admin.accepted()) - CROWD
    finally:
        _end(workers)


def _plan(
    lane: Lane, cast: Cast, channels: list[UUID], count: int, *, spread_seconds: float, ahead_seconds: float = 2.0
) -> list[UUID]:
    pictures, made = stored_pictures(lane.world.worker, cast), []
    for number in range(count):
        with lane.world.worker.tx(cast.worker) as tx:
            channel = channels[number % len(channels)]
            approval = approve_quickly(tx, cast.brand, channel, f"Post {number} of {cast.acme}", pictures)
            due_at = tx.now + timedelta(seconds=ahead_seconds + number * spread_seconds)
            made.append(publishing.plan_post(tx, approval, due_at, "UTC").id)
    return made


def _start(lane: Lane, count: int) -> list[Worker]:
    workers = [lane.zygote.start() for _ in range(count)]
    _until(lane, "select count(*) as n from queue.procrastinate_workers", count)
    time.sleep(1.0)
    return workers


def _end(workers: list[Worker]) -> None:
    for worker in workers:
        worker.end()


def _until(lane: Lane, sql: str, count: int, seconds: float = 240, **params: object) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if int(lane.rows(sql, **params)[0]["n"]) >= count:  # type: ignore[call-overload]
            return
        time.sleep(0.1)
    raise RuntimeError(f"not within {seconds} s: {sql}")


def _column(lane: Lane, sql: str, **params: object) -> list[float]:
    return [float(row["v"]) for row in lane.rows(sql, **params)]  # type: ignore[arg-type]
