"""Imports and the rows they left out."""

from typing import Any
from uuid import UUID

from services.kit.db import Tx
from services.research.models import Import, RowProblem


def add_import(tx: Tx, row: dict[str, Any]) -> None:
    tx.run(
        """
        insert into app.imports (id, org_id, kind, collector, file_name, file_key, file_sha256, file_bytes, mapping,
          collected_on, state, is_sample, rows_total, created_by, created_at)
        values (%(id)s, %(org)s, %(kind)s, %(collector)s, %(file_name)s, %(file_key)s, %(file_sha256)s, %(file_bytes)s,
          %(mapping)s, %(collected_on)s, 'waiting', %(is_sample)s, %(rows_total)s, %(user)s, %(now)s)
        """,
        row,
    )


def find_import(tx: Tx, import_id: UUID) -> Import | None:
    return tx.one(
        """
        select i.id, i.kind, i.collector, i.file_name, i.file_key, i.file_bytes, i.mapping, i.collected_on, i.state,
          i.is_sample, i.rows_total, i.rows_done, i.rows_added, i.rows_changed, i.rows_same, i.rows_wrong,
          i.cancel_asked_at, i.error, m.display_name as created_by_name, i.created_at, i.started_at, i.finished_at
        from app.imports i
        left join app.org_members m on m.org_id = i.org_id and m.user_id = i.created_by
        where i.id = %(id)s
        """,
        {"id": import_id},
        Import,
    )


def newest_imports(tx: Tx, limit: int) -> list[Import]:
    return tx.all(
        """
        select i.id, i.kind, i.collector, i.file_name, i.file_key, i.file_bytes, i.mapping, i.collected_on, i.state,
          i.is_sample, i.rows_total, i.rows_done, i.rows_added, i.rows_changed, i.rows_same, i.rows_wrong,
          i.cancel_asked_at, i.error, m.display_name as created_by_name, i.created_at, i.started_at, i.finished_at
        from app.imports i
        left join app.org_members m on m.org_id = i.org_id and m.user_id = i.created_by
        order by i.created_at desc, i.id desc
        limit %(limit)s
        """,
        {"limit": limit},
        Import,
    )


def lock_import(tx: Tx, import_id: UUID) -> tuple[str, bool, int] | None:
    """Hold the row until the transaction ends: its state, whether somebody asked to cancel, and the rows done."""
    rows = tx.tuples(
        "select state, cancel_asked_at is not null, rows_done from app.imports where id = %(id)s for update",
        {"id": import_id},
    )
    return (str(rows[0][0]), bool(rows[0][1]), int(rows[0][2])) if rows else None


def mark_running(tx: Tx, import_id: UUID) -> None:
    tx.run(
        "update app.imports set state = 'running', started_at = coalesce(started_at, %(now)s) where id = %(id)s",
        {"id": import_id, "now": tx.now},
    )


def commit_lazily(tx: Tx) -> None:
    """
    Let this transaction's commit not wait for the disk. Should the machine fail, its last moments are undone whole,
    rows and `rows_done` together, and the next run does them again; the closing of the import waits for all of them.
    """
    tx.run("set local synchronous_commit = off", {})


def add_progress(tx: Tx, import_id: UUID, counts: dict[str, int], rows_total: int | None) -> None:
    """Add a chunk's counts; `rows_total` is the present estimate."""
    tx.run(
        """
        update app.imports set rows_done = rows_done + %(done)s, rows_added = rows_added + %(added)s,
          rows_changed = rows_changed + %(changed)s, rows_same = rows_same + %(same)s,
          rows_wrong = rows_wrong + %(wrong)s, rows_total = coalesce(%(rows_total)s, rows_total)
        where id = %(id)s
        """,
        {"id": import_id, "rows_total": rows_total, **counts},
    )


def close_import(tx: Tx, import_id: UUID, state: str, error: str | None) -> None:
    tx.run(
        """
        update app.imports set state = %(state)s, error = %(error)s, finished_at = %(now)s, rows_total = rows_done
        where id = %(id)s
        """,
        {"id": import_id, "state": state, "error": error, "now": tx.now},
    )


def ask_to_cancel(tx: Tx, import_id: UUID) -> None:
    tx.run(
        "update app.imports set cancel_asked_at = coalesce(cancel_asked_at, %(now)s) where id = %(id)s",
        {"id": import_id, "now": tx.now},
    )


def add_problem(tx: Tx, import_id: UUID, problem: RowProblem) -> None:
    """Twice the same is one."""
    tx.run(
        """
        insert into app.import_errors (import_id, org_id, row_number, field, message)
        values (%(import)s, %(org)s, %(row_number)s, %(field)s, %(message)s)
        on conflict (import_id, row_number, field) do nothing
        """,
        {"import": import_id, "org": tx.org_id, **problem.model_dump()},
    )


def count_problems(tx: Tx, import_id: UUID) -> int:
    return int(tx.value("select count(*) from app.import_errors where import_id = %(id)s", {"id": import_id}))


def problems_of(tx: Tx, import_id: UUID, limit: int) -> list[RowProblem]:
    return tx.all(
        """
        select row_number, field, message from app.import_errors where import_id = %(id)s
        order by row_number, field limit %(limit)s
        """,
        {"id": import_id, "limit": limit},
        RowProblem,
    )


def same_file(tx: Tx, sha256: str) -> Import | None:
    """The last finished import of the very same bytes."""
    found = tx.value(
        """
        select id from app.imports where file_sha256 = %(sha)s and state = 'done' order by created_at desc limit 1
        """,
        {"sha": sha256},
    )
    return find_import(tx, found) if found else None
