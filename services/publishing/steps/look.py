"""After a call without a clear answer: look for the post on the platform, decide by its proof, else ask a person."""

from datetime import datetime, timedelta

from services.approvals import SealedContent
from services.events import PostStopped
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.kit.errors import CredentialsExpired, ProviderError, RateLimited
from services.kit.failpoints import failpoint
from services.kit.text import storable
from services.publishing.models import Outcome, PostState, Reason
from services.publishing.moves import Grip, begin, move, record, stop
from services.publishing.pace import Pace
from services.publishing.publisher import InParts, Sighting
from services.publishing.queries import attempts, posts
from services.publishing.registry import publisher_of
from services.publishing.steps.order import open_door

PROCESSES = "The platform has it and is processing it."
_UNPROVEN = "Nobody can tell from here whether this post is out. Look at the account, then say what you see."


def look(app: App, scope: Scope, grip: Grip, pace: Pace, content: SealedContent) -> Grip | None:
    """
    One look. Found: published. Proven absent: a new attempt with what the platform still holds, returned in hand.

    Neither: another look later, and after the last one a person is asked.
    """
    since = grip.attempt.intent_at or grip.attempt.started_at
    try:
        door = open_door(app, scope, grip.post)
        adapter = publisher_of(content)
        sighting = adapter.find(content, grip.attempt.remote, since, door)
    except ProviderError as error:
        with app.tx(scope) as tx:
            _unseen(tx, grip, pace, error, since)
        return None
    failpoint("look.answered")
    stands = adapter.stands(content, grip.attempt.remote) if isinstance(adapter, InParts) else ""
    with app.tx(scope) as tx:
        return _decide(tx, grip, pace, sighting, since, stands)


def _decide(tx: Tx, grip: Grip, pace: Pace, sighting: Sighting, since: datetime, stands: str) -> Grip | None:
    if sighting.refused:
        attempts.set_remote(tx, grip.attempt.id, sighting.remote)
        stop(tx, grip.post, PostState.FAILED, pace, Reason.REFUSED, storable(sighting.refused))
        return None
    if sighting.is_processing and tx.now - since < pace.processing_after_most:
        _park(tx, grip, pace, grip.post.looks, pace.slow_poll, PROCESSES, Reason.ACCEPTED)
        return None
    claimed = posts.claimed_remote_ids(tx, grip.post.channel_id, [one.remote_id for one in sighting.seen])
    ours = [one for one in sighting.seen if one.remote_id not in claimed]
    if sighting.is_live and ours:
        record(tx, grip, ours[0], "The answer was lost; the post was found on the platform.")
        return None
    if sighting.is_absent and not ours:
        attempts.finish(tx, grip.attempt.id, Outcome.ABSENT)
        return begin(tx, grip.post, pace, remote=sighting.remote)
    _later(tx, grip, pace, grip.post.looks + 1, unproven=stands)
    return None


def _unseen(tx: Tx, grip: Grip, pace: Pace, error: ProviderError, since: datetime) -> None:
    """
    The look itself failed; that says nothing about the post. An account that must be reconnected needs a person.

    A platform may ask to wait for a day: then looks count again, so that a person is asked in the end.
    """
    may_wait = tx.now - since < pace.processing_after_most
    if may_wait and isinstance(error, RateLimited) and error.retry_at is not None and error.retry_at > tx.now:
        reason = f"The platform asks to wait before we look again: {error.sentence}"
        _park(tx, grip, pace, grip.post.looks, error.retry_at - tx.now, reason, Reason.LOOKING)
    elif isinstance(error, CredentialsExpired):
        _later(tx, grip, pace, grip.post.looks + 1, f"The account cannot be read: {error.sentence}")
    else:
        _later(tx, grip, pace, grip.post.looks + 1, f"The platform cannot be read: {error.sentence}")


def _later(tx: Tx, grip: Grip, pace: Pace, looks: int, reason: str = "", unproven: str = "") -> None:
    """`unproven`: what to tell the person who is asked beside the reason."""
    asks_now = pace.is_last_look(looks) and not pace.is_last_look(grip.post.looks)
    kind = Reason.UNPROVEN if pace.is_last_look(looks) else Reason.LOOKING
    text = f"{_UNPROVEN} {unproven} {reason}".strip() if kind is Reason.UNPROVEN else (reason or grip.post.reason)
    _park(tx, grip, pace, looks, pace.look(looks), text, kind)
    if asks_now:
        tx.emit(PostStopped(grip.post.id))


def _park(tx: Tx, grip: Grip, pace: Pace, looks: int, wait: timedelta, reason: str, kind: Reason) -> None:
    move(
        tx,
        grip.post,
        PostState.UNCONFIRMED,
        pace,
        wake_at=tx.now + wait,
        reason=reason,
        reason_class=kind.value,
        looks=looks,
    )
