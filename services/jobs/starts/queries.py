"""Starts as rows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from services.jobs.starts.models import Start, Then
from services.kit.db import Tx, json_value

_VANISHED: LiteralString = """
select s.id, s.org_id, s.brand_id, s.told_org_id, s.kind, s.parameters, s.payload_version, s.origin, s.origin_id,
  s.started_by, s.schedule_id, s.due_at, s.then_kind, s.then_parameters, s.given, s.state, s.attempts, s.held,
  s.cancel_asked_at, s.created_at, s.queued_at, s.started_at, s.finished_at, s.error, s.outcome
from app.job_starts s
where s.state in ('waiting', 'running', 'retrying') and s.held = '' and s.queued_at < %(before)s
and not exists (select 1 from queue.procrastinate_jobs j
  where j.lock = 'start:' || s.id and j.status in ('todo', 'doing'))
and not (s.state = 'waiting' and exists (select 1 from app.job_starts o where o.schedule_id = s.schedule_id
  and o.id <> s.id and (o.state in ('running', 'retrying')
  or (o.state = 'waiting' and (o.created_at, o.id) < (s.created_at, s.id)))))
and (%(only)s::uuid[] is null or s.id = any (%(only)s))
order by s.queued_at limit %(limit)s
"""


def one(tx: Tx, start_id: UUID) -> Start | None:
    return tx.one(
        "select id, org_id, brand_id, told_org_id, kind, parameters, payload_version, origin, origin_id, started_by, "
        "schedule_id, due_at, then_kind, then_parameters, given, state, attempts, held, cancel_asked_at, created_at, "
        "queued_at, started_at, finished_at, error, outcome from app.job_starts where id = %(start)s",
        {"start": start_id},
        Start,
    )


def lock(tx: Tx, start_id: UUID) -> Start | None:
    """Hold its row until the transaction ends."""
    tx.run("select 1 from app.job_starts where id = %(start)s for update", {"start": start_id})
    return one(tx, start_id)


def newest(tx: Tx, kind: str | None, schedule_id: UUID | None, limit: int) -> list[Start]:
    """The latest first; as the scope sees them, in `app.admin_tx()` of the web those of the installation."""
    return tx.all(
        "select id, org_id, brand_id, told_org_id, kind, parameters, payload_version, origin, origin_id, started_by, "
        "schedule_id, due_at, then_kind, then_parameters, given, state, attempts, held, cancel_asked_at, created_at, "
        "queued_at, started_at, finished_at, error, outcome from app.job_starts "
        "where (%(kind)s::text is null or kind = %(kind)s) "
        "and (%(schedule)s::uuid is null or schedule_id = %(schedule)s) "
        "order by created_at desc, id desc limit %(limit)s",
        {"kind": kind, "schedule": schedule_id, "limit": limit},
        Start,
    )


def open_of(tx: Tx, schedule_id: UUID) -> list[Start]:
    """What of a schedule has not ended, the oldest first."""
    return tx.all(
        "select id, org_id, brand_id, told_org_id, kind, parameters, payload_version, origin, origin_id, started_by, "
        "schedule_id, due_at, then_kind, then_parameters, given, state, attempts, held, cancel_asked_at, created_at, "
        "queued_at, started_at, finished_at, error, outcome from app.job_starts where schedule_id = %(schedule)s "
        "and state in ('waiting', 'running', 'retrying') order by created_at, id",
        {"schedule": schedule_id},
        Start,
    )


def one_at_a_time(tx: Tx, schedule_id: UUID | None) -> None:
    """Starts of one schedule are made, claimed and ended one after the other."""
    if schedule_id is not None:
        one_after_the_other(tx, f"schedule:{schedule_id}")


def one_after_the_other(tx: Tx, about: str) -> None:
    """Whoever else asks about the same waits until this transaction has ended."""
    tx.run("select pg_advisory_xact_lock(hashtextextended(%(key)s, 20261121))", {"key": about})


def open_like(tx: Tx, kind: str, brand_id: UUID | None, parameters: Any, then: Then | None) -> UUID | None:
    """One that has not ended and does the same, for the same brand, with the same to follow."""
    found: UUID | None = tx.value(
        "select id from app.job_starts where kind = %(kind)s and state in ('waiting', 'running', 'retrying') "
        "and brand_id is not distinct from %(brand)s::uuid and parameters = %(parameters)s "
        "and then_kind is not distinct from %(then)s::text and then_parameters = %(then_parameters)s "
        "and cancel_asked_at is null order by created_at, id limit 1",
        {
            "kind": kind,
            "brand": brand_id,
            "parameters": parameters,
            "then": then.kind if then else None,
            "then_parameters": json_value(then.parameters if then else {}),
        },
    )
    return found


def again_of(tx: Tx, start_id: UUID) -> UUID | None:
    """The latest that was started because somebody wanted this one once more."""
    found: UUID | None = tx.value(
        "select id from app.job_starts where origin = 'retry' and origin_id = %(start)s "
        "order by created_at desc, id desc limit 1",
        {"start": str(start_id)},
    )
    return found


def claim(tx: Tx, start_id: UUID) -> int | None:
    """
    Begin, or begin again; the number of this attempt, None where it is over.

    Its job holds a lock of the queue, so one that runs already has lost its worker.
    """
    found: int | None = tx.value(
        "update app.job_starts set state = 'running', attempts = attempts + 1, held = '', error = '', "
        "started_at = coalesce(started_at, %(now)s) where id = %(start)s "
        "and state in ('waiting', 'running', 'retrying') returning attempts",
        {"start": start_id, "now": tx.now},
    )
    return found


def revive(tx: Tx, start_id: UUID) -> int:
    """One that ended badly waits again."""
    return tx.run(
        "update app.job_starts set state = 'waiting', finished_at = null, cancel_asked_at = null, queued_at = %(now)s "
        "where id = %(start)s and state in ('failed', 'crashed', 'lost')",
        {"start": start_id, "now": tx.now},
    )


def hold(tx: Tx, start_id: UUID, why: str) -> int:
    return tx.run(
        "update app.job_starts set held = %(why)s where id = %(start)s and state = 'waiting'",
        {"start": start_id, "why": why},
    )


def requeued(tx: Tx, start_id: UUID) -> int:
    return tx.run(
        "update app.job_starts set queued_at = %(now)s, held = '' where id = %(start)s and state = 'waiting'",
        {"start": start_id, "now": tx.now},
    )


def end(tx: Tx, start_id: UUID, attempt: int | None, state: str, error: str, outcome: Any) -> int:
    """Only the attempt that still owns it may end it; `attempt` None: whoever asks."""
    return tx.run(
        "update app.job_starts set state = %(state)s, error = %(error)s, outcome = %(outcome)s, "
        "finished_at = %(now)s where id = %(start)s and state in ('waiting', 'running', 'retrying') "
        "and (%(attempt)s::int is null or (attempts = %(attempt)s and state = 'running'))",
        {"start": start_id, "attempt": attempt, "state": state, "error": error, "outcome": outcome, "now": tx.now},
    )


def will_retry(tx: Tx, start_id: UUID, attempt: int, error: str) -> int:
    return tx.run(
        "update app.job_starts set state = 'retrying', error = %(error)s "
        "where id = %(start)s and attempts = %(attempt)s and state = 'running'",
        {"start": start_id, "attempt": attempt, "error": error},
    )


def mark_fire_lost(tx: Tx, start_id: UUID) -> int:
    """The due instant that this start stands for has come to nothing."""
    return tx.run("update app.schedule_fires set outcome = 'lost' where start_id = %(start)s", {"start": start_id})


def note(tx: Tx, start_id: UUID, error: str) -> int:
    return tx.run(
        "update app.job_starts set error = %(error)s where id = %(start)s", {"start": start_id, "error": error}
    )


def ask_to_cancel(tx: Tx, start_id: UUID) -> int:
    return tx.run(
        "update app.job_starts set cancel_asked_at = coalesce(cancel_asked_at, %(now)s) where id = %(start)s "
        "and state in ('running', 'retrying')",
        {"start": start_id, "now": tx.now},
    )


def is_cancel_asked(tx: Tx, start_id: UUID) -> bool:
    return bool(
        tx.value("select cancel_asked_at is not null from app.job_starts where id = %(start)s", {"start": start_id})
    )


def vanished(tx: Tx, before: datetime, limit: int, only: list[UUID] | None = None) -> list[Start]:
    """
    Not over, and no job in the queue for it; claimed where `only` some are asked for. As the worker, across
    organisations.

    One that waits its turn behind another of its schedule, or for a newer version, has not vanished.
    """
    claimed: LiteralString = "" if only is None else "for update of s skip locked"
    return tx.all(_VANISHED + claimed, {"before": before, "limit": limit, "only": only}, Start)


def held(tx: Tx, versions: Mapping[str, int], limit: int) -> list[Start]:
    """Held for a newer version, and this version knows enough: kinds by name with the newest payload it reads."""
    return tx.all(
        "select s.id, s.org_id, s.brand_id, s.told_org_id, s.kind, s.parameters, s.payload_version, s.origin, "
        "s.origin_id, s.started_by, s.schedule_id, s.due_at, s.then_kind, s.then_parameters, s.given, s.state, "
        "s.attempts, s.held, s.cancel_asked_at, s.created_at, s.queued_at, s.started_at, s.finished_at, s.error, "
        "s.outcome from app.job_starts s join unnest(%(names)s::text[], %(versions)s::int[]) k (name, version) "
        "on k.name = s.kind and s.payload_version <= k.version where s.state = 'waiting' and s.held <> '' "
        "order by s.queued_at limit %(limit)s for update of s skip locked",
        {"names": list(versions), "versions": list(versions.values()), "limit": limit},
        Start,
    )


def has_brand(tx: Tx, brand_id: UUID) -> bool:
    return tx.value("select 1 from app.brands where id = %(brand)s", {"brand": brand_id}) is not None


def purge(tx: Tx, before: datetime, limit: int) -> int:
    return tx.run(
        "delete from app.job_starts where id in (select id from app.job_starts where finished_at < %(before)s "
        "order by finished_at limit %(limit)s)",
        {"before": before, "limit": limit},
    )
