"""A worker that died or slept: another takes over, and the first one's writes no longer count."""

import pytest

from services import publishing
from services.kit.db import Scope
from services.publishing import Outcome, PostState
from services.publishing.moves import Grip, Lost, advance, record
from services.publishing.pace import Pace
from services.publishing.publisher import Receipt
from services.publishing.queries import attempts
from services.publishing.rules import ATTEMPTS_MOST
from services.publishing.steps.take import take
from tests.makers.publishing import Studio

PACE = Pace()


def _taken(studio: Studio, post: publishing.Post) -> Grip:
    with studio.world.worker.tx(Scope(studio.cast.acme)) as tx:
        grip = take(tx, post.id, PACE)
    assert grip is not None
    return grip


def _attempts(studio: Studio, post: publishing.Post) -> list[publishing.Attempt]:
    with studio.world.worker.tx(studio.cast.worker) as tx:
        return publishing.attempts_of(tx, post.id)


def test_a_post_whose_worker_is_gone_starts_again_under_a_new_attempt(studio: Studio) -> None:
    post = studio.plan("facebook")
    first = _taken(studio, post)
    assert studio.step(post).state is PostState.PUBLISHED
    old, new = _attempts(studio, post)
    assert (old.id, old.outcome, new.outcome) == (first.attempt.id, Outcome.SUPERSEDED, Outcome.PUBLISHED)


def test_a_woken_workers_step_is_discarded(studio: Studio) -> None:
    post = studio.plan("facebook")
    sleeper = _taken(studio, post)
    _taken(studio, post)
    with pytest.raises(Lost), studio.world.worker.tx(studio.cast.worker) as tx:
        advance(tx, sleeper, PACE, PostState.UPLOADING)


def test_the_container_of_the_first_try_is_used_by_the_next(studio: Studio) -> None:
    post = studio.plan("instagram")
    studio.step(post)
    studio.world.clock.move(seconds=2)
    _taken(studio, post)
    assert studio.settle(post).state is PostState.PUBLISHED
    assert len({attempt.remote["container"] for attempt in _attempts(studio, post)}) == 1


def _with_intent(studio: Studio, platform: str) -> tuple[publishing.Post, Grip]:
    """As a worker leaves it that dies right after its intent."""
    post = studio.plan(platform)
    if platform == "instagram":
        studio.step(post)
        studio.world.clock.move(seconds=2)
    grip = _taken(studio, post)
    with studio.world.worker.tx(studio.cast.worker) as tx:
        grip = advance(tx, grip, PACE, PostState.READY)
        attempts.set_intent(tx, grip.attempt.id, "0" * 64)
        return post, advance(tx, grip, PACE, PostState.PUBLISHING)


def test_an_intent_without_an_outcome_is_unknown_and_not_repeated(studio: Studio) -> None:
    post, _ = _with_intent(studio, "facebook")
    assert studio.step(post).state is PostState.UNCONFIRMED
    assert studio.practice.requests("/photos") == []
    assert studio.settle(post, most=4).state is PostState.UNCONFIRMED


def test_an_instagram_intent_that_was_never_sent_is_proven_absent_and_published(studio: Studio) -> None:
    post, _ = _with_intent(studio, "instagram")
    assert studio.settle(post).state is PostState.PUBLISHED
    assert len(studio.practice.accepted()) == 1


def test_a_late_success_is_still_written_while_nobody_else_tried(studio: Studio) -> None:
    post, sleeper = _with_intent(studio, "facebook")
    studio.step(post)
    with studio.world.worker.tx(studio.cast.worker) as tx:
        record(tx, sleeper, Receipt("1_2"), "")
    assert studio.read(post).remote_id == "1_2"


def test_a_late_success_is_discarded_once_another_attempt_owns_the_post(studio: Studio) -> None:
    post, sleeper = _with_intent(studio, "instagram")
    assert studio.settle(post).state is PostState.PUBLISHED
    with pytest.raises(Lost), studio.world.worker.tx(studio.cast.worker) as tx:
        record(tx, sleeper, Receipt("1_2"), "")
    assert studio.read(post).remote_id == studio.practice.accepted()[0]["id"]


def test_a_cancelled_post_stops_the_worker_that_has_it_in_hand(studio: Studio) -> None:
    post = studio.plan("facebook")
    grip = _taken(studio, post)
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.cancel_post(tx, post.id)
    with pytest.raises(Lost), studio.world.worker.tx(studio.cast.worker) as tx:
        advance(tx, grip, PACE, PostState.UPLOADING)
    assert studio.step(post).state is PostState.CANCELLED
    assert studio.practice.requests("/photos") == []


def test_a_worker_that_slept_before_the_call_does_not_make_it(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    def sleep_at(name: str) -> None:
        if name == "publish.intent":
            studio.world.clock.move(seconds=6)

    monkeypatch.setattr("services.publishing.steps.publish.failpoint", sleep_at)
    post = studio.plan("facebook")
    assert studio.step(post).state is PostState.READY
    assert studio.practice.requests("/photos") == []
    monkeypatch.undo()
    assert studio.wait_and_step(post).state is PostState.PUBLISHED


def test_endless_restarts_end_in_a_plain_failure(studio: Studio) -> None:
    post = studio.plan("facebook")
    for _ in range(ATTEMPTS_MOST):
        _taken(studio, post)
    assert studio.step(post).state is PostState.FAILED
    studio.world.clock.move(seconds=1)
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.try_again(tx, post.id)  # a person may want it all the same, and begins a new count
    assert studio.settle(post).state is PostState.PUBLISHED
    assert len(studio.practice.accepted("facebook")) == 1
