"""Asking for a decision, and taking the question back."""

from datetime import timedelta

import pytest

from services import approvals, creative, identity
from services.kit.db import Scope
from tests.makers.approvals import make_request
from tests.makers.cast import Cast
from tests.makers.creative import make_draft, make_version
from tests.makers.world import World


def _state(world: World, scope: Scope, request_id: object) -> str:
    with world.web.tx(scope) as tx:
        return str(tx.value("select state from app.review_requests where id = %(id)s", {"id": request_id}))


def test_asking_twice_for_one_version_is_one_request(world: World, cast: Cast) -> None:
    kept = make_version(world, cast)
    with world.web.tx(cast.ana) as tx:
        first = approvals.ask(tx, kept.id, note="First")
    with world.web.tx(cast.ben) as tx:
        assert approvals.ask(tx, kept.id, note="Second") == first
        assert [item.note for item in approvals.waiting_queue(tx)] == ["First"]


def test_a_later_version_replaces_the_question_about_the_earlier_one(world: World, cast: Cast) -> None:
    kept = make_version(world, cast)
    with world.web.tx(cast.ana) as tx:
        earlier = approvals.ask(tx, kept.id)
        creative.save_draft(tx, kept.draft_id, caption="Better words.")
    better = creative.keep_version(world.web, cast.ana, kept.draft_id)
    with world.web.tx(cast.ana) as tx:
        later = approvals.ask(tx, better.id)
        assert [item.id for item in approvals.waiting_queue(tx)] == [later]
        assert approvals.count_waiting(tx) == 1
    assert _state(world, cast.ana, earlier) == "replaced"


def test_what_goes_out_first_stands_first_then_the_oldest(world: World, cast: Cast) -> None:
    kept = [make_version(world, cast, name=name) for name in ("No time", "Late", "Soon")]
    now = world.clock.now()
    wanted = [None, now + timedelta(days=3), now + timedelta(hours=2)]
    for version, at in zip(kept, wanted, strict=True):
        with world.web.tx(cast.ana) as tx:
            approvals.ask(tx, version.id, wanted_at=at)
    with world.web.tx(cast.ben) as tx:
        assert [item.name for item in approvals.waiting_queue(tx)] == ["Soon", "Late", "No time"]


def test_the_queue_tells_who_asked_and_which_version(world: World, cast: Cast) -> None:
    make_request(world, cast)
    with world.web.tx(cast.ben) as tx:
        (item,) = approvals.waiting_queue(tx)
    assert (item.asked_by_name, item.version_number, item.name) == ("Ana", 1, "Made this morning")
    assert item.thumb_key


def test_only_who_asked_withdraws_the_question(world: World, cast: Cast) -> None:
    request_id = make_request(world, cast)
    with pytest.raises(approvals.OwnWork), world.web.tx(cast.ben) as tx:
        approvals.withdraw_request(tx, request_id)
    with world.web.tx(cast.ana) as tx:
        approvals.withdraw_request(tx, request_id)
        assert approvals.waiting_queue(tx) == []
    with pytest.raises(approvals.AlreadyDecided), world.web.tx(cast.ana) as tx:
        approvals.withdraw_request(tx, request_id)


def test_an_ad_that_waits_is_not_archived_and_an_archived_one_is_not_asked_about(world: World, cast: Cast) -> None:
    kept = make_version(world, cast)
    with world.web.tx(cast.ana) as tx:
        request_id = approvals.ask(tx, kept.id)
    with pytest.raises(creative.WaitsForDecision), world.web.tx(cast.ana) as tx:
        creative.archive_draft(tx, kept.draft_id)
    with world.web.tx(cast.ana) as tx:
        approvals.withdraw_request(tx, request_id)
        creative.archive_draft(tx, kept.draft_id)
    with pytest.raises(approvals.VersionNotFound), world.web.tx(cast.ana) as tx:
        approvals.ask(tx, kept.id)


def test_a_viewer_asks_nothing(world: World, cast: Cast) -> None:
    kept = make_version(world, cast)
    with pytest.raises(identity.RoleTooLow), world.web.tx(cast.vera) as tx:
        approvals.ask(tx, kept.id)


def test_cleo_sees_no_queue_and_cannot_ask_or_withdraw(world: World, cast: Cast) -> None:
    request_id = make_request(world, cast)
    kept = make_draft(world, cast)
    with world.web.tx(cast.cleo) as tx:
        assert approvals.waiting_queue(tx) == [] == approvals.decided_queue(tx)
        assert approvals.count_waiting(tx) == 0
        with pytest.raises(approvals.VersionNotFound):
            approvals.ask(tx, kept.id)
        with pytest.raises(approvals.RequestNotFound):
            approvals.withdraw_request(tx, request_id)
