"""Posts as people look for them. One statement feeds the month and the list, so that their totals agree."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from services.kit.db import Tx
from services.publishing.on_screen import CalendarPost, HistoryLine, PostOnScreen, Seen

_LISTING: LiteralString = (
    "select p.id, p.brand_id, p.due_at, p.time_zone, p.state, p.state_at, p.channel_id, c.platform, c.is_practice, "
    "c.name as channel_name, c.handle as channel_handle, v.name as title, "
    "coalesce(a.thumb_key, a.file_key) as thumb_key, p.started_at, p.published_at, p.permalink, p.reason, "
    "p.reason_class, p.wake_at from app.posts p join app.channels c on c.id = p.channel_id "
    "join app.draft_versions v on v.id = p.version_id "
    "left join app.assets a on a.id = (v.media -> 0 ->> 'asset_id')::uuid "
)


def between(
    tx: Tx, start: datetime, end: datetime, brand_id: UUID | None, channel_ids: Sequence[UUID], states: Sequence[str]
) -> list[CalendarPost]:
    """Posts due from `start` until before `end`, the first due first; an empty sequence means all."""
    return tx.all(
        _LISTING + "where p.due_at >= %(start)s and p.due_at < %(end)s "
        "and (%(brand)s::uuid is null or p.brand_id = %(brand)s) "
        "and (cardinality(%(channels)s::uuid[]) = 0 or p.channel_id = any (%(channels)s)) "
        "and (cardinality(%(states)s::text[]) = 0 or p.state = any (%(states)s)) order by p.due_at, p.id",
        {"start": start, "end": end, "brand": brand_id, "channels": list(channel_ids), "states": list(states)},
        CalendarPost,
    )


def in_states(tx: Tx, states: Sequence[str], limit: int) -> list[CalendarPost]:
    """The latest due first."""
    return tx.all(
        _LISTING + "where p.state = any (%(states)s) order by p.due_at desc, p.id desc limit %(limit)s",
        {"states": list(states), "limit": limit},
        CalendarPost,
    )


def published(tx: Tx, since: datetime | None, limit: int) -> list[CalendarPost]:
    """What went out, the latest first."""
    return tx.all(
        _LISTING + "where p.state = 'published' and (%(since)s::timestamptz is null or p.published_at >= %(since)s) "
        "order by p.published_at desc, p.id desc limit %(limit)s",
        {"since": since, "limit": limit},
        CalendarPost,
    )


def any_post(tx: Tx) -> bool:
    return bool(tx.value("select exists (select 1 from app.posts)", {}))


def one(tx: Tx, post_id: UUID) -> PostOnScreen | None:
    """One post with the approval it stands on."""
    return tx.one(
        "select p.id, p.brand_id, p.due_at, p.time_zone, p.state, p.state_at, p.channel_id, c.platform, "
        "c.is_practice, c.name as channel_name, c.handle as channel_handle, v.name as title, "
        "coalesce(a.thumb_key, a.file_key) as thumb_key, "
        "p.started_at, p.published_at, p.permalink, p.reason, p.reason_class, p.wake_at, p.approval_id, p.version_id, "
        "v.draft_id, v.number as version_number, p.seal, s.sealed, s.approved_at, s.withdrawn_at, "
        "coalesce(m.display_name, 'a former member') as approved_by, c.state as channel_state from app.posts p "
        "join app.channels c on c.id = p.channel_id join app.draft_versions v on v.id = p.version_id "
        "join app.approvals s on s.id = p.approval_id "
        "left join app.org_members m on m.user_id = s.approved_by and m.org_id = s.org_id "
        "left join app.assets a on a.id = (v.media -> 0 ->> 'asset_id')::uuid where p.id = %(post)s",
        {"post": post_id},
        PostOnScreen,
    )


def history_of(tx: Tx, post_id: UUID) -> list[HistoryLine]:
    """The latest line first."""
    return tx.all(
        "select h.at, h.from_state, h.to_state, h.detail, case when h.actor_id is null then '' "
        "else coalesce(m.display_name, 'a former member') end as actor from app.post_history h "
        "left join app.org_members m on m.user_id = h.actor_id and m.org_id = h.org_id "
        "where h.post_id = %(post)s order by h.id desc",
        {"post": post_id},
        HistoryLine,
    )


def seen(tx: Tx, post_ids: Sequence[UUID]) -> list[Seen]:
    """How these posts stand now, for screens that wait for a change."""
    return tx.all(
        "select id, state, state_at, reason, permalink from app.posts where id = any (%(ids)s) order by id",
        {"ids": list(post_ids)},
        Seen,
    )
