"""Decisions about posts: values in, values out."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from services.publishing.models import Post, PostState, Reason
from services.publishing.pace import Pace

_S = PostState

# Which states a post may leave for which: publishing.md section 2. Whoever moves a post names only the target.
MAY_LEAVE: Mapping[PostState, tuple[PostState, ...]] = {
    _S.PREPARING: (_S.DUE, _S.PREPARING, _S.UPLOADING, _S.PROCESSING, _S.READY, _S.UNCONFIRMED, _S.PUBLISHING),
    _S.UPLOADING: (_S.PREPARING,),
    _S.PROCESSING: (_S.PREPARING, _S.UPLOADING, _S.PROCESSING, _S.READY),
    _S.READY: (_S.PREPARING, _S.PROCESSING, _S.READY, _S.PUBLISHING, _S.UNCONFIRMED),
    _S.PUBLISHING: (_S.READY,),
    # Due: between a person's "it is not there" and the next attempt, an answer that comes late proves them wrong.
    _S.PUBLISHED: (_S.PUBLISHING, _S.UNCONFIRMED, _S.DUE),
    _S.UNCONFIRMED: (_S.PUBLISHING, _S.UNCONFIRMED),
    _S.HELD: (_S.DUE, _S.PREPARING, _S.UPLOADING, _S.PROCESSING, _S.READY, _S.PUBLISHING, _S.UNCONFIRMED),
    _S.FAILED: (_S.DUE, _S.PREPARING, _S.UPLOADING, _S.PROCESSING, _S.READY, _S.PUBLISHING, _S.UNCONFIRMED, _S.HELD),
    _S.CANCELLED: (_S.PLANNED, _S.DUE, _S.PREPARING, _S.UPLOADING, _S.PROCESSING, _S.READY, _S.HELD),
}
CANCELLABLE = frozenset(MAY_LEAVE[_S.CANCELLED])
BEFORE_THE_CALL = frozenset({_S.DUE, _S.PREPARING, _S.UPLOADING, _S.PROCESSING, _S.READY})
ATTEMPTS_MOST = 60  # hourly tries for a used-up quota of 24 hours fit in twice
CONTAINERS_MOST = 3
_ONLY_A_NEW_APPROVAL = {Reason.SEAL.value, Reason.WITHDRAWN.value}


def gave_up(post: Post, now: datetime, pace: Pace) -> bool:
    """Has it been tried for as long as makes sense? Never true once the call that cannot be taken back may be out."""
    if post.state is _S.HELD:
        most = pace.deadline(_S.HELD) or timedelta.max
        return now - post.state_at >= most
    return post.state in BEFORE_THE_CALL and now - (post.released_at or post.due_at) > pace.tries_most


def is_too_late(post: Post, now: datetime, pace: Pace) -> bool:
    """Nobody was there at its time, and so long ago that a person should look before it goes out."""
    return post.state is _S.DUE and post.started_at is None and now - post.due_at > pace.late_most


def may_try_again(post: Post) -> bool:
    """Certainly not out, and nothing about its approval is in doubt."""
    return post.state in (_S.HELD, _S.FAILED) and post.reason_class not in _ONLY_A_NEW_APPROVAL


def is_locked(post: Post) -> bool:
    """May a person no longer move or cancel it?"""
    return post.state not in CANCELLABLE
