"""What people do with posts: plan, publish now, move, cancel, try again, take a decision back."""

from datetime import datetime
from uuid import UUID

from services import accounts, approvals, identity, schedule
from services.events import PostDue
from services.kit.db import Tx
from services.publishing.errors import (
    AlreadyPlanned,
    ApprovalGone,
    ApprovalNotFound,
    DoesNotFit,
    NotFetchable,
    PostLocked,
    PostNotFound,
    SealOnly,
)
from services.publishing.limits import check
from services.publishing.models import Outcome, Post, PostState
from services.publishing.moves import move
from services.publishing.pace import Pace
from services.publishing.queries import attempts, history, posts, sources
from services.publishing.reads import unfetchable
from services.publishing.registry import publisher_of
from services.publishing.rules import CANCELLABLE, may_try_again

_PACE = Pace()


def plan_post(tx: Tx, approval_id: UUID, due_at: datetime | None, time_zone: str) -> Post:
    """
    Plan an approved version on its channel for an instant; None is now.

    :param time_zone: in which people think of this post, for the calendar
    :raises ApprovalNotFound: no such approval in this organisation
    :raises ApprovalGone: it was withdrawn
    :raises AlreadyPlanned: it stands in the calendar already; a second click has no effect
    :raises TimePast: the instant is not to come
    :raises SealOnly: what is stored differs from what was approved
    :raises DoesNotFit: the platform would refuse it
    :raises NotFetchable: the platform fetches files itself, and cannot reach ours
    """
    identity.demand(tx, identity.Act.SCHEDULE)
    approval = sources.hold_approval(tx, approval_id)
    if approval is None:
        raise ApprovalNotFound()
    if approval.withdrawn_at is not None:
        raise ApprovalGone()
    if posts.for_approval(tx, approval_id):
        raise AlreadyPlanned()
    if due_at is not None and due_at <= tx.now:
        raise schedule.TimePast()
    _demand_fitting(tx, approval)
    is_now = due_at is None
    post = _new_post(tx, approval, due_at or tx.now, time_zone, is_now=is_now)
    if not posts.insert(tx, post):
        raise AlreadyPlanned()
    history.add(tx, post.id, None, post.state.value)
    identity.audit(tx, "published" if is_now else "scheduled", "post", post.id, due_at=post.due_at.isoformat())
    if is_now:
        tx.emit(PostDue(post.id, post.channel_id))
    return post


def publish_now(tx: Tx, post_id: UUID) -> None:
    """Let a planned post go at once. :raises PostLocked: it is no longer waiting for its time"""
    post = _held(tx, post_id)
    if post.state is not PostState.PLANNED:
        raise PostLocked()
    _release(tx, post, "published now")


def move_post(tx: Tx, post_id: UUID, due_at: datetime) -> None:
    """
    Move a planned post to another instant.

    :raises PostLocked: it is no longer waiting for its time
    :raises TimePast: the instant is not to come
    """
    post = _held(tx, post_id)
    if due_at <= tx.now:
        raise schedule.TimePast()
    if not posts.change_due(tx, post_id, due_at):
        raise PostLocked()
    history.add(tx, post_id, post.state.value, post.state.value, f"moved to {due_at.isoformat()}")
    identity.audit(tx, "moved", "post", post_id, due_at=due_at.isoformat())


def cancel_post(tx: Tx, post_id: UUID) -> None:
    """Take a post back before the call that cannot be taken back. :raises PostLocked: that call may be out"""
    post = _held(tx, post_id)
    if post.state is PostState.CANCELLED:
        return
    if post.state not in CANCELLABLE:
        raise PostLocked()
    move(tx, post, PostState.CANCELLED, _PACE)
    if post.attempt_id:
        attempts.finish(tx, post.attempt_id, Outcome.SUPERSEDED)
    identity.audit(tx, "cancelled", "post", post_id)


def try_again(tx: Tx, post_id: UUID) -> None:
    """
    Send a held or failed post to the start of the line, due now.

    :raises SealOnly: it stopped because of its approval, and only a new one helps
    :raises PostLocked: it has not stopped
    """
    post = _held(tx, post_id)
    if post.state not in (PostState.HELD, PostState.FAILED):
        raise PostLocked()
    if not may_try_again(post):
        raise SealOnly()
    _release(tx, post, "tried again")


def undo_decision(tx: Tx, request_id: UUID) -> None:
    """
    Take a decision back together with everything planned on it.

    The approvals are held before the posts, in the publisher's order: no deadlock, and no post planned in between.

    :raises PostLocked: one of its posts is on its way or out
    """
    approvals.take_back(tx, request_id)
    for post_id in posts.of_request(tx, request_id):
        cancel_post(tx, post_id)


def _held(tx: Tx, post_id: UUID) -> Post:
    identity.demand(tx, identity.Act.SCHEDULE)
    post = posts.lock(tx, post_id)
    if post is None:
        raise PostNotFound()
    return post


def _release(tx: Tx, post: Post, act: str) -> None:
    posts.release_again(tx, post.id, tx.now + _PACE.due_deadline)
    history.add(tx, post.id, post.state.value, PostState.DUE.value, act)
    identity.audit(tx, act, "post", post.id)
    tx.emit(PostDue(post.id, post.channel_id))


def _demand_fitting(tx: Tx, approval: sources.ApprovalLine) -> None:
    content = approvals.content_for(tx, approval.version_id, approval.channel_id)
    if content.seal() != approval.seal:
        raise SealOnly()
    problems = check(publisher_of(content).spec, content)
    if problems:
        raise DoesNotFit(" ".join(problem.sentence for problem in problems))
    channel = accounts.channel(tx, approval.channel_id)
    for problem in unfetchable(tx, content, is_practice=channel.is_practice):
        raise NotFetchable(problem.sentence)


def _new_post(tx: Tx, approval: sources.ApprovalLine, due_at: datetime, time_zone: str, *, is_now: bool) -> Post:
    return Post(
        id=tx.new_id(),
        org_id=tx.org_id,
        brand_id=approval.brand_id,
        channel_id=approval.channel_id,
        approval_id=approval.id,
        version_id=approval.version_id,
        seal=approval.seal,
        due_at=due_at,
        time_zone=time_zone,
        state=PostState.DUE if is_now else PostState.PLANNED,
        state_at=tx.now,
        deadline_at=tx.now + _PACE.due_deadline if is_now else None,
        released_at=tx.now if is_now else None,
    )
