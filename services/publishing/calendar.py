"""Reading posts: for the calendar, the lists, the drawer. Nothing here changes anything."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services import creative, schedule
from services.approvals import SealedContent
from services.kit.db import Tx
from services.publishing.errors import PostNotFound
from services.publishing.models import PostState
from services.publishing.on_screen import CalendarPost, PostDetail, Seen
from services.publishing.queries import attempts, covers
from services.publishing.queries import calendar as queries

_S = PostState


class StateGroup(StrEnum):
    """What a person filters by; several stored states read as one."""

    SCHEDULED = "scheduled"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    ATTENTION = "attention"
    CANCELLED = "cancelled"


GROUPS: dict[StateGroup, tuple[PostState, ...]] = {
    StateGroup.SCHEDULED: (_S.PLANNED,),
    StateGroup.PUBLISHING: (_S.DUE, _S.PREPARING, _S.UPLOADING, _S.PROCESSING, _S.READY, _S.PUBLISHING),
    StateGroup.PUBLISHED: (_S.PUBLISHED,),
    StateGroup.ATTENTION: (_S.FAILED, _S.UNCONFIRMED, _S.HELD),
    StateGroup.CANCELLED: (_S.CANCELLED,),
}
MOVING = frozenset(GROUPS[StateGroup.PUBLISHING])


class CalendarFilter(BaseModel):
    """Which posts are wanted; an empty field means all."""

    model_config = ConfigDict(frozen=True)

    brand_id: UUID | None = None
    channel_ids: tuple[UUID, ...] = ()
    groups: tuple[StateGroup, ...] = ()


ALL = CalendarFilter()


def calendar(tx: Tx, start: datetime, end: datetime, wanted: CalendarFilter = ALL) -> list[CalendarPost]:
    """Posts due from `start` until before `end`, in their order; the month and the list read nothing else."""
    states = {state.value for group in wanted.groups for state in GROUPS[group]}
    if StateGroup.PUBLISHING in wanted.groups:
        states.add(_S.UNCONFIRMED.value)  # those that the platform has taken
    found = queries.between(tx, start, end, wanted.brand_id, wanted.channel_ids, sorted(states))
    return [one for one in found if not wanted.groups or group_of(one.shown_state) in wanted.groups]


def group_of(state: PostState) -> StateGroup:
    return next(group for group, states in GROUPS.items() if state in states)


def post_detail(tx: Tx, post_id: UUID) -> PostDetail:
    """One post with all that happened to it. :raises PostNotFound: not in this organisation"""
    found = queries.one(tx, post_id)
    if found is None:
        raise PostNotFound()
    return PostDetail(
        post=found,
        content=SealedContent.model_validate(found.sealed),
        history=tuple(queries.history_of(tx, post_id)),
        attempts=tuple(attempts.of_post(tx, post_id)),
        evidence=tuple(creative.evidence_of(tx, found.draft_id)),
        cover=covers.of_post(tx, post_id),
    )


def is_empty(tx: Tx) -> bool:
    """Has nothing ever been planned?"""
    return not queries.any_post(tx)


def attention(tx: Tx, limit: int = 50) -> list[CalendarPost]:
    """Posts that wait for a person: failed, on hold, unconfirmed. The latest due first."""
    found = queries.in_states(tx, [state.value for state in GROUPS[StateGroup.ATTENTION]], limit)
    return [one for one in found if not one.is_accepted]


def went_out(tx: Tx, *, since: datetime | None = None, limit: int = 20) -> list[CalendarPost]:
    """Published posts, the latest first."""
    return queries.published(tx, since, limit)


def this_week(tx: Tx, zone: str) -> list[CalendarPost]:
    """Posts of the week that holds the present instant, Monday to Sunday in `zone`."""
    today = schedule.wall_clock(tx.now, zone).date()
    monday = today - timedelta(days=today.weekday())
    return calendar(tx, *schedule.days_window(monday, 7, zone))


def seen(tx: Tx, post_ids: Sequence[UUID]) -> list[Seen]:
    """How these posts stand now: one short read, for a screen that waits for a change."""
    return queries.seen(tx, post_ids)
