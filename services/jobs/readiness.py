"""Whether this installation can do its work, in plain words that may be read by anybody who asks."""

from datetime import timedelta

import psycopg
from psycopg_pool import PoolTimeout
from pydantic import BaseModel, ConfigDict

from services.jobs import queries
from services.jobs.service import ALIVE_SECONDS
from services.kit import migrate
from services.kit.app import App
from services.kit.db import Tx


class Check(BaseModel):
    """One thing that must hold; `said` is a sentence without names, versions or figures of the business."""

    model_config = ConfigDict(frozen=True)

    name: str
    is_ok: bool
    said: str


def readiness(app: App) -> tuple[Check, ...]:
    """Database, queue, migrations and clockwork, in this order; as the web's own login."""
    try:
        with app.admin_tx() as tx:
            checks = (_queue(tx), _migrations(tx), _clockwork(tx))
    except (psycopg.OperationalError, PoolTimeout):
        unknown = "Nobody knows while the database does not answer."
        others = (Check(name=name, is_ok=False, said=unknown) for name in ("queue", "migrations", "clockwork"))
        return (Check(name="database", is_ok=False, said="The database does not answer."), *others)
    except psycopg.errors.UndefinedTable:
        missing = "Tables are missing: the migrations have not been applied."
        answers = Check(name="database", is_ok=True, said="The database answers.")
        return (answers, Check(name="migrations", is_ok=False, said=missing))
    return (Check(name="database", is_ok=True, said="The database answers."), *checks)


def _queue(tx: Tx) -> Check:
    tx.value("select id from queue.procrastinate_jobs limit 1", {})
    return Check(name="queue", is_ok=True, said="The queue can be read.")


def _migrations(tx: Tx) -> Check:
    rows = tx.tuples("select version from supabase_migrations.schema_migrations", {})
    missing = {number for number, _ in migrate.migration_files()} - {row[0] for row in rows}
    said = "Migrations are missing: run the release step." if missing else "All migrations are applied."
    return Check(name="migrations", is_ok=not missing, said=said)


def _clockwork(tx: Tx) -> Check:
    is_ok = bool(queries.beats(tx, tx.now - timedelta(seconds=ALIVE_SECONDS)))
    silent = f"No worker has given a sign of life for {ALIVE_SECONDS} seconds: nothing is published or imported."
    return Check(name="clockwork", is_ok=is_ok, said="The clockwork ticks." if is_ok else silent)
