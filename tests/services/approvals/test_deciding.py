"""Approve, reject, take back: by whom, once, with a reason."""

from datetime import timedelta
from uuid import UUID

import psycopg
import pytest

from services import approvals, creative, identity
from services.approvals import decide
from services.events import DraftDecided
from services.kit.db import Scope, Tx
from services.kit.errors import RightLost
from tests.makers.accounts import make_channel
from tests.makers.approvals import make_approval, make_request
from tests.makers.cast import Cast, make_brand
from tests.makers.world import World


def _demote(world: World, scope: Scope, role: str = "viewer") -> None:
    with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        connection.execute("update app.org_members set role = %s where user_id = %s", [role, scope.user_id])


def test_approving_seals_the_version_for_each_channel_and_tells_the_jobs(world: World, cast: Cast) -> None:
    request_id = make_request(world, cast)
    channels = [make_channel(world, cast, platform) for platform in ("instagram", "facebook")]
    with world.web.tx(cast.ben) as tx:
        given = approvals.approve(tx, request_id, [*channels, channels[0]])
        seals = {one.channel_id: approvals.content_for(tx, one.version_id, one.channel_id).seal() for one in given}
        (event,) = [event for _, event in tx.take_events()]
    assert {one.channel_id: one.seal for one in given} == seals
    assert len(set(seals.values())) == 2
    assert event == DraftDecided(request_id)
    assert all(one.approved_by == cast.ben.user_id for one in given)


def test_who_made_it_does_not_approve_it(world: World, cast: Cast) -> None:
    request_id, channel = make_request(world, cast), make_channel(world, cast)
    with pytest.raises(approvals.OwnWork), world.web.tx(cast.ana) as tx:
        approvals.approve(tx, request_id, [channel])
    with pytest.raises(approvals.OwnWork), world.web.tx(cast.ana) as tx:
        approvals.reject(tx, request_id, "Not mine to say")


def test_the_only_member_who_can_decide_approves_their_own_work(world: World, cast: Cast) -> None:
    request_id, channel = make_request(world, cast), make_channel(world, cast)
    _demote(world, cast.ben)
    with world.web.tx(cast.ana) as tx:
        assert len(approvals.approve(tx, request_id, [channel])) == 1


def test_a_version_made_by_one_and_sent_by_the_other_can_still_be_decided(world: World, cast: Cast) -> None:
    request_id, channel = make_request(world, cast), make_channel(world, cast)
    with world.web.tx(cast.ana) as tx:
        (item,) = approvals.waiting_queue(tx)
        approvals.withdraw_request(tx, request_id)
    with world.web.tx(cast.ben) as tx:
        again = approvals.ask(tx, item.version_id)
    with world.web.tx(cast.ana) as tx:
        assert approvals.approve(tx, again, [channel])


def test_a_decided_request_cannot_be_decided_again(world: World, cast: Cast) -> None:
    given = make_approval(world, cast)
    with pytest.raises(approvals.AlreadyDecided), world.web.tx(cast.ben) as tx:
        approvals.approve(tx, given.request_id, [given.channel_id])
    with pytest.raises(approvals.AlreadyDecided), world.web.tx(cast.ben) as tx:
        approvals.reject(tx, given.request_id, "Too late")


def test_rejecting_needs_a_reason_that_the_author_reads(world: World, cast: Cast) -> None:
    request_id = make_request(world, cast)
    with pytest.raises(approvals.ReasonMissing), world.web.tx(cast.ben) as tx:
        approvals.reject(tx, request_id, "  \n")
    with world.web.tx(cast.ben) as tx:
        approvals.reject(tx, request_id, " The cone is cut off. ")
    with world.web.tx(cast.ana) as tx:
        (item,) = approvals.decided_queue(tx)
    assert (item.state, item.reason, item.decided_by_name) == ("rejected", "The cone is cut off.", "Ben")


def test_no_channel_a_lost_channel_and_another_brands_channel_are_refused(world: World, cast: Cast) -> None:
    request_id = make_request(world, cast)
    lost = make_channel(world, cast, state="needs_reconnect")
    elsewhere = make_channel(world, cast, "facebook", brand=make_brand(world, cast.acme, "Second"))
    for channels, error in (
        ([], approvals.NoChannel),
        ([lost], approvals.ChannelNotConnected),
        ([elsewhere], approvals.ChannelElsewhere),
    ):
        with pytest.raises(error), world.web.tx(cast.ben) as tx:
            approvals.approve(tx, request_id, channels)
    with world.web.tx(cast.ben) as tx:
        assert approvals.count_waiting(tx) == 1
        assert approvals.approvals_of(tx, request_id) == []


def test_a_role_lost_between_look_and_click_refuses(world: World, cast: Cast) -> None:
    request_id, channel = make_request(world, cast), make_channel(world, cast)
    with world.web.tx(cast.ben) as tx:
        (item,) = approvals.waiting_queue(tx)
        assert approvals.may_decide(item, cast.ben.user_id, approvals.deciders(tx))  # type: ignore[arg-type]
    _demote(world, cast.ben)
    with pytest.raises(identity.RoleTooLow), world.web.tx(cast.ben) as tx:
        approvals.approve(tx, request_id, [channel])


def test_a_role_lost_within_the_click_is_refused_by_the_database_in_a_plain_sentence(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    request_id, channel = make_request(world, cast), make_channel(world, cast)

    def asked_and_then_demoted(*_: object) -> None:
        _demote(world, cast.ben)

    monkeypatch.setattr(identity, "demand", asked_and_then_demoted)
    with pytest.raises((RightLost, approvals.RequestNotFound)) as refused:
        with world.web.tx(cast.ben) as tx:
            approvals.approve(tx, request_id, [channel])
    assert refused.value.sentence
    with world.web.tx(cast.ana) as tx:
        assert approvals.count_waiting(tx) == 1
        assert approvals.approvals_of(tx, request_id) == []


def test_a_role_lost_before_the_seal_is_written_is_told_as_such(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    request_id, channel = make_request(world, cast), make_channel(world, cast)
    built = decide.content_for

    def built_and_then_demoted(tx: Tx, version_id: UUID, channel_id: UUID) -> approvals.SealedContent:
        _demote(world, cast.ben)
        return built(tx, version_id, channel_id)

    monkeypatch.setattr(decide, "content_for", built_and_then_demoted)
    with pytest.raises(RightLost) as refused, world.web.tx(cast.ben) as tx:
        approvals.approve(tx, request_id, [channel])
    assert "role changed meanwhile" in refused.value.sentence
    with world.web.tx(cast.ana) as tx:
        assert approvals.count_waiting(tx) == 1
        assert approvals.approvals_of(tx, request_id) == []


def test_a_decision_taken_back_waits_again_and_its_approvals_free_nothing(world: World, cast: Cast) -> None:
    given = make_approval(world, cast)
    with world.web.tx(cast.ben) as tx:
        approvals.take_back(tx, given.request_id)
        assert approvals.approvals_of(tx, given.request_id) == []
        assert [item.id for item in approvals.waiting_queue(tx)] == [given.request_id]
        (second,) = approvals.approve(tx, given.request_id, [given.channel_id])
    assert second.id != given.id
    assert second.seal == given.seal


def test_only_who_decided_takes_it_back_and_only_once(world: World, cast: Cast) -> None:
    given = make_approval(world, cast)
    with pytest.raises(approvals.OwnWork), world.web.tx(cast.ana) as tx:
        approvals.take_back(tx, given.request_id)
    with world.web.tx(cast.ben) as tx:
        approvals.take_back(tx, given.request_id)
    with pytest.raises(approvals.NotDecided), world.web.tx(cast.ben) as tx:
        approvals.take_back(tx, given.request_id)


def test_a_decision_stays_where_a_later_version_waits_already(world: World, cast: Cast) -> None:
    given = make_approval(world, cast)
    with world.web.tx(cast.ana) as tx:
        draft_id = creative.version(tx, given.version_id).draft_id
        creative.save_draft(tx, draft_id, caption="A later text.")
    later = creative.keep_version(world.web, cast.ana, draft_id)
    with world.web.tx(cast.ana) as tx:
        approvals.ask(tx, later.id)
    with pytest.raises(approvals.LaterWaits), world.web.tx(cast.ben) as tx:
        approvals.take_back(tx, given.request_id)


def test_decisions_are_counted_per_person_and_the_worker_decides_nothing(world: World, cast: Cast) -> None:
    given = make_approval(world, cast)
    since = world.clock.now() - timedelta(days=7)
    with world.web.tx(cast.ana) as tx:
        assert approvals.count_decided(tx, cast.ben.user_id, since) == 1  # type: ignore[arg-type]
        assert approvals.count_decided(tx, cast.ana.user_id, since) == 0  # type: ignore[arg-type]
    with world.web.tx(cast.ben) as tx:
        approvals.take_back(tx, given.request_id)
    with pytest.raises(identity.RoleTooLow), world.worker.tx(cast.worker) as tx:
        approvals.approve(tx, given.request_id, [given.channel_id])


def test_cleo_and_a_viewer_decide_nothing_at_acme(world: World, cast: Cast) -> None:
    request_id, channel = make_request(world, cast), make_channel(world, cast)
    for scope, error in ((cast.cleo, approvals.RequestNotFound), (cast.vera, identity.RoleTooLow)):
        with pytest.raises(error), world.web.tx(scope) as tx:
            approvals.approve(tx, request_id, [channel])
        with pytest.raises(error), world.web.tx(scope) as tx:
            approvals.take_back(tx, request_id)
