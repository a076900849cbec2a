"""What the clockwork sweeps across organisations. Each statement claims with `for update skip locked`."""

from datetime import datetime, timedelta
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.kit.db import Tx


class Claimed(BaseModel):
    """A post whose next step is to be queued; `traceparent` is the click's that planned it."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    org_id: UUID
    channel_id: UUID
    traceparent: str | None


def count_due(tx: Tx) -> int:
    """Planned posts whose time has come, as far as the scope sees them."""
    found: int = tx.value(
        "select count(*) from app.posts where state = 'planned' and due_at <= %(now)s", {"now": tx.now}
    )
    return found


def claim_planned(tx: Tx, deadline: timedelta, limit: int) -> list[Claimed]:
    """Planned posts whose time has come become due, and their history says so."""
    return tx.all(
        "with ready as (select id from app.posts where state = 'planned' and due_at <= %(now)s order by due_at, id "
        "limit %(limit)s for update skip locked), "
        "moved as (update app.posts p set state = 'due', state_at = %(now)s, released_at = %(now)s, is_taken = false, "
        "wake_at = null, deadline_at = %(now)s + %(deadline)s from ready where p.id = ready.id "
        "returning p.id, p.org_id, p.channel_id, p.traceparent, p.due_at), "
        "told as (insert into app.post_history (org_id, post_id, at, from_state, to_state) "
        "select org_id, id, %(now)s, 'planned', 'due' from moved) "
        "select id, org_id, channel_id, traceparent from moved order by due_at, id",
        {"now": tx.now, "deadline": deadline, "limit": limit},
        Claimed,
    )


def claim_woken(tx: Tx, deadline: timedelta, limit: int) -> list[Claimed]:
    """Parked posts whose wait is over; a held one goes back to the start of the line."""
    return tx.all(
        "with ready as (select id from app.posts where wake_at <= %(now)s order by wake_at, id "
        "limit %(limit)s for update skip locked), "
        "moved as (update app.posts p set wake_at = null, deadline_at = greatest(p.deadline_at, %(now)s + %(deadline)s)"
        ", state = case when p.state = 'held' then 'due' else p.state end, "
        "state_at = case when p.state = 'held' then %(now)s else p.state_at end, "
        "released_at = case when p.state = 'held' then %(now)s else p.released_at end "
        "from ready where p.id = ready.id returning p.id, p.org_id, p.channel_id, p.traceparent) "
        "select id, org_id, channel_id, traceparent from moved",
        {"now": tx.now, "deadline": deadline, "limit": limit},
        Claimed,
    )


def claim_overdue(tx: Tx, again: timedelta, limit: int) -> list[Claimed]:
    """Posts that have been in their state for longer than it may last."""
    return tx.all(
        "with stuck as (select id from app.posts where deadline_at <= %(now)s order by deadline_at, id "
        "limit %(limit)s for update skip locked), "
        "moved as (update app.posts p set deadline_at = %(now)s + %(again)s from stuck where p.id = stuck.id "
        "returning p.id, p.org_id, p.channel_id, p.traceparent) "
        "select id, org_id, channel_id, traceparent from moved",
        {"now": tx.now, "again": again, "limit": limit},
        Claimed,
    )


def claim_preflights(tx: Tx, limit: int) -> list[Claimed]:
    """Planned posts a day and an hour before their time, each once."""
    return tx.all(
        "with near as (select id, due_at <= %(now)s + interval '1 hour' as is_close from app.posts "
        "where state = 'planned' and due_at <= %(now)s + interval '24 hours' "
        "and preflights < case when due_at <= %(now)s + interval '1 hour' then 2 else 1 end "
        "order by due_at, id limit %(limit)s for update skip locked), "
        "moved as (update app.posts p set preflights = case when near.is_close then 2 else 1 end from near "
        "where p.id = near.id returning p.id, p.org_id, p.channel_id, p.traceparent) "
        "select id, org_id, channel_id, traceparent from moved",
        {"now": tx.now, "limit": limit},
        Claimed,
    )


def next_instant(tx: Tx) -> datetime | None:
    """When the next post falls due or wakes."""
    return tx.value(  # type: ignore[no-any-return]
        "select least((select min(due_at) from app.posts where state = 'planned'), "
        "(select min(wake_at) from app.posts where wake_at is not null))",
        {},
    )
