"""Many starts at once, as rows; one is a list of one."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from services.kit.db import Tx


def one_at_a_time(tx: Tx, schedule_ids: Sequence[UUID]) -> None:
    """`queries.one_at_a_time` for each of them, in one order."""
    tx.run(
        "select pg_advisory_xact_lock(hashtextextended(key, 20261121)) "
        "from (select 'schedule:' || id as key from unnest(%(ids)s::uuid[]) id order by id) k",
        {"ids": list(schedule_ids)},
    )


def busy(tx: Tx, schedule_ids: Sequence[UUID]) -> set[UUID]:
    """Those with a start that has not ended."""
    rows = tx.tuples(
        "select distinct schedule_id from app.job_starts where schedule_id = any (%(ids)s) "
        "and state in ('waiting', 'running', 'retrying')",
        {"ids": list(schedule_ids)},
    )
    return {schedule_id for (schedule_id,) in rows}


def known_brands(tx: Tx, brand_ids: Sequence[UUID]) -> set[UUID]:
    """Those that are there in this scope."""
    if not brand_ids:
        return set()
    rows = tx.tuples("select id from app.brands where id = any (%(ids)s)", {"ids": list(set(brand_ids))})
    return {brand_id for (brand_id,) in rows}


def insert(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows as `service.row_of` makes them."""
    plain = [{name: value.obj if isinstance(value, Jsonb) else value for name, value in row.items()} for row in rows]
    tx.run(
        "insert into app.job_starts (id, org_id, brand_id, told_org_id, kind, parameters, payload_version, origin, "
        "origin_id, started_by, schedule_id, due_at, then_kind, then_parameters, given, state, created_at, queued_at) "
        'select id, org, brand, told, kind, parameters, payload, origin, origin_id, "user", schedule, due, then_kind, '
        "then_parameters, given, 'waiting', now, now from jsonb_to_recordset(%(rows)s::jsonb) r (id uuid, org uuid, "
        "brand uuid, told uuid, kind text, parameters jsonb, payload int, origin text, origin_id text, "
        '"user" uuid, schedule uuid, due timestamptz, then_kind text, then_parameters jsonb, given jsonb, '
        "now timestamptz)",
        {"rows": json.dumps(plain, default=str)},
    )
