"""What the jobs tell people: once, to those concerned, leading to the thing; and nothing of what is gone."""

from services import approvals, notifications
from tests.makers.accounts import make_channel
from tests.makers.approvals import make_request
from tests.makers.calendar import make_listed
from tests.makers.cast import Cast
from tests.makers.world import World
from worker.tasks import notifications as jobs


def _told(world: World, scope: object) -> list[tuple[str, str]]:
    with world.web.tx(scope) as tx:  # type: ignore[arg-type]
        return [(notice.title, notice.link) for notice in notifications.notices(tx)]


def test_a_thing_that_is_gone_is_not_told_and_fails_nothing(world: World, cast: Cast) -> None:
    for tell in (jobs.tell_import_finished, jobs.tell_review_requested, jobs.tell_post_stopped):
        tell(world.worker, cast.acme, world.web.ids.new())
    assert _told(world, cast.ana) == []


def test_who_may_decide_is_told_of_a_question_and_its_author_is_not(world: World, cast: Cast) -> None:
    request_id = make_request(world, cast, cast.ben)
    jobs.tell_review_requested(world.worker, cast.acme, request_id)
    assert [link for _, link in _told(world, cast.ana)] == [f"/approvals?request={request_id}"]
    assert _told(world, cast.ben) == []
    assert _told(world, cast.cleo) == []


def test_an_author_is_told_of_the_decision_with_its_reason(world: World, cast: Cast) -> None:
    request_id = make_request(world, cast, cast.ben)
    with world.web.tx(cast.ana) as tx:
        approvals.reject(tx, request_id, "The logo is too small")
    jobs.tell_draft_decided(world.worker, cast.acme, request_id)
    jobs.tell_draft_decided(world.worker, cast.acme, request_id)
    with world.web.tx(cast.ben) as tx:
        (notice,) = notifications.notices(tx)
    assert "was rejected" in notice.title
    assert "The logo is too small" in notice.body
    assert _told(world, cast.ana) == []


def test_published_and_stopped_posts_are_told_once_and_lead_to_the_post(world: World, cast: Cast) -> None:
    channel = make_channel(world, cast, "instagram")
    out = make_listed(world, cast, channel, world.clock.now(), "published")
    failed = make_listed(world, cast, channel, world.clock.now(), "failed")
    for _ in range(2):
        jobs.tell_post_published(world.worker, cast.acme, out)
        jobs.tell_post_stopped(world.worker, cast.acme, failed)
    assert {link for _, link in _told(world, cast.ana)} == {f"/calendar?post={out}", f"/calendar?post={failed}"}
    assert len(_told(world, cast.ana)) == 2
