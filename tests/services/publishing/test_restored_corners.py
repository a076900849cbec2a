"""Corners of the guard against a restored database: what it must notice, and what it must not take for one."""

from datetime import timedelta

import psycopg

from services import publishing
from services.kit.db import Scope
from services.publishing import PostState, Reason
from services.publishing.moves import advance
from services.publishing.pace import Pace
from services.publishing.queries import attempts, pulse
from services.publishing.sent_list import Sent
from services.publishing.steps.take import take
from tests.makers.accounts import make_channel
from tests.makers.linkedin import ROBIN, SCOPES
from tests.makers.posted import plan_files
from tests.makers.publishing import Studio
from tests.services.publishing.test_restored import brought_back

PACE = Pace()


def _try_again(studio: Studio, post: publishing.Post) -> None:
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.try_again(tx, post.id)


def test_a_backup_from_before_any_worker_ran_is_noticed(studio: Studio) -> None:
    post = studio.plan("facebook")
    with brought_back(studio):
        with psycopg.connect(studio.world.addresses.admin) as connection:
            assert connection.execute("select count(*) from app.publishing_pulse").fetchone() == (0,)
        assert studio.settle(post).state is PostState.PUBLISHED
        studio.world.clock.move(minutes=5)
        publishing.release_due(studio.app)
    studio.world.clock.move(seconds=30)
    after = studio.settle(post)
    assert (after.state, after.reason_class) == (PostState.HELD, Reason.RESTORED)
    assert len(studio.practice.accepted("facebook")) == 1


def test_an_attempt_that_hands_its_media_over_anew_is_still_known_by_its_intent(studio: Studio) -> None:
    publishing.release_due(studio.app)
    post = studio.plan("instagram")
    with studio.world.worker.tx(Scope(studio.cast.acme)) as tx:
        grip = take(tx, post.id, PACE)
        assert grip is not None
        intent_at = attempts.set_intent(tx, grip.attempt.id, "1" * 64)
        attempts.clear_intent(tx, grip.attempt.id)
        attempts.set_step(tx, grip.attempt.id, "uploading", "2" * 64)
        advance(tx, grip, PACE, PostState.UPLOADING)
    sent = [Sent(intent_at, post.id, grip.attempt.id, "1" * 64)]
    studio.world.clock.move(seconds=6)
    with studio.app.admin_tx() as tx:
        pulse.beat(tx, PACE.gap, None, sent)
        assert pulse.doubt_of(tx, post.id) is None


def _restored_and_late(studio: Studio, post: publishing.Post) -> publishing.Post:
    """It went out, the database forgot, and a person tries it again over a day later."""
    with brought_back(studio):
        studio.world.clock.move(minutes=1)
        assert studio.settle(post).state is PostState.PUBLISHED
    studio.world.clock.move(hours=30)
    assert studio.settle(post).reason_class in (Reason.LATE, Reason.GAVE_UP)
    _try_again(studio, post)
    return studio.settle(post)


def test_one_listed_to_nobody_that_is_held_for_its_age_is_not_sent_by_a_try(studio: Studio) -> None:
    token = studio.practice.token("linkedin", SCOPES, ROBIN)
    make_channel(studio.world, studio.cast, "linkedin", token=token, remote_id=ROBIN)
    publishing.release_due(studio.app)
    post = plan_files(studio, "linkedin", (), "Fresh today.", format="text")
    assert _restored_and_late(studio, post).reason_class == Reason.RESTORED
    assert len(studio.practice.accepted("linkedin")) == 1
    _try_again(studio, post)
    assert studio.settle(post).state is PostState.PUBLISHED  # a person looked, and wants it


def test_a_story_is_listed_for_a_day_only_and_not_sent_by_a_try(studio: Studio) -> None:
    publishing.release_due(studio.app)
    post = plan_files(studio, "instagram", ("picture",), "", format="story")
    assert _restored_and_late(studio, post).reason_class == Reason.RESTORED
    assert len(studio.practice.accepted("instagram")) == 1


def test_a_list_that_does_not_reach_back_proves_nothing(studio: Studio) -> None:
    publishing.release_due(studio.app)
    post = studio.plan("facebook")
    with brought_back(studio):
        studio.world.clock.move(minutes=1)
        assert studio.settle(post).state is PostState.PUBLISHED
    studio.world.clock.move(hours=30)
    assert studio.settle(post).reason_class in (Reason.LATE, Reason.GAVE_UP)
    for number in range(26):
        studio.world.clock.move(minutes=2)
        assert studio.settle(studio.plan("facebook", caption=f"Number {number}.")).state is PostState.PUBLISHED
    _try_again(studio, post)
    after = studio.settle(post)
    assert (after.state, after.reason_class) == (PostState.HELD, Reason.RESTORED)
    assert len(studio.practice.accepted("facebook")) == 27


def test_one_in_doubt_that_is_moved_to_a_later_time_stays_so(studio: Studio) -> None:
    post = studio.plan_in(1, "facebook")
    with studio.world.worker.admin_tx() as tx:
        tx.run("select app.mark_restored(%(now)s, %(now)s)", {"now": tx.now})
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.move_post(tx, post.id, tx.now + timedelta(hours=2))
        doubt = pulse.doubt_of(tx, post.id)
    assert doubt is not None and doubt.until >= studio.read(post).due_at
