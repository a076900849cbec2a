"""Pulls and snapshots, one statement per function. The posts belong to publishing and are only read."""

from datetime import datetime
from typing import Any
from uuid import UUID

from services.kit.db import Tx, json_value
from services.metrics.models import PostResult, Pull, Reading, Snapshot


def published_at(tx: Tx, post_id: UUID) -> datetime | None:
    """When the post went out; None where it has not, or is not visible."""
    found: datetime | None = tx.value(
        "select published_at from app.posts where id = %(id)s and state = 'published' and remote_id is not null",
        {"id": post_id},
    )
    return found


def published_since(tx: Tx, brand_id: UUID | None, since: datetime) -> list[tuple[UUID, str]]:
    """Posts that went out since then with their platform, the oldest first; `brand_id` None means every brand."""
    rows = tx.tuples(
        "select p.id, c.platform from app.posts p join app.channels c on c.id = p.channel_id "
        "where p.state = 'published' and p.remote_id is not null and p.published_at >= %(since)s "
        "and (%(brand)s::uuid is null or c.brand_id = %(brand)s) order by p.published_at, p.id",
        {"brand": brand_id, "since": since},
    )
    return [(post, platform) for post, platform in rows]


def platform_of(tx: Tx, post_id: UUID) -> str:
    """The platform a visible post is on."""
    return str(
        tx.value(
            "select c.platform from app.posts p join app.channels c on c.id = p.channel_id where p.id = %(id)s",
            {"id": post_id},
        )
    )


def post_exists(tx: Tx, post_id: UUID) -> bool:
    return tx.value("select 1 from app.posts where id = %(id)s", {"id": post_id}) is not None


def insert_pull(tx: Tx, post_id: UUID, reason: str, due_at: datetime) -> None:
    """Plan a visit, once per post and reason."""
    tx.run(
        "insert into app.metric_pulls (id, org_id, post_id, reason, due_at, state) "
        "select %(id)s, %(org)s, %(post)s, %(reason)s, %(due)s, 'waiting' where not exists "
        "(select 1 from app.metric_pulls where post_id = %(post)s and reason = %(reason)s) on conflict do nothing",
        {"id": tx.new_id(), "org": tx.org_id, "post": post_id, "reason": reason, "due": due_at},
    )


def insert_pull_now(tx: Tx, post_id: UUID) -> UUID | None:
    """A visit as soon as possible; None where one is under way."""
    found: UUID | None = tx.value(
        "insert into app.metric_pulls (id, org_id, post_id, reason, due_at, state) "
        "values (%(id)s, %(org)s, %(post)s, 'now', %(now)s, 'queued') on conflict do nothing returning id",
        {"id": tx.new_id(), "org": tx.org_id, "post": post_id, "now": tx.now},
    )
    return found


def claim_due(tx: Tx, stuck_before: datetime, limit: int) -> list[tuple[UUID, UUID]]:
    """Queue the visits that are due, and again those whose job was lost: (organisation, pull). For sweeps."""
    rows = tx.tuples(
        "update app.metric_pulls set state = 'queued', "
        "due_at = case when state = 'queued' then %(now)s else due_at end where id in "
        "(select id from app.metric_pulls where (state = 'waiting' and due_at <= %(now)s) "
        "or (state = 'queued' and due_at <= %(stuck)s) order by due_at limit %(limit)s for update skip locked) "
        "returning org_id, id",
        {"now": tx.now, "stuck": stuck_before, "limit": limit},
    )
    return [(org_id, pull_id) for org_id, pull_id in rows]


def pull(tx: Tx, pull_id: UUID) -> Pull | None:
    return tx.one(
        "select m.id, m.post_id, m.state, m.tries, p.channel_id, c.platform, c.is_practice, p.remote_id "
        "from app.metric_pulls m join app.posts p on p.id = m.post_id join app.channels c on c.id = p.channel_id "
        "where m.id = %(id)s",
        {"id": pull_id},
        Pull,
    )


def finish_pull(tx: Tx, pull_id: UUID) -> bool:
    """Mark a visit done; False where it was finished before."""
    changed = tx.run(
        "update app.metric_pulls set state = 'done', error = null, finished_at = %(now)s "
        "where id = %(id)s and state in ('waiting', 'queued')",
        {"id": pull_id, "now": tx.now},
    )
    return changed == 1


def note_failure(tx: Tx, pull_id: UUID, error: str, *, is_final: bool) -> None:
    tx.run(
        "update app.metric_pulls set tries = tries + 1, error = %(error)s, "
        "state = case when %(final)s then 'failed' else state end, "
        "finished_at = case when %(final)s then %(now)s else null end "
        "where id = %(id)s and state in ('waiting', 'queued')",
        {"id": pull_id, "error": error, "final": is_final, "now": tx.now},
    )


def insert_snapshot(tx: Tx, post_id: UUID, reading: Reading) -> None:
    figures: dict[str, Any] = reading.figures.model_dump()
    tx.run(
        "insert into app.metric_snapshots (id, org_id, post_id, taken_at, views, reach, likes, comments, shares, "
        "saves, clicks, raw) values (%(id)s, %(org)s, %(post)s, %(now)s, %(views)s, %(reach)s, %(likes)s, "
        "%(comments)s, %(shares)s, %(saves)s, %(clicks)s, %(raw)s)",
        {
            "id": tx.new_id(),
            "org": tx.org_id,
            "post": post_id,
            "now": tx.now,
            "raw": json_value(reading.raw),
            **figures,
        },
    )


def results(
    tx: Tx, brand_id: UUID, since: datetime, until: datetime, channel_ids: list[UUID] | None, limit: int
) -> list[PostResult]:
    """Posts published in the time, newest first, each with its newest reading and what is planned."""
    return tx.all(
        "select p.id as post_id, v.name, v.caption, v.media -> 0 ->> 'file_key' as file_key, c.id as channel_id, "
        "c.name as channel_name, c.platform, c.is_practice, p.published_at, p.permalink, s.taken_at, s.views, s.reach, "
        "s.likes, s.comments, s.shares, s.saves, s.clicks, exists (select 1 from app.metric_pulls m "
        "where m.post_id = p.id and m.state = 'queued') as is_reading, (select min(m.due_at) from app.metric_pulls m "
        "where m.post_id = p.id and m.state = 'waiting') as next_pull_at, (select m.error from app.metric_pulls m "
        "where m.post_id = p.id and m.state in ('done', 'failed') order by m.finished_at desc limit 1) as last_error "
        "from app.posts p join app.channels c on c.id = p.channel_id join app.draft_versions v on v.id = p.version_id "
        "left join lateral (select taken_at, views, reach, likes, comments, shares, saves, clicks "
        "from app.metric_snapshots where post_id = p.id order by taken_at desc limit 1) s on true "
        "where p.brand_id = %(brand)s and p.state = 'published' and p.published_at >= %(since)s "
        "and p.published_at < %(until)s and (%(channels)s::uuid[] is null or p.channel_id = any (%(channels)s)) "
        "order by p.published_at desc, p.id desc limit %(limit)s",
        {"brand": brand_id, "since": since, "until": until, "channels": channel_ids, "limit": limit},
        PostResult,
    )


def count_reading(tx: Tx, brand_id: UUID) -> int:
    return int(
        tx.value(
            "select count(*) from app.metric_pulls m join app.posts p on p.id = m.post_id "
            "where m.state = 'queued' and p.brand_id = %(brand)s",
            {"brand": brand_id},
        )
    )


def day_snapshots(tx: Tx, post_ids: list[UUID], time_zone: str) -> list[Snapshot]:
    """The last reading of each post on each day of the zone, ordered by post, then day."""
    return tx.all(
        'select distinct on (s.post_id, "on") s.post_id, (s.taken_at at time zone %(zone)s)::date as "on", s.taken_at, '
        "s.views, s.reach, s.likes, s.comments, s.shares, s.saves, s.clicks from app.metric_snapshots s "
        'where s.post_id = any (%(posts)s) order by s.post_id, "on", s.taken_at desc',
        {"posts": post_ids, "zone": time_zone},
        Snapshot,
    )
