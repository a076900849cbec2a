"""What is wanted but not planned, and what stands in each other's way: for the calendar."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from services.kit.db import Tx
from services.publishing.on_screen import WantedDraft


def between(tx: Tx, start: datetime, end: datetime, brand_id: UUID | None) -> list[WantedDraft]:
    """Drafts of which nothing is planned, wanted from `start` until before `end`; a waiting one as it was asked for."""
    return tx.all(
        "select d.id, d.name as title, coalesce(r.wanted_at, d.wanted_at) as wanted_at, "
        "r.id is not null as is_waiting, "
        "coalesce((select min(k) from jsonb_object_keys(d.per_channel) k having count(*) = 1), '') as platform "
        "from app.drafts d left join app.review_requests r on r.draft_id = d.id and r.state = 'waiting' "
        "where d.id in (select id from app.drafts where wanted_at >= %(start)s and wanted_at < %(end)s "
        "  and archived_at is null union all select draft_id from app.review_requests where state = 'waiting' "
        "  and wanted_at >= %(start)s and wanted_at < %(end)s) "
        "and d.archived_at is null and (%(brand)s::uuid is null or d.brand_id = %(brand)s) "
        "and coalesce(r.wanted_at, d.wanted_at) >= %(start)s and coalesce(r.wanted_at, d.wanted_at) < %(end)s "
        "and not exists (select from app.draft_versions v join app.posts p on p.version_id = v.id "
        "  where v.draft_id = d.id and p.state <> 'cancelled') order by wanted_at, d.id",
        {"start": start, "end": end, "brand": brand_id},
        WantedDraft,
    )


def same_text(tx: Tx, start: datetime, end: datetime) -> list[UUID]:
    """Planned posts of these days whose words also go out, or went out, on the same channel within two weeks."""
    found = tx.tuples(
        "select id from (select p.id, p.state, p.due_at, s.sealed ->> 'text' <> '' as has_text, "
        "p.due_at - lag(p.due_at) over same as since, lead(p.due_at) over same - p.due_at as until "
        "from app.posts p join app.approvals s on s.id = p.approval_id "
        "where p.due_at >= %(start)s::timestamptz - interval '14 days' "
        "and p.due_at < %(end)s::timestamptz + interval '14 days' and p.state not in ('cancelled', 'failed') "
        "window same as (partition by p.channel_id, md5(s.sealed ->> 'text') order by p.due_at, p.id)) t "
        "where state = 'planned' and has_text and due_at >= %(start)s and due_at < %(end)s "
        "and least(since, until) < interval '14 days'",
        {"start": start, "end": end},
    )
    return [post_id for (post_id,) in found]


def in_the_way(tx: Tx, texts: Mapping[UUID, str], due_at: datetime) -> list[tuple[UUID, bool, bool]]:
    """(channel, is another post near, are the same words) of the channels where something is in the way then."""
    return tx.tuples(
        "select * from (select p.channel_id, bool_or(p.due_at > %(at)s - interval '1 hour' "
        "and p.due_at < %(at)s + interval '1 hour') as is_near, "
        "bool_or(w.text <> '' and s.sealed ->> 'text' = w.text) as is_same "
        "from unnest(%(channels)s::uuid[], %(texts)s::text[]) as w (channel_id, text) "
        "join app.posts p on p.channel_id = w.channel_id join app.approvals s on s.id = p.approval_id "
        "where p.due_at > %(at)s - interval '14 days' and p.due_at < %(at)s + interval '14 days' "
        "and p.state not in ('cancelled', 'failed') group by p.channel_id) t where is_near or is_same",
        {"at": due_at, "channels": list(texts), "texts": list(texts.values())},
    )


def is_near(tx: Tx, post_id: UUID) -> bool:
    """Whether another post of its channel is due less than an hour before or after."""
    return bool(
        tx.value(
            "select exists (select from app.posts p join app.posts o on o.channel_id = p.channel_id and o.id <> p.id "
            "where p.id = %(post)s and o.state not in ('cancelled', 'failed') "
            "and o.due_at > p.due_at - interval '1 hour' and o.due_at < p.due_at + interval '1 hour')",
            {"post": post_id},
        )
    )
