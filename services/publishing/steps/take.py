"""Taking a post in hand: the only place where one worker decides that another is gone."""

from uuid import UUID

from services.kit.db import Tx
from services.publishing.models import Attempt, Outcome, Post, PostState, Reason
from services.publishing.moves import Grip, begin, move, stop
from services.publishing.pace import Pace
from services.publishing.queries import attempts, posts
from services.publishing.rules import gave_up, is_too_late

_S = PostState
_UNDER_WAY = frozenset({_S.PREPARING, _S.UPLOADING, _S.PROCESSING, _S.READY})


def take(tx: Tx, post_id: UUID, pace: Pace) -> Grip | None:
    """
    Take up a post whose next step is due. None where there is nothing to do: done, cancelled, waiting, or settled here.

    A post that is still marked as taken lost its worker (or has one that sleeps): what it was doing starts again
    under a new attempt, and the old worker's writes no longer count.
    """
    post = posts.lock(tx, post_id)
    if post is None:
        return None
    if gave_up(post, tx.now, pace):
        stop(tx, post, _S.FAILED, pace, Reason.GAVE_UP, _gave_up_sentence(post))
        return None
    if post.state is _S.DUE:
        return _start(tx, post, pace)
    if post.state is _S.PUBLISHING:
        _leave_unknown(tx, post, pace)
        return None
    if post.wake_at is not None and post.wake_at > tx.now:
        return None
    if post.state is _S.UNCONFIRMED:
        return _again(tx, post, pace)
    if post.state not in _UNDER_WAY:
        return None
    return _restart(tx, post, pace) if post.is_taken else _again(tx, post, pace)


def _start(tx: Tx, post: Post, pace: Pace) -> Grip | None:
    if is_too_late(post, tx.now, pace):
        sentence = "Its time was more than a day ago and nothing ran then. Try again to send it now, or cancel it."
        stop(tx, post, _S.HELD, pace, Reason.LATE, sentence)
        return None
    return begin(tx, post, pace, remote=_last(tx, post).remote if post.attempt_id else {})


def _restart(tx: Tx, post: Post, pace: Pace) -> Grip | None:
    old = _last(tx, post)
    attempts.finish(tx, old.id, Outcome.SUPERSEDED)
    return begin(tx, post, pace, remote=old.remote, retries=old.retries)


def _again(tx: Tx, post: Post, pace: Pace) -> Grip:
    moved = move(
        tx, post, post.state, pace, is_taken=True, looks=post.looks, reason=post.reason, reason_class=post.reason_class
    )
    return Grip(moved, _last(tx, moved))


def _leave_unknown(tx: Tx, post: Post, pace: Pace) -> None:
    """The intent is written and its worker is gone: it may have happened or not."""
    sentence = "The connection ended before the platform's answer arrived. Looking for the post there."
    move(
        tx,
        post,
        _S.UNCONFIRMED,
        pace,
        wake_at=tx.now + pace.look(0),
        reason=sentence,
        reason_class=Reason.LOOKING.value,
    )
    attempts.finish(tx, _last(tx, post).id, Outcome.UNKNOWN)


def _last(tx: Tx, post: Post) -> Attempt:
    assert post.attempt_id is not None
    attempt = attempts.one(tx, post.attempt_id)
    assert attempt is not None
    return attempt


def _gave_up_sentence(post: Post) -> str:
    if post.state is _S.HELD:
        return f"Nobody decided in time. It was held: {post.reason}"
    return f"Tried again and again without success. {post.reason}".strip()
