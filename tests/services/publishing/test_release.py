"""The sweeps: due to the second, each post once, and nothing stays anywhere for ever."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from services import publishing
from services.events import PostDue
from services.publishing import PostState, Reason
from services.publishing.pace import Pace
from services.publishing.steps.take import take
from tests.makers.publishing import Studio


def test_the_sweep_tells_when_the_next_post_is_due(studio: Studio) -> None:
    late, soon = studio.plan_in(3, "facebook"), studio.plan_in(1)
    upcoming = publishing.release_due(studio.app)
    assert upcoming is not None and upcoming <= soon.due_at < late.due_at


def test_a_post_is_released_by_one_of_many_sweeps_at_once(studio: Studio) -> None:
    posts = [studio.plan_in(1, "facebook", caption=str(number)) for number in range(6)]
    studio.world.clock.move(hours=1)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: publishing.release_due(studio.app), range(12)))
    assert [studio.queued(PostDue, post) for post in posts] == [1] * 6
    assert {studio.read(post).state for post in posts} == {PostState.DUE}


def test_a_release_leaves_a_line_in_the_history(studio: Studio) -> None:
    post = studio.plan_in(1)
    studio.world.clock.move(hours=1)
    publishing.release_due(studio.app)
    with studio.world.web.tx(studio.cast.ana) as tx:
        assert [line.to_state for line in publishing.history_of(tx, post.id)] == ["planned", "due"]


def test_a_due_post_whose_job_was_lost_is_queued_again(studio: Studio) -> None:
    post = studio.plan()
    studio.world.clock.move(seconds=61)
    publishing.sweep_deadlines(studio.app)
    assert studio.queued(PostDue, post) == 2


def test_a_taken_post_whose_worker_is_gone_is_queued_after_its_deadline(studio: Studio) -> None:
    post = studio.plan("facebook")
    with studio.world.worker.tx(studio.cast.worker) as tx:
        take(tx, post.id, Pace())
    studio.world.clock.move(seconds=121)
    publishing.sweep_deadlines(studio.app)
    assert studio.queued(PostDue, post) == 2
    assert studio.step(post).state is PostState.PUBLISHED


def test_a_post_found_more_than_a_day_late_asks_first(studio: Studio) -> None:
    post = studio.plan_in(1)
    studio.world.clock.move(hours=26)
    held = studio.step(post)
    assert (held.state, held.reason_class) == (PostState.HELD, Reason.LATE)
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.try_again(tx, post.id)
    assert studio.settle(post).state is PostState.PUBLISHED


def test_lateness_is_kept(studio: Studio) -> None:
    post = studio.plan_in(1)
    studio.world.clock.move(hours=1, seconds=40)
    assert studio.step(post).late_seconds == 40


def test_a_held_post_that_nobody_decides_on_fails_after_a_week(studio: Studio) -> None:
    post = studio.plan_in(1)
    studio.world.clock.move(hours=26)
    studio.step(post)
    studio.world.clock.move(hours=24 * 7 + 1)
    publishing.sweep_deadlines(studio.app)
    failed = studio.step(post)
    assert (failed.state, failed.reason_class) == (PostState.FAILED, Reason.GAVE_UP)


def test_unfinished_looks_go_on_once_a_day(studio: Studio) -> None:
    studio.practice.fault("http", match="/photos", status=500, count=1)
    post = studio.plan("facebook")
    studio.step(post)
    for _ in range(5):
        now = studio.wait_and_step(post)
    assert now.wake_at == studio.world.clock.now() + timedelta(days=1)
