"""Moving a post from state to state: always fenced by its attempt, always with a line of history."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.events import PostPublished, PostStopped
from services.kit import tracing
from services.kit.answers import HEARD_MOST, Answer
from services.kit.db import Tx
from services.publishing.models import Attempt, Outcome, Post, PostState, Reason
from services.publishing.pace import Pace
from services.publishing.publisher import Receipt, Remote
from services.publishing.queries import attempts, posts
from services.publishing.rules import ATTEMPTS_MOST, MAY_LEAVE

_STOPPED = (PostState.FAILED, PostState.HELD, PostState.UNCONFIRMED)
_log = logging.getLogger("loopdesk.publishing")


class Lost(Exception):
    """Somebody else owns this post now: discard what was found, touch nothing."""


@dataclass(frozen=True)
class Grip:
    """A post in this worker's hand, under one attempt."""

    post: Post
    attempt: Attempt


def move(
    tx: Tx,
    post: Post,
    to: PostState,
    pace: Pace,
    *,
    attempt_id: UUID | None = None,
    is_taken: bool = False,
    wake_at: datetime | None = None,
    reason: str = "",
    reason_class: str = "",
    looks: int = 0,
) -> Post:
    """:raises Lost: the post is no longer under `post`'s attempt, or in a state that cannot become `to`"""
    limit, is_told = pace.deadline(to), to is not post.state or reason not in ("", post.reason)
    moved = posts.move(
        tx,
        post,
        to,
        attempt_id=attempt_id or post.attempt_id,
        is_taken=is_taken,
        wake_at=wake_at,
        deadline_at=_deadline(tx.now, wake_at, limit),
        reason=reason,
        reason_class=reason_class,
        looks=looks,
        allowed=MAY_LEAVE[to],
        is_told=is_told,
    )
    if moved is None:
        raise Lost()
    tracing.note(post=str(post.id), post_state=to.value, reason=reason_class or None)
    if to in _STOPPED and is_told and reason_class != Reason.ACCEPTED:
        _log.warning("post %s is %s: %s", post.id, to.value, reason)
    return moved


def begin(tx: Tx, post: Post, pace: Pace, *, remote: Remote, retries: int = 0) -> Grip | None:
    """Start the next attempt, with what the platform already holds for this post. None where enough were made."""
    attempt_id = tx.new_id()
    attempt = attempts.insert(tx, attempt_id, post.id, remote, retries)
    if attempt.number > ATTEMPTS_MOST and attempts.count_since_asked(tx, post.id) > ATTEMPTS_MOST:
        stop(tx, post, PostState.FAILED, pace, Reason.GAVE_UP, f"Given up after {ATTEMPTS_MOST} attempts.")
        return None
    return Grip(move(tx, post, PostState.PREPARING, pace, attempt_id=attempt_id, is_taken=True), attempt)


def advance(tx: Tx, grip: Grip, pace: Pace, to: PostState) -> Grip:
    """The next state, still in hand. :raises Lost: as `move`"""
    return Grip(move(tx, grip.post, to, pace, is_taken=True, looks=grip.post.looks), grip.attempt)


def park(
    tx: Tx,
    grip: Grip,
    to: PostState,
    pace: Pace,
    wait: timedelta,
    *,
    reason: str = "",
    kind: Reason | None = None,
    looks: int | None = None,
) -> None:
    """Let go until `wait` is over; the clockwork queues the next step then."""
    kind = kind or (Reason.LOOKING if to is PostState.UNCONFIRMED else Reason.WAITING)
    move(
        tx,
        grip.post,
        to,
        pace,
        wake_at=tx.now + wait,
        reason=reason,
        reason_class=kind.value if reason else "",
        looks=grip.post.looks if looks is None else looks,
    )


def stop(
    tx: Tx, post: Post, to: PostState, pace: Pace, kind: Reason, sentence: str, *, wake_at: datetime | None = None
) -> None:
    """
    End in `failed` or `held`, with a reason, and tell somebody.

    `wake_at`: when a held one goes on by itself; people are told of such a wait once, not at every try.
    """
    is_news = wake_at is None or not attempts.was_held_for(tx, post.id, kind.value)
    move(tx, post, to, pace, wake_at=wake_at, reason=sentence, reason_class=kind.value)
    if post.attempt_id:
        outcome = Outcome.FAILED if to is PostState.FAILED else Outcome.HELD
        attempts.finish(tx, post.attempt_id, outcome, error=sentence, error_class=kind.value, answered_at=tx.now)
    if is_news:
        tx.emit(PostStopped(post.id))


def keep_answers(tx: Tx, grip: Grip, heard: Sequence[Answer]) -> None:
    """What the platform answered stays with the attempt."""
    rows = [{"at": tx.now.isoformat(), **one.row()} for one in heard]
    if rows:
        attempts.add_answers(tx, grip.attempt.id, rows, HEARD_MOST)


def record(tx: Tx, grip: Grip, receipt: Receipt, detail: str) -> None:
    """Write the proof. :raises Lost: another attempt owns the post, or its outcome is known already"""
    at = receipt.at or tx.now
    allowed = MAY_LEAVE[PostState.PUBLISHED]
    if not posts.publish(tx, grip.post, receipt.remote_id, receipt.permalink, at, allowed, detail):
        raise Lost()
    attempts.finish(tx, grip.attempt.id, Outcome.PUBLISHED, answered_at=tx.now)
    tracing.note(post=str(grip.post.id), post_state=PostState.PUBLISHED.value)
    tx.emit(PostPublished(grip.post.id))


def _deadline(now: datetime, wake_at: datetime | None, limit: timedelta | None) -> datetime | None:
    return None if limit is None else max(now, wake_at or now) + limit
