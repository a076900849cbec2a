"""Schedules, their fires and the defaults of brands, as rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from services.jobs.schedules.models import Fire, Schedule
from services.kit.db import Tx


def one(tx: Tx, schedule_id: UUID) -> Schedule | None:
    return tx.one(
        "select id, org_id, brand_id, told_org_id, name, kind, parameters, payload_version, cadence, starts_at, "
        "ends_at, jitter_seconds, misfire, grace_seconds, overlap, then_kind, then_parameters, note, owner_id, "
        "problem, next_due_at, next_fire_at, paused_at, version, created_at, updated_at "
        "from app.schedules where id = %(schedule)s",
        {"schedule": schedule_id},
        Schedule,
    )


def lock(tx: Tx, schedule_id: UUID) -> Schedule | None:
    """
    Hold its row until the transaction ends: a sweep passes over it meanwhile.

    Not so tight that a start of it, made elsewhere meanwhile, would wait for its reference.
    """
    tx.run("select 1 from app.schedules where id = %(schedule)s for no key update", {"schedule": schedule_id})
    return one(tx, schedule_id)


def listed(tx: Tx, kind: str | None, brand_id: UUID | None) -> list[Schedule]:
    """By name; as the scope sees them, in `app.admin_tx()` of the web those of the installation."""
    return tx.all(
        "select id, org_id, brand_id, told_org_id, name, kind, parameters, payload_version, cadence, starts_at, "
        "ends_at, jitter_seconds, misfire, grace_seconds, overlap, then_kind, then_parameters, note, owner_id, "
        "problem, next_due_at, next_fire_at, paused_at, version, created_at, updated_at from app.schedules "
        "where (%(kind)s::text is null or kind = %(kind)s) "
        "and (%(brand)s::uuid is null or brand_id = %(brand)s) order by lower(name), id",
        {"kind": kind, "brand": brand_id},
        Schedule,
    )


def claim_due(tx: Tx, versions: Mapping[str, int], limit: int) -> list[Schedule]:
    """
    Due now and known to this version, held as by `lock` until the transaction ends.

    As the worker across organisations.
    """
    return tx.all(
        "select s.id, s.org_id, s.brand_id, s.told_org_id, s.name, s.kind, s.parameters, s.payload_version, s.cadence, "
        "s.starts_at, s.ends_at, s.jitter_seconds, s.misfire, s.grace_seconds, s.overlap, s.then_kind, "
        "s.then_parameters, s.note, s.owner_id, s.problem, s.next_due_at, s.next_fire_at, s.paused_at, s.version, "
        "s.created_at, s.updated_at from app.schedules s join unnest(%(names)s::text[], %(versions)s::int[]) "
        "k (name, version) on k.name = s.kind and s.payload_version <= k.version "
        "where s.paused_at is null and s.next_fire_at <= %(now)s "
        "order by s.next_fire_at limit %(limit)s for no key update of s skip locked",
        {"names": list(versions), "versions": list(versions.values()), "now": tx.now, "limit": limit},
        Schedule,
    )


def is_member(tx: Tx, org_id: UUID, user_id: UUID | None) -> bool:
    return bool(
        tx.value(
            "select true from app.org_members where org_id = %(org)s and user_id = %(user)s",
            {"org": org_id, "user": user_id},
        )
    )


def insert(tx: Tx, row: Mapping[str, Any]) -> None:
    tx.run(
        "insert into app.schedules (id, org_id, brand_id, told_org_id, name, kind, parameters, payload_version, "
        "cadence, starts_at, ends_at, jitter_seconds, misfire, grace_seconds, overlap, then_kind, then_parameters, "
        "note, owner_id, next_due_at, next_fire_at, created_at, updated_at) values (%(id)s, %(org)s, %(brand)s, "
        "%(told)s, %(name)s, %(kind)s, %(parameters)s, %(payload)s, %(cadence)s, %(starts_at)s, %(ends_at)s, "
        "%(jitter)s, %(misfire)s, %(grace)s, %(overlap)s, %(then_kind)s, %(then_parameters)s, %(note)s, %(owner)s, "
        "%(due)s, %(fire)s, %(now)s, %(now)s)",
        row,
    )


def update(tx: Tx, row: Mapping[str, Any]) -> None:
    tx.run(
        "update app.schedules set brand_id = %(brand)s, name = %(name)s, kind = %(kind)s, "
        "parameters = %(parameters)s, payload_version = %(payload)s, cadence = %(cadence)s, starts_at = %(starts_at)s, "
        "ends_at = %(ends_at)s, jitter_seconds = %(jitter)s, misfire = %(misfire)s, grace_seconds = %(grace)s, "
        "overlap = %(overlap)s, then_kind = %(then_kind)s, then_parameters = %(then_parameters)s, note = %(note)s, "
        "owner_id = %(owner)s, problem = '', next_due_at = %(due)s, next_fire_at = %(fire)s, updated_at = %(now)s, "
        "version = version + 1 where id = %(id)s",
        row,
    )


def set_pause(
    tx: Tx, schedule_id: UUID, paused_at: datetime | None, due: datetime | None, fire: datetime | None
) -> int:
    return tx.run(
        "update app.schedules set paused_at = %(paused)s, next_due_at = %(due)s, next_fire_at = %(fire)s, "
        "problem = case when %(paused)s::timestamptz is null then '' else problem end, updated_at = %(now)s, "
        "version = version + 1 where id = %(schedule)s",
        {"schedule": schedule_id, "paused": paused_at, "due": due, "fire": fire, "now": tx.now},
    )


def move_on(tx: Tx, schedule_id: UUID, due: datetime | None, fire: datetime | None) -> int:
    return tx.run(
        "update app.schedules set next_due_at = %(due)s, next_fire_at = %(fire)s where id = %(schedule)s",
        {"schedule": schedule_id, "due": due, "fire": fire},
    )


def stop(tx: Tx, schedule_id: UUID, problem: str) -> int:
    """Pause it with the reason on it: trying again at each tick would fail each time."""
    return tx.run(
        "update app.schedules set paused_at = %(now)s, problem = %(problem)s, updated_at = %(now)s, "
        "version = version + 1 where id = %(schedule)s",
        {"schedule": schedule_id, "problem": problem, "now": tx.now},
    )


def delete(tx: Tx, schedule_id: UUID) -> int:
    return tx.run("delete from app.schedules where id = %(schedule)s", {"schedule": schedule_id})


def add_fire(tx: Tx, schedule: Schedule, due_at: datetime, outcome: str, missed: int) -> int:
    """0 where this instant has fired before."""
    return tx.run(
        "insert into app.schedule_fires (schedule_id, due_at, org_id, fired_at, outcome, missed, version) "
        "values (%(schedule)s, %(due)s, %(org)s, %(now)s, %(outcome)s, %(missed)s, %(version)s) "
        "on conflict (schedule_id, due_at) do nothing",
        {
            "schedule": schedule.id,
            "due": due_at,
            "org": schedule.org_id,
            "now": tx.now,
            "outcome": outcome,
            "missed": missed,
            "version": schedule.version,
        },
    )


def name_start(tx: Tx, schedule_id: UUID, due_at: datetime, start_id: UUID) -> int:
    return tx.run(
        "update app.schedule_fires set start_id = %(start)s where schedule_id = %(schedule)s and due_at = %(due)s",
        {"start": start_id, "schedule": schedule_id, "due": due_at},
    )


def move_all_on(tx: Tx, moves: Sequence[tuple[UUID, datetime | None, datetime | None]]) -> int:
    """`move_on` for many: id, due, fire."""
    ids, due, fire = _columns(moves, 3)
    return tx.run(
        "update app.schedules s set next_due_at = m.due, next_fire_at = m.fire from unnest(%(ids)s::uuid[], "
        "%(due)s::timestamptz[], %(fire)s::timestamptz[]) m (id, due, fire) where s.id = m.id",
        {"ids": ids, "due": due, "fire": fire},
    )


def add_fires(tx: Tx, org_id: UUID | None, added: Sequence[tuple[UUID, datetime, str, int, int]]) -> set[UUID]:
    """`add_fire` for many: schedule, due, outcome, missed, version. Returns those that had not fired before."""
    ids, due, outcomes, missed, versions = _columns(added, 5)
    rows = tx.tuples(
        "insert into app.schedule_fires (schedule_id, due_at, org_id, fired_at, outcome, missed, version) "
        "select id, due, %(org)s, %(now)s, outcome, missed, version from unnest(%(ids)s::uuid[], "
        "%(due)s::timestamptz[], %(outcomes)s::text[], %(missed)s::int[], %(versions)s::int[]) "
        "f (id, due, outcome, missed, version) on conflict (schedule_id, due_at) do nothing returning schedule_id",
        {"ids": ids, "due": due, "outcomes": outcomes, "missed": missed, "versions": versions, "org": org_id,
         "now": tx.now},
    )  # fmt: skip
    return {schedule_id for (schedule_id,) in rows}


def name_starts(tx: Tx, named: Sequence[tuple[UUID, datetime, UUID]]) -> int:
    """`name_start` for many: schedule, due, start."""
    ids, due, started = _columns(named, 3)
    return tx.run(
        "update app.schedule_fires f set start_id = n.start from unnest(%(ids)s::uuid[], %(due)s::timestamptz[], "
        "%(starts)s::uuid[]) n (id, due, start) where f.schedule_id = n.id and f.due_at = n.due",
        {"ids": ids, "due": due, "starts": started},
    )


def _columns(rows: Sequence[tuple[Any, ...]], count: int) -> list[list[Any]]:
    return [[row[at] for row in rows] for at in range(count)]


def fires(tx: Tx, schedule_id: UUID, limit: int) -> list[Fire]:
    return tx.all(
        "select schedule_id, due_at, fired_at, outcome, missed, start_id, version from app.schedule_fires "
        "where schedule_id = %(schedule)s order by due_at desc limit %(limit)s",
        {"schedule": schedule_id, "limit": limit},
        Fire,
    )


def purge_fires(tx: Tx, before: datetime, limit: int) -> int:
    return tx.run(
        "delete from app.schedule_fires where (schedule_id, due_at) in (select schedule_id, due_at "
        "from app.schedule_fires where fired_at < %(before)s order by fired_at limit %(limit)s)",
        {"before": before, "limit": limit},
    )
