"""A look for a lost answer ends with a person being asked, whatever the platform says meanwhile."""

from datetime import timedelta

from services.kit.db import Scope
from services.publishing import PostState, Reason, confirm_absent
from services.publishing.moves import Grip, record
from services.publishing.publisher import Receipt
from services.publishing.queries import attempts
from tests.makers.publishing import Studio
from tests.services.publishing.test_lost_answers import _asked_about, _publish_losing


def test_a_platform_that_asks_to_wait_at_every_look_is_not_waited_for_longer_than_days(studio: Studio) -> None:
    post = _publish_losing(studio, "facebook", "/photos", kind="http", status=503)
    studio.practice.fault("http", match="/published_posts", status=429, headers={"Retry-After": "3600"}, body={})
    begun = studio.world.clock.now()
    while post.reason_class != Reason.UNPROVEN:
        post = studio.wait_and_step(post)
        assert studio.world.clock.now() - begun < timedelta(days=3), post.reason
    assert post.state is PostState.UNCONFIRMED


def test_an_answer_that_comes_between_a_persons_not_there_and_the_next_attempt_counts(studio: Studio) -> None:
    post = _asked_about(studio, performs=True)
    (accepted,) = studio.practice.accepted()
    with studio.world.worker.tx(Scope(studio.cast.acme)) as tx:
        attempt = attempts.one(tx, post.attempt_id) if post.attempt_id else None
    assert attempt is not None
    grip = Grip(post, attempt)
    with studio.world.web.tx(studio.cast.ana) as tx:
        confirm_absent(tx, post.id)
    with studio.world.worker.tx(Scope(studio.cast.acme)) as tx:
        record(tx, grip, Receipt(accepted["id"]), "The answer came late.")
    assert studio.settle(post).remote_id == accepted["id"] and len(studio.practice.accepted()) == 1
