"""The clips that are made to fit, one statement per function."""

from typing import Any
from uuid import UUID

from services.creative.clip_models import ClipFix
from services.kit.db import Tx


def insert(tx: Tx, row: dict[str, Any]) -> int:
    """0 where one for the same file of the same draft is on its way."""
    return tx.run(
        "insert into app.clip_fixes (id, org_id, draft_id, asset_id, wanted, state, created_by, created_at) "
        "values (%(id)s, %(org)s, %(draft)s, %(asset)s, %(wanted)s, 'waiting', %(user)s, %(now)s) "
        "on conflict (draft_id, asset_id) where state in ('waiting', 'running') do nothing",
        row,
    )


def one(tx: Tx, fix_id: UUID) -> ClipFix | None:
    return tx.one(
        "select id, draft_id, asset_id, wanted, state, done_seconds, total_seconds, cancel_asked_at, made_asset_id, "
        "error, created_by, created_at, finished_at from app.clip_fixes where id = %(id)s",
        {"id": fix_id},
        ClipFix,
    )


def lock(tx: Tx, fix_id: UUID) -> ClipFix | None:
    """Read one and hold its row until the transaction ends."""
    return tx.one(
        "select id, draft_id, asset_id, wanted, state, done_seconds, total_seconds, cancel_asked_at, made_asset_id, "
        "error, created_by, created_at, finished_at from app.clip_fixes where id = %(id)s for update",
        {"id": fix_id},
        ClipFix,
    )


def latest(tx: Tx, draft_id: UUID) -> list[ClipFix]:
    """The latest of each file of a draft."""
    return tx.all(
        "select distinct on (asset_id) id, draft_id, asset_id, wanted, state, done_seconds, total_seconds, "
        "cancel_asked_at, made_asset_id, error, created_by, created_at, finished_at from app.clip_fixes "
        "where draft_id = %(draft)s order by asset_id, created_at desc, id desc",
        {"draft": draft_id},
        ClipFix,
    )


def mark_running(tx: Tx, fix_id: UUID) -> None:
    tx.run("update app.clip_fixes set state = 'running', done_seconds = 0 where id = %(id)s", {"id": fix_id})


def add_progress(tx: Tx, fix_id: UUID, done: float, total: float) -> bool:
    """Note how far it is; False where it is to stop, or has ended."""
    return bool(
        tx.run(
            "update app.clip_fixes set done_seconds = %(done)s, total_seconds = %(total)s "
            "where id = %(id)s and state = 'running' and cancel_asked_at is null",
            {"id": fix_id, "done": done, "total": total},
        )
    )


def ask_to_cancel(tx: Tx, fix_id: UUID) -> None:
    tx.run(
        "update app.clip_fixes set cancel_asked_at = %(now)s where id = %(id)s and cancel_asked_at is null",
        {"id": fix_id, "now": tx.now},
    )


def close(tx: Tx, fix_id: UUID, state: str, *, made: UUID | None = None, error: str = "") -> None:
    tx.run(
        "update app.clip_fixes set state = %(state)s, made_asset_id = %(made)s, error = %(error)s, "
        "finished_at = %(now)s where id = %(id)s",
        {"id": fix_id, "state": state, "made": made, "error": error, "now": tx.now},
    )
