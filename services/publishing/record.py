"""This installation's own record: what went out, how late, what is unclear. Read from the posts, never estimated."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.kit.db import Tx


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True)


class Totals(_Row):
    """
    Of the posts due since an instant; lateness in seconds from the due instant to a worker's taking it up.

    `recovered`: published after an answer that was lost. `unconfirmed` and `held` as they are now, however old.
    """

    published: int
    failed: int
    recovered: int
    unconfirmed: int
    held: int
    late_median_seconds: float | None
    late_p99_seconds: float | None


class FormRecord(_Row):
    """The same for one format of one platform."""

    platform: str
    format: str
    published: int
    failed: int
    unconfirmed: int
    late_median_seconds: float | None
    late_p99_seconds: float | None


class PostLine(_Row):
    """One post as the CSV has it."""

    id: UUID
    platform: str
    format: str
    channel: str
    state: str
    due_at: datetime
    started_at: datetime | None
    published_at: datetime | None
    late_seconds: float | None
    attempts: int
    lost_answers: int
    remote_id: str | None
    reason: str


def record_totals(tx: Tx, since: datetime) -> Totals:
    """The figures on top of the screen, of everything due since then."""
    found = tx.one(
        "select count(*) filter (where p.state = 'published' and p.due_at >= %(since)s) as published, "
        "count(*) filter (where p.state = 'failed' and p.due_at >= %(since)s) as failed, "
        "count(*) filter (where p.state = 'published' and p.due_at >= %(since)s and exists (select from app.attempts a "
        "where a.post_id = p.id and a.error_class = 'OutcomeUnknown')) as recovered, "
        "count(*) filter (where p.state = 'unconfirmed') as unconfirmed, "
        "count(*) filter (where p.state = 'held') as held, "
        "percentile_cont(0.5) within group (order by greatest(0, extract(epoch from p.started_at - p.due_at))) "
        "filter (where p.started_at is not null and p.due_at >= %(since)s) as late_median_seconds, "
        "percentile_cont(0.99) within group (order by greatest(0, extract(epoch from p.started_at - p.due_at))) "
        "filter (where p.started_at is not null and p.due_at >= %(since)s) as late_p99_seconds "
        "from app.posts p where p.due_at >= %(since)s or p.state in ('unconfirmed', 'held')",
        {"since": since},
        Totals,
    )
    assert found is not None
    return found


def record_by_form(tx: Tx, since: datetime) -> Sequence[FormRecord]:
    """One line per platform and format that had a post due since then. "" is the platform's first format."""
    return tx.all(
        "select c.platform, coalesce(s.sealed -> 'settings' ->> 'format', '') as format, "
        "count(*) filter (where p.state = 'published') as published, "
        "count(*) filter (where p.state = 'failed') as failed, "
        "count(*) filter (where p.state = 'unconfirmed') as unconfirmed, "
        "percentile_cont(0.5) within group (order by greatest(0, extract(epoch from p.started_at - p.due_at))) "
        "filter (where p.started_at is not null) as late_median_seconds, "
        "percentile_cont(0.99) within group (order by greatest(0, extract(epoch from p.started_at - p.due_at))) "
        "filter (where p.started_at is not null) as late_p99_seconds "
        "from app.posts p join app.channels c on c.id = p.channel_id join app.approvals s on s.id = p.approval_id "
        "where p.due_at >= %(since)s and p.state in ('published', 'failed', 'unconfirmed') group by 1, 2 order by 1, 2",
        {"since": since},
        FormRecord,
    )


def record_lines(tx: Tx, since: datetime, limit: int = 50_000) -> Sequence[PostLine]:
    """Every post due since then and not planned for later, the newest first."""
    return tx.all(
        "select p.id, c.platform, coalesce(s.sealed -> 'settings' ->> 'format', '') as format, c.name as channel, "
        "p.state, p.due_at, p.started_at, p.published_at, "
        "extract(epoch from p.started_at - p.due_at)::float8 as late_seconds, count(a.id) as attempts, "
        "count(a.id) filter (where a.error_class = 'OutcomeUnknown') as lost_answers, p.remote_id, p.reason "
        "from app.posts p join app.channels c on c.id = p.channel_id join app.approvals s on s.id = p.approval_id "
        "left join app.attempts a on a.post_id = p.id "
        "where p.due_at >= %(since)s and p.state <> 'planned' "
        "group by p.id, c.platform, s.sealed, c.name order by p.due_at desc, p.id limit %(limit)s",
        {"since": since, "limit": limit},
        PostLine,
    )
