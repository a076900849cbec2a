"""Comments, levels and digests: who is told, once."""

from services import approvals, notifications
from services.approvals import Level, Mode
from services.kit.db import Scope
from tests.makers.approvals import make_request
from tests.makers.cast import Cast
from tests.makers.world import World
from worker.tasks import notifications as jobs


def _told(world: World, scope: Scope) -> list[tuple[str, str, str]]:
    with world.web.tx(scope) as tx:
        return [(notice.title, notice.body, notice.link) for notice in notifications.notices(tx)]


def test_mentioned_people_and_who_asked_are_told_once_and_the_writer_is_not(world: World, cast: Cast) -> None:
    request_id = make_request(world, cast, name="Cone")
    with world.web.tx(cast.ben) as tx:
        draft_id = approvals.queue_item(tx, request_id).draft_id
        made = approvals.comment(tx, draft_id, "@Vera and @Ben: is the cone new?")
    for _ in range(2):
        jobs.tell_comment(world.worker, cast.acme, made)
    link = f"/approvals?request={request_id}"
    assert _told(world, cast.vera) == [("Ben mentions you on “Cone”", "@Vera and @Ben: is the cone new?", link)]
    assert [title for title, *_ in _told(world, cast.ana)] == ["Ben wrote about “Cone”"]
    assert _told(world, cast.ben) == []
    assert _told(world, cast.cleo) == []


def test_a_comment_taken_away_is_not_told(world: World, cast: Cast) -> None:
    request_id = make_request(world, cast)
    with world.web.tx(cast.ben) as tx:
        made = approvals.comment(tx, approvals.queue_item(tx, request_id).draft_id, "@Ana no")
        approvals.remove_comment(tx, made)
    jobs.tell_comment(world.worker, cast.acme, made)
    assert _told(world, cast.ana) == []


def test_without_approvals_nobody_is_asked(world: World, cast: Cast) -> None:
    request_id = make_request(world, cast)
    with world.web.tx(cast.ana) as tx:
        approvals.set_policy(tx, cast.brand, Mode.NONE)
    jobs.tell_review_requested(world.worker, cast.acme, request_id)
    assert _told(world, cast.ana) == _told(world, cast.ben) == []


def test_each_level_is_told_when_its_turn_comes(world: World, cast: Cast) -> None:
    request_id = make_request(world, cast, cast.ben)
    assert cast.ana.user_id
    levels = [Level(people=(cast.ana.user_id,)), Level(people=(cast.ana.user_id,))]
    with world.web.tx(cast.ana) as tx:
        approvals.set_policy(tx, cast.brand, Mode.LEVELS, levels)
    jobs.tell_review_requested(world.worker, cast.acme, request_id)
    with world.web.tx(cast.ana) as tx:
        approvals.approve(tx, request_id, [])
    for _ in range(2):
        jobs.tell_review_requested(world.worker, cast.acme, request_id)
    assert len(_told(world, cast.ana)) == 2


def test_the_digest_names_two_counts_all_and_comes_up_once_a_day_while_it_is_unread(world: World, cast: Cast) -> None:
    for name in ("One", "Two", "Three"):
        make_request(world, cast, name=name)
    world.clock.move(days=2)
    for on in ("2026-11-25", "2026-11-25", "2026-11-26"):
        jobs.tell_digest(world.worker, cast.acme, on)
    [(title, body, link)] = _told(world, cast.ben)
    with world.web.tx(cast.ben) as tx:
        assert [notice.count for notice in notifications.notices(tx)] == [2]
    assert (title, link) == ("3 wait for your decision", "/approvals")
    assert "and 1 more. The oldest waits for 2 days." in body
    assert _told(world, cast.ana) == []
