"""Stages measured, targets and alerts, one statement per function."""

from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from services.kit.db import Tx
from services.pipelines.models import Alert, Lapse, Measured, OwnTargets
from services.pipelines.stage import Table, Targets

# What every stage selects is measured alike; the row without a brand is the whole organisation.
_MEASURE: LiteralString = """
select brand_id, came, went_on, rejected, waiting, waits_since, succeeded, failed, day_succeeded, day_failed,
  p95_seconds, last_ended_at, last_success_at, coalesce(last, '{}') as last
from (select brand_id,
    coalesce(sum(came) filter (where is_lately), 0)::bigint as came,
    coalesce(sum(went_on) filter (where is_lately), 0)::bigint as went_on,
    coalesce(sum(rejected) filter (where is_lately), 0)::bigint as rejected,
    count(*) filter (where is_good is null) as waiting,
    min(came_at) filter (where is_good is null) as waits_since,
    count(*) filter (where is_good and is_lately) as succeeded,
    count(*) filter (where not is_good and is_lately) as failed,
    count(*) filter (where is_good and ended_at >= %(day)s) as day_succeeded,
    count(*) filter (where not is_good and ended_at >= %(day)s) as day_failed,
    percentile_cont(0.95) within group (order by extract(epoch from ended_at - came_at)::float8)
      filter (where is_good and is_lately) as p95_seconds,
    max(ended_at) filter (where is_good is not null) as last_ended_at,
    max(ended_at) filter (where is_good) as last_success_at,
    (array_agg(is_good order by ended_at desc) filter (where is_good is not null))[1:10] as last
  from (select brand_id, came_at, ended_at, is_good, came, went_on, rejected,
      coalesce(ended_at, came_at) >= %(window)s as is_lately from works) as seen
  group by grouping sets ((), (brand_id))
  having grouping(brand_id) = 1 or brand_id is not null) as measured
"""


def measure(
    tx: Tx, works: LiteralString, now: datetime, since: datetime, window: datetime, day: datetime
) -> list[Measured]:
    """
    One row per brand, and one without a brand for all of them together.

    100,000 works are sorted in memory: until the transaction ends, it may take more of it than others.
    """
    tx.run("select set_config('work_mem', '32MB', true)", {})
    asked = {"now": now, "since": since, "window": window, "day": day}
    return tx.all("".join(("with works as (", works, ")", _MEASURE)), asked, Measured)


def rows(tx: Tx, table: Table, since: datetime, brand_id: UUID | None, most: int) -> list[tuple[Any, ...]]:
    return tx.tuples(table.sql, {**table.given, "now": tx.now, "since": since, "brand": brand_id, "most": most})


def own_targets(tx: Tx) -> list[OwnTargets]:
    return tx.all(
        "select stage, fresh_seconds, silence_seconds, success_ratio, p95_seconds, updated_at from app.stage_targets",
        {},
        OwnTargets,
    )


def put_targets(tx: Tx, stage: str, targets: Targets) -> None:
    tx.run(
        "insert into app.stage_targets (org_id, stage, fresh_seconds, silence_seconds, success_ratio, p95_seconds, "
        "updated_at, updated_by) values (%(org)s, %(stage)s, %(fresh_seconds)s, %(silence_seconds)s, "
        "%(success_ratio)s, %(p95_seconds)s, %(now)s, %(user)s) on conflict (org_id, stage) do update set "
        "fresh_seconds = excluded.fresh_seconds, silence_seconds = excluded.silence_seconds, "
        "success_ratio = excluded.success_ratio, p95_seconds = excluded.p95_seconds, "
        "updated_at = excluded.updated_at, updated_by = excluded.updated_by",
        {"org": tx.org_id, "stage": stage, "now": tx.now, "user": tx.user_id, **targets.model_dump()},
    )


def forget_targets(tx: Tx, stage: str) -> None:
    tx.run("delete from app.stage_targets where stage = %(stage)s", {"stage": stage})


def alerts(tx: Tx, since: datetime) -> list[Alert]:
    """Open ones first, then those that ended since, the newest first."""
    return tx.all(
        "select id, subject, cause, title, said, since, raised_at, resolved_at from app.pipeline_alerts "
        "where resolved_at is null or resolved_at >= %(since)s "
        "order by resolved_at is not null, raised_at desc, id limit 50",
        {"since": since},
        Alert,
    )


def alert(tx: Tx, alert_id: UUID) -> Alert | None:
    return tx.one(
        "select id, subject, cause, title, said, since, raised_at, resolved_at from app.pipeline_alerts "
        "where id = %(id)s",
        {"id": alert_id},
        Alert,
    )


def claim_looks(tx: Tx, before: datetime, most: int) -> list[UUID]:
    """Organisations that nobody has looked at since then; they are this worker's now."""
    found = tx.tuples(
        "insert into app.pipeline_looks as l (org_id, looked_at) select o.id, %(now)s from app.organisations o "
        "left join app.pipeline_looks k on k.org_id = o.id where k.looked_at is null or k.looked_at <= %(before)s "
        "order by o.id limit %(most)s on conflict (org_id) do update set looked_at = excluded.looked_at "
        "where l.looked_at <= %(before)s returning l.org_id",
        {"now": tx.now, "before": before, "most": most},
    )
    return [org_id for (org_id,) in found]


def raise_alert(tx: Tx, org_id: UUID, lapse: Lapse) -> UUID | None:
    """None where it is known already."""
    found: UUID | None = tx.value(
        "insert into app.pipeline_alerts (id, org_id, subject, cause, title, said, since, raised_at) values (%(id)s, "
        "%(org)s, %(subject)s, %(cause)s, %(title)s, %(said)s, %(since)s, %(now)s) "
        "on conflict (org_id, subject, cause) where resolved_at is null do nothing returning id",
        {"id": tx.new_id(), "org": org_id, "now": tx.now, **lapse.model_dump()},
    )
    return found


def resolve_others(tx: Tx, org_id: UUID, lapses: list[Lapse]) -> list[UUID]:
    """Alerts whose cause is gone end; their ids."""
    found = tx.tuples(
        "update app.pipeline_alerts set resolved_at = %(now)s where org_id = %(org)s and resolved_at is null "
        "and subject || '/' || cause <> all (%(open)s) returning id",
        {"now": tx.now, "org": org_id, "open": [f"{one.subject}/{one.cause}" for one in lapses]},
    )
    return [alert_id for (alert_id,) in found]


def forget_alerts(tx: Tx, org_id: UUID, before: datetime) -> None:
    tx.run(
        "delete from app.pipeline_alerts where org_id = %(org)s and resolved_at < %(before)s",
        {"org": org_id, "before": before},
    )
