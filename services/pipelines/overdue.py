"""Schedules that should have started something and did not."""

from datetime import datetime, timedelta
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.kit.db import Tx
from services.pipelines.models import Lapse
from services.pipelines.rules import spoken

SLACK = timedelta(minutes=2)  # two rescues of dead workers, and a queue that is busy for a moment
LEFT_FOR = timedelta(minutes=15)  # a start that waits for longer has no worker that takes it


class Expected(BaseModel):
    """A schedule that is not paused, with its latest fire and how that start stands."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    name: str
    next_fire_at: datetime | None
    grace_seconds: int
    last_due_at: datetime | None
    last_outcome: str | None
    waits_since: datetime | None  # the latest start has not begun


def expected(tx: Tx, org_id: UUID) -> list[Expected]:
    """The organisation's own schedules, and those of the installation whose trouble it is told of."""
    return tx.all(
        "select s.id, s.name, s.next_fire_at, s.grace_seconds, f.due_at as last_due_at, f.outcome as last_outcome, "
        "case when j.state = 'waiting' and j.held = '' then j.queued_at end as waits_since from app.schedules s "
        "left join lateral (select due_at, outcome, start_id from app.schedule_fires where schedule_id = s.id "
        "order by due_at desc limit 1) f on true left join app.job_starts j on j.id = f.start_id "
        "where s.paused_at is null and coalesce(s.org_id, s.told_org_id) = %(org)s order by s.name, s.id",
        {"org": org_id},
        Expected,
    )


def missed(one: Expected, now: datetime) -> Lapse | None:
    """
    What a schedule owes. A lost start, a failure and a schedule that was stopped are told by themselves.

    A start that is left for a newer version waits for that version, and owes nothing.
    """
    subject = f"schedule/{one.id}"
    if one.next_fire_at and now > one.next_fire_at + timedelta(seconds=one.grace_seconds) + SLACK:
        said = f"It was due {spoken((now - one.next_fire_at).total_seconds())} ago, and no worker has started it."
        title = f"“{one.name}” has not started"
        return Lapse(subject=subject, cause="not_fired", title=title, said=said, since=one.next_fire_at)
    if one.last_outcome == "too_late" and one.last_due_at:
        said = "Nobody worked at its time. Its rule for missed times leaves that one out; it starts at the next."
        title = f"“{one.name}” missed its time"
        return Lapse(subject=subject, cause="left_out", title=title, said=said, since=one.last_due_at)
    if one.waits_since and now > one.waits_since + LEFT_FOR:
        said = f"It was started, and has waited for a worker for {spoken((now - one.waits_since).total_seconds())}."
        title = f"“{one.name}” does not begin"
        return Lapse(subject=subject, cause="not_begun", title=title, said=said, since=one.waits_since)
    return None
