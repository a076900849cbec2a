"""
Before a post is sent that was there when the database was brought back from an earlier state: is it out already?

The account decides. It shows nothing from that time that we do not know: the post goes out. It shows something, or
shows such posts to nobody: the post is held, and a person looks. So a restored backup publishes nothing twice.
"""

from collections.abc import Sequence
from datetime import timedelta

from services.kit.app import App
from services.kit.db import Scope
from services.publishing.models import Post, Reason
from services.publishing.moves import Grip
from services.publishing.pace import Pace
from services.publishing.publisher import Door, Hides, Order, Receipt
from services.publishing.queries import posts, pulse
from services.publishing.registry import publisher_of
from services.publishing.steps.order import Hold
from services.publishing.steps.refusals import unclear_now

_CLOCKS_APART = timedelta(seconds=60)
_LISTED_LEAST = 10  # the shortest of the platforms' lists of latest posts
_SHOWN = (
    "The database was brought back from an earlier state, and the account shows a post from after that which nobody "
    "here knows. Look at the account: if this post is there, cancel it; if not, try again."
)
_UNSEEN = (
    "Its time was before the database was brought back from an earlier state, and such posts are listed to nobody. "
    "Look at the account: if this post is there, cancel it; if not, try again."
)
_BURIED = (
    "Its time was before the database was brought back from an earlier state, and the account's list of posts no "
    "longer reaches back to then. Look at the account: if this post is there, cancel it; if not, try again."
)


def is_settled(app: App, scope: Scope, grip: Grip, pace: Pace, order: Order, door: Door) -> bool:
    """
    True where the post was let go of instead. Reads from the platform at most.

    :raises Hold: it may be out, and a person must look
    :raises ProviderError: the account cannot be read now
    """
    with app.tx(scope) as tx:
        doubt, is_stale = pulse.doubt_of(tx, grip.post.id), pulse.is_stale(tx, pace.gap)
    if is_stale:  # the queue was faster than the sweep that notes doubts
        unclear_now(app, scope, grip, pace.poll(0), pace)
        return True
    if doubt is None:
        return False
    adapter = publisher_of(order.content)
    if isinstance(adapter, Hides) and not adapter.is_listed(order.content):
        if _was_due(grip.post, doubt):
            raise Hold(Reason.RESTORED, _UNSEEN)
    elif unknown := _unknown(app, scope, grip.post, adapter.recent(door), doubt):
        with app.tx(scope) as tx:
            unclear = pulse.unclear_others(tx, grip.post.channel_id)
        if unknown > unclear:
            raise Hold(Reason.RESTORED, _SHOWN)
        unclear_now(app, scope, grip, pace.look(1), pace)
        return True
    with app.tx(scope) as tx:
        pulse.clear_doubt(tx, grip.post.id)
    return False


def _was_due(post: Post, doubt: pulse.Doubt) -> bool:
    return post.due_at <= doubt.until


def _unknown(app: App, scope: Scope, post: Post, listed: Sequence[Receipt], doubt: pulse.Doubt) -> int:
    """
    How many posts the account shows since then that no post of ours has claimed.

    :raises Hold: none of those that it lists, but it may have more than it lists
    """
    since = doubt.since - _CLOCKS_APART
    shown = {one.remote_id for one in listed if one.at is None or one.at >= since}
    with app.tx(scope) as tx:
        unknown = len(shown - posts.claimed_remote_ids(tx, post.channel_id, sorted(shown)))
    if not unknown and _was_due(post, doubt) and len(shown) == len(listed) >= _LISTED_LEAST:
        raise Hold(Reason.RESTORED, _BURIED)
    return unknown
