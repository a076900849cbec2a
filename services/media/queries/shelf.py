"""
Pages of the library. Two statements: towards older, and towards newer, from a cursor.

They repeat the organisation, which row security adds anyway: only then does the index give the order (README, 5).
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.kit.db import Tx
from services.media.models import Asset, Counts, Cursor, Filters
from services.media.rules import ENDING_WITHIN_DAYS


def older(tx: Tx, filters: Filters, cursor: Cursor | None, limit: int) -> list[Asset]:
    """The newest first, from behind the cursor on."""
    return tx.all(
        "select a.id, a.brand_id, a.kind, a.source, a.original_name, a.file_key, a.thumb_key, a.content_type, "
        "a.size_bytes, a.sha256, a.original_sha256, a.width, a.height, a.duration_seconds, a.colours, a.tags, "
        "a.alt_text, a.rights_end_on, a.created_by, a.created_at from app.assets a where a.deleted_at is null "
        "and a.org_id = %(org)s and (%(at)s::timestamptz is null or (a.created_at, a.id) < (%(at)s, %(id)s::uuid)) "
        "and (%(like)s::text is null or a.original_name ilike %(like)s or array_to_string(a.tags, ' ') ilike %(like)s) "
        "and (%(kind)s::text is null or a.kind = %(kind)s) and (%(source)s::text is null or a.source = %(source)s) "
        "and (%(tag)s::text is null or a.tags @> array[%(tag)s]) "
        "and (%(ends_from)s::date is null or a.rights_end_on >= %(ends_from)s) "
        "and (%(ends_to)s::date is null or a.rights_end_on <= %(ends_to)s) "
        "and (not %(fine)s or a.rights_end_on is null or a.rights_end_on > %(soon)s) "
        "order by a.created_at desc, a.id desc limit %(limit)s",
        _params(tx, filters, cursor, limit),
        Asset,
    )


def newer(tx: Tx, filters: Filters, cursor: Cursor | None, limit: int) -> list[Asset]:
    """The oldest first, from behind the cursor on."""
    return tx.all(
        "select a.id, a.brand_id, a.kind, a.source, a.original_name, a.file_key, a.thumb_key, a.content_type, "
        "a.size_bytes, a.sha256, a.original_sha256, a.width, a.height, a.duration_seconds, a.colours, a.tags, "
        "a.alt_text, a.rights_end_on, a.created_by, a.created_at from app.assets a where a.deleted_at is null "
        "and a.org_id = %(org)s and (%(at)s::timestamptz is null or (a.created_at, a.id) > (%(at)s, %(id)s::uuid)) "
        "and (%(like)s::text is null or a.original_name ilike %(like)s or array_to_string(a.tags, ' ') ilike %(like)s) "
        "and (%(kind)s::text is null or a.kind = %(kind)s) and (%(source)s::text is null or a.source = %(source)s) "
        "and (%(tag)s::text is null or a.tags @> array[%(tag)s]) "
        "and (%(ends_from)s::date is null or a.rights_end_on >= %(ends_from)s) "
        "and (%(ends_to)s::date is null or a.rights_end_on <= %(ends_to)s) "
        "and (not %(fine)s or a.rights_end_on is null or a.rights_end_on > %(soon)s) "
        "order by a.created_at, a.id limit %(limit)s",
        _params(tx, filters, cursor, limit),
        Asset,
    )


def counts(tx: Tx) -> Counts:
    found = tx.one(
        "select count(*) as files, coalesce(sum(size_bytes), 0)::bigint as size_bytes, "
        "count(*) filter (where rights_end_on between %(today)s and %(soon)s) as ending, "
        "count(*) filter (where rights_end_on < %(today)s) as ended from app.assets where deleted_at is null",
        {"today": tx.now.date(), "soon": _soon(tx.now.date())},
        Counts,
    )
    return found or Counts(files=0, size_bytes=0, ending=0, ended=0)


def tags(tx: Tx, limit: int = 40) -> list[str]:
    """The tags of the newest 5,000 files, the most used first."""
    rows = tx.tuples(
        "select t, count(*) from (select a.tags from app.assets a where a.deleted_at is null and a.org_id = %(org)s "
        "order by a.created_at desc, a.id desc limit 5000) newest, unnest(newest.tags) t "
        "group by t order by count(*) desc, t limit %(limit)s",
        {"limit": limit, "org": _org(tx)},
    )
    return [row[0] for row in rows]


def _org(tx: Tx) -> UUID | None:
    """None where nobody is signed in: no row has that."""
    return tx.scope.org_id if tx.scope else None


def _soon(today: date) -> date:
    return today + timedelta(days=ENDING_WITHIN_DAYS)


def _params(tx: Tx, filters: Filters, cursor: Cursor | None, limit: int) -> dict[str, Any]:
    today = tx.now.date()
    ends_from, ends_to = {"ending": (today, _soon(today)), "ended": (None, today - timedelta(days=1))}.get(
        filters.rights or "", (None, None)
    )
    words = filters.text.strip()
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return {
        "org": _org(tx),
        "at": cursor.created_at if cursor else None,
        "id": cursor.id if cursor else None,
        "like": f"%{escaped}%" if words else None,
        "kind": filters.kind,
        "source": filters.source,
        "tag": filters.tag or None,
        "ends_from": ends_from,
        "ends_to": ends_to,
        "fine": filters.rights == "fine",
        "soon": _soon(today),
        "limit": limit,
    }
