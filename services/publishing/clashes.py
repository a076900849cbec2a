"""Posts in each other's way: the same words, or nearly the same time, on one channel. A warning, never a refusal."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from services.kit.db import Tx
from services.publishing.calendar import CalendarFilter
from services.publishing.models import PostState
from services.publishing.on_screen import CalendarPost, WantedDraft
from services.publishing.queries import wanted as queries

NEAR = timedelta(hours=1)
SAME_HOUR = "Another post goes out on this channel within the hour."
SAME_TEXT = "The same text goes out on this channel within two weeks."
_OUT_OF_THE_WAY = (PostState.CANCELLED, PostState.FAILED)


def wanted(tx: Tx, start: datetime, end: datetime, of: CalendarFilter) -> list[WantedDraft]:
    """
    Drafts of which nothing is planned yet, by the time they are wanted at, from `start` until before `end`.

    They have no channel and no post's state yet, so a filter by either leaves them out.
    """
    return [] if of.channel_ids or of.groups else queries.between(tx, start, end, of.brand_id)


def clashes(posts: Sequence[CalendarPost], same_text: Collection[UUID]) -> dict[UUID, str]:
    """
    A sentence for each planned post that is in another's way.

    :param posts: in the order of their times, of any channels
    :param same_text: what `same_text` found for the same days
    """
    found = {post.id: SAME_TEXT for post in posts if post.id in same_text}
    by_channel: dict[UUID, list[CalendarPost]] = {}
    for post in posts:
        if post.state not in _OUT_OF_THE_WAY:
            by_channel.setdefault(post.channel_id, []).append(post)
    for of_channel in by_channel.values():
        for one, other in pairwise(of_channel):
            if other.due_at - one.due_at >= NEAR:
                continue
            for post in (one, other):
                if post.state is PostState.PLANNED:
                    found[post.id] = f"{SAME_TEXT} {SAME_HOUR}" if post.id in same_text else SAME_HOUR
    return found


def in_the_way(tx: Tx, texts: Mapping[UUID, str], due_at: datetime) -> dict[UUID, str]:
    """
    The same for posts not yet planned, which would go out at `due_at`: a sentence by channel.

    :param texts: their words by channel
    """
    found = {}
    for channel_id, is_near, is_same in queries.in_the_way(tx, texts, due_at) if texts else ():
        told = [SAME_TEXT] if is_same else []
        found[channel_id] = " ".join([*told, SAME_HOUR] if is_near else told)
    return found


def same_text(tx: Tx, start: datetime, end: datetime) -> frozenset[UUID]:
    """Planned posts due from `start` until before `end` whose words go out twice on a channel within two weeks."""
    return frozenset(queries.same_text(tx, start, end))


def warning_of(tx: Tx, post: CalendarPost) -> str:
    """What stands in the way of one planned post, in a sentence or two; empty where nothing does."""
    if post.state is not PostState.PLANNED:
        return ""
    told = [SAME_TEXT] if post.id in same_text(tx, post.due_at, post.due_at + timedelta(seconds=1)) else []
    return " ".join([*told, SAME_HOUR] if queries.is_near(tx, post.id) else told)
