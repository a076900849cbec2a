"""Planning, moving, cancelling: who may, when, and once."""

from datetime import timedelta

import pytest

from services import approvals, identity, publishing, schedule
from services.events import PostDue
from services.kit.db import Scope
from services.publishing import PostState
from tests.makers.approvals import make_request
from tests.makers.publishing import Studio


def test_an_approved_ad_is_planned_and_stays_planned_until_its_time(studio: Studio) -> None:
    post = studio.plan_in(2)
    assert studio.step(post).state is PostState.PLANNED
    studio.world.clock.move(hours=2)
    assert studio.step(post).state is PostState.PROCESSING


def test_now_means_at_once(studio: Studio) -> None:
    post = studio.plan()
    assert post.state is PostState.DUE
    assert studio.queued(PostDue, post) == 1


def test_a_moment_that_has_passed_is_refused(studio: Studio) -> None:
    approval = studio.approve()
    with pytest.raises(schedule.TimePast), studio.world.web.tx(studio.cast.ana) as tx:
        publishing.plan_post(tx, approval, tx.now - timedelta(seconds=1), "Europe/Berlin")


def test_one_approval_is_one_post_however_often_it_is_clicked(studio: Studio) -> None:
    post = studio.plan()
    with pytest.raises(publishing.AlreadyPlanned), studio.world.web.tx(studio.cast.ben) as tx:
        publishing.plan_post(tx, post.approval_id, None, "Europe/Berlin")


def test_a_cancelled_post_leaves_its_approval_free_to_be_planned_again(studio: Studio) -> None:
    post = studio.plan_in(2)
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.cancel_post(tx, post.id)
        publishing.cancel_post(tx, post.id)
        again = publishing.plan_post(tx, post.approval_id, None, "Europe/Berlin")
    assert studio.settle(again).state is PostState.PUBLISHED
    assert len(studio.practice.accepted()) == 1


def test_a_withdrawn_approval_frees_nothing(studio: Studio) -> None:
    approval = studio.approve()
    with studio.world.web.tx(studio.cast.ana) as tx:
        tx.run("update app.approvals set withdrawn_at = now() where id = %(id)s", {"id": approval})
    with pytest.raises(publishing.ApprovalGone), studio.world.web.tx(studio.cast.ana) as tx:
        publishing.plan_post(tx, approval, None, "Europe/Berlin")


def test_what_the_platform_would_refuse_is_refused_here_first(studio: Studio) -> None:
    approval = studio.approve(caption="x" * 2_201)
    with pytest.raises(publishing.DoesNotFit, match="2200 characters"), studio.world.web.tx(studio.cast.ana) as tx:
        publishing.plan_post(tx, approval, None, "Europe/Berlin")


def test_a_planned_post_moves_and_a_started_one_does_not(studio: Studio) -> None:
    post = studio.plan_in(2)
    later = post.due_at + timedelta(days=1)
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.move_post(tx, post.id, later)
    assert studio.read(post).due_at == later
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.publish_now(tx, post.id)
    studio.step(post)
    with pytest.raises(publishing.PostLocked), studio.world.web.tx(studio.cast.ana) as tx:
        publishing.move_post(tx, post.id, later)
    with pytest.raises(publishing.PostLocked), studio.world.web.tx(studio.cast.ana) as tx:
        publishing.publish_now(tx, post.id)


def test_a_post_is_not_moved_into_the_past(studio: Studio) -> None:
    post = studio.plan_in(2)
    with pytest.raises(schedule.TimePast), studio.world.web.tx(studio.cast.ana) as tx:
        publishing.move_post(tx, post.id, tx.now)


def test_what_is_out_cannot_be_cancelled(studio: Studio) -> None:
    post = studio.plan("facebook")
    studio.settle(post)
    with pytest.raises(publishing.PostLocked), studio.world.web.tx(studio.cast.ana) as tx:
        publishing.cancel_post(tx, post.id)
    with pytest.raises(publishing.PostLocked), studio.world.web.tx(studio.cast.ana) as tx:
        publishing.try_again(tx, post.id)


def test_taking_a_decision_back_cancels_what_was_planned_on_it(studio: Studio) -> None:
    request_id = make_request(studio.world, studio.cast)
    with studio.world.web.tx(studio.cast.ben) as tx:
        (given,) = approvals.approve(tx, request_id, [studio.channel()])
        post = publishing.plan_post(tx, given.id, tx.now + timedelta(hours=1), "Europe/Berlin")
    with studio.world.web.tx(studio.cast.ben) as tx:
        publishing.undo_decision(tx, request_id)
    assert studio.read(post).state is PostState.CANCELLED


def test_a_decision_whose_post_is_out_stands(studio: Studio) -> None:
    request_id = make_request(studio.world, studio.cast)
    with studio.world.web.tx(studio.cast.ben) as tx:
        (given,) = approvals.approve(tx, request_id, [studio.channel("facebook")])
        post = publishing.plan_post(tx, given.id, None, "Europe/Berlin")
    studio.settle(post)
    with pytest.raises(publishing.PostLocked), studio.world.web.tx(studio.cast.ben) as tx:
        publishing.undo_decision(tx, request_id)


def _every_act(studio: Studio, scope: Scope, post: publishing.Post, approval: object) -> list[type[Exception]]:
    raised: list[type[Exception]] = []
    for act in (
        lambda tx: publishing.plan_post(tx, approval, None, "UTC"),  # type: ignore[arg-type]
        lambda tx: publishing.publish_now(tx, post.id),
        lambda tx: publishing.move_post(tx, post.id, post.due_at + timedelta(days=1)),
        lambda tx: publishing.cancel_post(tx, post.id),
        lambda tx: publishing.try_again(tx, post.id),
        lambda tx: publishing.confirm_absent(tx, post.id),
    ):
        try:
            with studio.world.web.tx(scope) as tx:
                act(tx)
        except Exception as error:  # noqa: BLE001 - which one is what is tested
            raised.append(type(error))
    return raised


def test_a_viewer_changes_nothing(studio: Studio) -> None:
    post, approval = studio.plan_in(2), studio.approve()
    assert _every_act(studio, studio.cast.vera, post, approval) == [identity.RoleTooLow] * 6
    assert studio.read(post).state is PostState.PLANNED


def test_cleo_finds_nothing_to_change(studio: Studio) -> None:
    post, approval = studio.plan_in(2), studio.approve()
    expected = [publishing.ApprovalNotFound] + [publishing.PostNotFound] * 5
    assert _every_act(studio, studio.cast.cleo, post, approval) == expected
    with pytest.raises(publishing.PostNotFound), studio.world.web.tx(studio.cast.cleo) as tx:
        publishing.post(tx, post.id)
    with studio.world.web.tx(studio.cast.cleo) as tx:
        assert publishing.attempts_of(tx, post.id) == [] == publishing.history_of(tx, post.id)
