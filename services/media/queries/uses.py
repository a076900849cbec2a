"""Where files are used: read from the drafts and posts that were made later in the day; nothing there is written."""

from collections.abc import Sequence
from uuid import UUID

from services.kit.db import Tx
from services.media.models import Use


def uses(tx: Tx, asset_id: UUID) -> list[Use]:
    """Drafts, versions and posts that show this file or were made from it; the newest first."""
    return tx.all(
        "select d.id as draft_id, d.name as draft_name, v.number as version_number, p.id as post_id, c.platform, "
        "coalesce(p.state, r.state, '') as state, coalesce(p.due_at, v.created_at) as at, "
        "coalesce(p.state not in ('published', 'failed', 'cancelled'), false) or coalesce(r.state = 'waiting', false) "
        "as is_busy from app.draft_versions v join app.drafts d on d.id = v.draft_id "
        "left join app.posts p on p.version_id = v.id left join app.channels c on c.id = p.channel_id "
        "left join lateral (select q.state from app.review_requests q where q.version_id = v.id "
        "order by q.asked_at desc limit 1) r on true "
        "where v.media @> jsonb_build_array(jsonb_build_object('asset_id', %(id)s::text)) "
        "or jsonb_path_exists(v.fields, '$.* ? (@ == $id)', jsonb_build_object('id', %(id)s::text)) "
        "union all select d.id, d.name, null, null, null, '', d.updated_at, false from app.drafts d "
        "where d.archived_at is null "
        "and (%(id)s::uuid = any (d.media_ids) "
        "or jsonb_path_exists(d.per_channel, '$.*.cover ? (@ == $id)', jsonb_build_object('id', %(id)s::text)) "
        "or jsonb_path_exists(d.fields, '$.* ? (@ == $id)', jsonb_build_object('id', %(id)s::text))) "
        "and not exists (select from app.draft_versions v where v.draft_id = d.id "
        "and (v.media @> jsonb_build_array(jsonb_build_object('asset_id', %(id)s::text)) "
        "or jsonb_path_exists(v.fields, '$.* ? (@ == $id)', jsonb_build_object('id', %(id)s::text)))) "
        "order by at desc, draft_id, post_id",
        {"id": str(asset_id)},
        Use,
    )


def count_uses(tx: Tx, asset_ids: Sequence[UUID]) -> dict[UUID, int]:
    """In how many drafts each file is used; those used nowhere are left out."""
    rows = tx.tuples(
        "select u.asset_id, count(distinct u.draft_id) from ("
        "select v.draft_id, m ->> 'asset_id' as asset_id from app.draft_versions v, jsonb_array_elements(v.media) m "
        "union all select v.draft_id, f.value from app.draft_versions v, jsonb_each_text(v.fields) f "
        "union all select d.id, f.value from app.drafts d, jsonb_each_text(d.fields) f where d.archived_at is null "
        "union all select d.id, m::text from app.drafts d, unnest(d.media_ids) m where d.archived_at is null "
        "union all select d.id, o.value ->> 'cover' from app.drafts d, jsonb_each(d.per_channel) o "
        "where d.archived_at is null"
        ") u where u.asset_id = any (%(ids)s) group by u.asset_id",
        {"ids": [str(one) for one in asset_ids]},
    )
    return {UUID(asset_id): int(count) for asset_id, count in rows}
