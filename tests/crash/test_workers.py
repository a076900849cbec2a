"""Several worker processes over one database simply work, and end in order."""

import signal
import time
from collections.abc import Callable, Iterator

import pytest

from services import publishing
from tests.crash.files import VERSIONS
from tests.crash.forms import ALL, FORMS, channels_of, choices, words_of
from tests.crash.lane import Lane, open_lane
from tests.crash.mischief import restart_database
from tests.crash.play import Planned, all_ended, placed_for
from tests.crash.scenario import PostPlan
from tests.makers.posted import approve_files

pytestmark = pytest.mark.crash


@pytest.fixture(scope="module")
def lane() -> Iterator[Lane]:
    with open_lane(0) as lane:
        yield lane


def _plan(lane: Lane, count: int) -> list[Planned]:
    """Posts of every format in turn."""
    planned = []
    for number in range(count):
        platform, kind = ALL[number % len(ALL)]
        channel = channels_of(platform)[0]
        plan = PostPlan(channel, kind, 0, number % VERSIONS)
        caption, placed = words_of(number, plan.words, kind), placed_for(lane, plan)
        with lane.world.worker.tx(lane.worker_scope) as tx:
            own, words = {platform: choices(channel, kind)}, (caption, FORMS[plan.form].link)
            approval = approve_files(tx, lane.cast.brand, lane.channels[channel], words, placed, own)
            post = publishing.plan_post(tx, approval, None, "UTC")
        planned.append(Planned(post.id, plan, caption))
    return planned


def _wait(seconds: float, reached: Callable[[], object]) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if reached():
            return True
        time.sleep(0.05)
    return False


def test_three_workers_started_at_once_share_fifty_two_posts_of_all_formats_without_a_double(lane: Lane) -> None:
    lane.refresh()
    workers = [lane.zygote.start() for _ in range(3)]
    try:
        planned = _plan(lane, 2 * len(ALL))
        assert _wait(90, lambda: all_ended(lane, planned))
        threads = sum(one.plan.format == "thread" for one in planned)
        assert len(lane.admin.accepted()) == len(planned) + 2 * threads  # of three parts
        states = lane.rows("select distinct state from app.posts where id = any (%(i)s)", i=[p.id for p in planned])
        assert states == [{"state": "published"}]
        used = lane.rows("select count(distinct worker) as n from app.job_runs where task = 'publishing.step'")
        assert used == [{"n": 3}]
        assert not any(worker.has_ended() for worker in workers)
    finally:
        for worker in workers:
            worker.end()


def test_a_worker_asked_to_stop_ends_in_order_and_leaves_no_sign_of_life(lane: Lane) -> None:
    lane.refresh()
    lane.rows("delete from app.worker_beats")
    worker = lane.zygote.start()
    assert _wait(30, lambda: lane.rows("select id from queue.procrastinate_workers"))
    assert _wait(30, lambda: lane.rows("select worker from app.worker_beats"))
    worker.send(signal.SIGTERM)
    assert _wait(20, worker.has_ended)
    assert worker.status == 0
    assert lane.rows("select id from queue.procrastinate_workers") == []
    assert lane.rows("select worker from app.worker_beats") == []


def test_a_worker_goes_on_after_the_database_was_away(lane: Lane) -> None:
    lane.refresh()
    worker = lane.zygote.start()
    try:
        assert _wait(30, lambda: lane.rows("select id from queue.procrastinate_workers"))
        restart_database(lane)
        planned = _plan(lane, 2)
        assert _wait(45, lambda: all_ended(lane, planned))
        assert not worker.has_ended()
    finally:
        worker.end()
