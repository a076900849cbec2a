"""Backups as they are written down."""

from collections.abc import Sequence

from services.backups.models import Backup
from services.kit.db import Tx


def record(tx: Tx, backup: Backup) -> None:
    """One row per backup; a later check replaces the earlier."""
    tx.run(
        "insert into app.backups (name, folder, taken_at, size_bytes, files, rows, last_migration, checked_at, "
        "problem) "
        "values (%(name)s, %(folder)s, %(taken_at)s, %(size_bytes)s, %(files)s, %(rows)s, %(last_migration)s, "
        "%(checked_at)s, %(problem)s) on conflict (name) do update set folder = excluded.folder, "
        "checked_at = coalesce(excluded.checked_at, app.backups.checked_at), problem = excluded.problem",
        backup.model_dump(),
    )


def forget_all_but(tx: Tx, names: Sequence[str]) -> int:
    return tx.run("delete from app.backups where not name = any (%(names)s)", {"names": list(names)})


def backups(tx: Tx, limit: int = 30) -> list[Backup]:
    """The newest first (`app.admin_tx()`)."""
    return tx.all(
        "select name, folder, taken_at, size_bytes, files, rows, last_migration, checked_at, problem from app.backups "
        "order by taken_at desc, name limit %(limit)s",
        {"limit": limit},
        Backup,
    )


def database_bytes(tx: Tx) -> int:
    return int(tx.value("select pg_database_size(current_database())", {}))
