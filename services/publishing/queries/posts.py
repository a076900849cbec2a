"""The posts: read, held, moved from state to state."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from services.kit import tracing
from services.kit.db import Tx
from services.publishing.models import Post, PostState


def insert(tx: Tx, post: Post) -> int:
    """0 where the approval has a living post already."""
    return tx.run(
        "insert into app.posts (id, org_id, brand_id, channel_id, approval_id, version_id, seal, due_at, time_zone, "
        "state, state_at, deadline_at, released_at, created_by, created_at, traceparent) values (%(id)s, %(org_id)s, "
        "%(brand_id)s, %(channel_id)s, %(approval_id)s, %(version_id)s, %(seal)s, %(due_at)s, %(time_zone)s, "
        "%(state)s, %(state_at)s, %(deadline_at)s, %(released_at)s, %(user)s, %(state_at)s, %(trace)s) "
        "on conflict (approval_id) where state <> 'cancelled' do nothing",
        {**post.model_dump(), "user": tx.user_id, "trace": tracing.traceparent()},
    )


def one(tx: Tx, post_id: UUID) -> Post | None:
    return tx.one(
        "select id, org_id, brand_id, channel_id, approval_id, version_id, seal, due_at, time_zone, state, state_at, "
        "attempt_id, is_taken, wake_at, deadline_at, released_at, started_at, published_at, remote_id, permalink, "
        "reason, reason_class, looks from app.posts where id = %(post)s",
        {"post": post_id},
        Post,
    )


def lock(tx: Tx, post_id: UUID) -> Post | None:
    """Read one post and hold its row until the transaction ends."""
    return tx.one(
        "select id, org_id, brand_id, channel_id, approval_id, version_id, seal, due_at, time_zone, state, state_at, "
        "attempt_id, is_taken, wake_at, deadline_at, released_at, started_at, published_at, remote_id, permalink, "
        "reason, reason_class, looks from app.posts where id = %(post)s for update",
        {"post": post_id},
        Post,
    )


_MOVE: LiteralString = (
    "with moved as (update app.posts set state = %(to)s, state_at = %(now)s, attempt_id = %(attempt)s, "
    "is_taken = %(taken)s, "
    "wake_at = %(wake)s, deadline_at = %(deadline)s, reason = %(reason)s, reason_class = %(class)s, "
    "looks = %(looks)s, started_at = case when %(to)s = 'preparing' then coalesce(started_at, %(now)s) "
    "else started_at end where id = %(post)s and state = any (%(allowed)s) "
    "and attempt_id is not distinct from %(mine)s returning id, org_id, brand_id, channel_id, approval_id, "
    "version_id, seal, due_at, time_zone, state, state_at, attempt_id, is_taken, wake_at, deadline_at, "
    "released_at, started_at, published_at, remote_id, permalink, reason, reason_class, looks), "
    "told as (insert into app.post_history (org_id, post_id, at, from_state, to_state, actor_id, detail) "
    "select org_id, id, %(now)s, %(from)s, %(to)s, %(user)s, left(%(reason)s, 1000) from moved where %(told)s) "
    "select id, org_id, brand_id, channel_id, approval_id, version_id, seal, due_at, time_zone, state, state_at, "
    "attempt_id, is_taken, wake_at, deadline_at, released_at, started_at, published_at, remote_id, permalink, "
    "reason, reason_class, looks from moved"
)


def move(
    tx: Tx,
    post: Post,
    to: PostState,
    *,
    attempt_id: UUID | None,
    is_taken: bool,
    wake_at: datetime | None,
    deadline_at: datetime | None,
    reason: str,
    reason_class: str,
    looks: int,
    allowed: Sequence[PostState],
    is_told: bool,
) -> Post | None:
    """
    Change the state if the post is still in one of `allowed` and under `post`'s attempt; None where it is not.

    `is_told`: with a line of history, in the same statement.
    """
    return tx.one(
        _MOVE,
        {
            "post": post.id,
            "from": post.state.value,
            "to": to.value,
            "user": tx.user_id,
            "told": is_told,
            "now": tx.now,
            "attempt": attempt_id,
            "mine": post.attempt_id,
            "taken": is_taken,
            "wake": wake_at,
            "deadline": deadline_at,
            "reason": reason,
            "class": reason_class,
            "looks": looks,
            "allowed": [state.value for state in allowed],
        },
        Post,
    )


def publish(
    tx: Tx, post: Post, remote_id: str, permalink: str | None, at: datetime, allowed: Sequence[PostState], detail: str
) -> int:
    """
    Write the proof of publication and its line of history.

    0 where another attempt owns the post or its outcome is known already.
    """
    return tx.run(
        "with moved as (update app.posts set state = 'published', state_at = %(now)s, published_at = %(at)s, "
        "remote_id = %(remote)s, "
        "permalink = %(permalink)s, is_taken = false, wake_at = null, deadline_at = null, reason = '', "
        "reason_class = '' where id = %(post)s and state = any (%(allowed)s) "
        "and attempt_id is not distinct from %(mine)s returning id, org_id) "
        "insert into app.post_history (org_id, post_id, at, from_state, to_state, actor_id, detail) "
        "select org_id, id, %(now)s, %(from)s, 'published', %(user)s, left(%(detail)s, 1000) from moved",
        {
            "post": post.id,
            "from": post.state.value,
            "user": tx.user_id,
            "detail": detail,
            "now": tx.now,
            "at": at,
            "remote": remote_id,
            "permalink": permalink,
            "allowed": [state.value for state in allowed],
            "mine": post.attempt_id,
        },
    )


def change_due(tx: Tx, post_id: UUID, due_at: datetime) -> int:
    """Only what still waits for its time can be moved. What is in doubt at its old time is so at the new one."""
    return tx.run(
        "update app.posts set due_at = %(due)s, preflights = 0, reason = '', reason_class = '', "
        "doubt_until = case when due_at <= doubt_until then greatest(doubt_until, %(due)s) else doubt_until end "
        "where id = %(post)s and state = 'planned'",
        {"post": post_id, "due": due_at},
    )


def note_risk(tx: Tx, post_id: UUID, reason: str, reason_class: str) -> int:
    """What stands in a planned post's way; empty where nothing does."""
    return tx.run(
        "update app.posts set reason = %(reason)s, reason_class = %(class)s where id = %(post)s and state = 'planned'",
        {"post": post_id, "reason": reason, "class": reason_class},
    )


def release_again(tx: Tx, post_id: UUID, deadline_at: datetime) -> int:
    """
    Back to the start of the line, due now; a person asked for it, whose click's trace goes on.

    Where it may be out since a backup, only a person who was told so takes that back; a new time does not.
    """
    return tx.run(
        "update app.posts set state = 'due', state_at = %(now)s, due_at = %(now)s, released_at = %(now)s, "
        "started_at = null, is_taken = false, wake_at = null, deadline_at = %(deadline)s, reason = '', "
        "looks = 0, doubt_since = case when reason_class = 'restored' then null else doubt_since end, "
        "doubt_until = case when due_at <= doubt_until then greatest(doubt_until, %(now)s) else doubt_until end, "
        "reason_class = '', traceparent = coalesce(%(trace)s, traceparent) where id = %(post)s",
        {"post": post_id, "now": tx.now, "deadline": deadline_at, "trace": tracing.traceparent()},
    )


def put_off(tx: Tx, post_id: UUID, attempt_id: UUID, deadline_at: datetime) -> int:
    """The worker that has it in hand is alive; 0 where another attempt has the post, or nobody any more."""
    return tx.run(
        "update app.posts set deadline_at = greatest(deadline_at, %(deadline)s) where id = %(post)s "
        "and attempt_id = %(attempt)s and is_taken",
        {"post": post_id, "attempt": attempt_id, "deadline": deadline_at},
    )


def set_permalink(tx: Tx, post_id: UUID, permalink: str) -> int:
    return tx.run(
        "update app.posts set permalink = %(permalink)s where id = %(post)s and state = 'published'",
        {"post": post_id, "permalink": permalink},
    )


def claimed_remote_ids(tx: Tx, channel_id: UUID, remote_ids: Sequence[str]) -> set[str]:
    """Which of these posts on the platform are already ours under another post."""
    rows = tx.tuples(
        "select remote_id from app.posts where channel_id = %(channel)s and remote_id = any (%(ids)s)",
        {"channel": channel_id, "ids": list(remote_ids)},
    )
    return {row[0] for row in rows}


def for_approval(tx: Tx, approval_id: UUID) -> UUID | None:
    """The living post of an approval."""
    return tx.value(  # type: ignore[no-any-return]
        "select id from app.posts where approval_id = %(approval)s and state <> 'cancelled'", {"approval": approval_id}
    )


def of_request(tx: Tx, request_id: UUID) -> list[UUID]:
    """The posts planned on a request's approvals, held in order so that two undoers cannot deadlock."""
    rows = tx.tuples(
        "select p.id from app.posts p join app.approvals a on a.id = p.approval_id where a.request_id = %(request)s "
        "and p.state <> 'cancelled' order by p.id for update of p",
        {"request": request_id},
    )
    return [row[0] for row in rows]


def taken_times(tx: Tx, channel_ids: Collection[UUID]) -> set[datetime]:
    """When something that is not cancelled goes out on any of these channels from now on."""
    rows = tx.tuples(
        "select distinct due_at from app.posts where channel_id = any (%(channels)s) and due_at > %(now)s "
        "and state <> 'cancelled'",
        {"channels": list(channel_ids), "now": tx.now},
    )
    return {due_at for (due_at,) in rows}
