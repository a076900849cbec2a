"""Bringing a backup back into an empty database, in one transaction, and its files before it."""

import mimetypes
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg import sql

from services.backups import checking
from services.backups.errors import Damaged, KeysMissing, NotEmpty, RestoreFailed, TooNew
from services.backups.models import DUMP, FILES, Manifest
from services.backups.places import Source
from services.backups.programs import WAS_POURED
from services.kit import migrate
from services.kit.app import App
from services.kit.crypto import Sealer, sha256_of
from services.kit.files import FileExists, Files

_OURS = ("app", "private", "queue", "supabase_migrations")
_ALSO = ("auth", "storage", "extensions")  # a plain Postgres has them from us, a hosted project has its own
_EMPTY_AT_FIRST = ("auth.users", "storage.buckets", "storage.objects")  # from the prelude
_ELSEWHERE = "Restore into an empty one: --data with a new folder, or a new database. Nothing was restored."


def fitting(folder: Path, source: Source, sealer: Sealer) -> Manifest:
    """
    Everything that can be known before the first row: bytes, versions, keys.

    :raises NoBackup, Damaged, TooNew, KeysMissing:
    """
    manifest = checking.check(folder, source.programs)
    if manifest.server > source.server:
        raise TooNew(f"This backup is of PostgreSQL {manifest.server}, and here runs {source.server}.")
    unknown = set(manifest.migrations) - {version for version, _ in migrate.migration_files()}
    if unknown:
        raise TooNew(f"This backup was made by a newer Loopdesk ({manifest.loopdesk}): it holds {len(unknown)} "
                     "migrations that this version does not know. Nothing was restored.")  # fmt: skip
    missing = [name for name, mark in manifest.keys.items() if not sealer.fits(name, mark)]
    if missing:
        raise KeysMissing(
            f"This backup needs the sealing key {', '.join(missing)}, and what is here under that name is not it. "
            "Give the file that was exported with it: --keys FILE. Nothing was restored."
        )
    return manifest


def restore(app: App, source: Source, folder: Path, manifest: Manifest) -> None:
    """
    Put the files back, then the rows; posts that may be out since are in doubt from the first instant.

    `manifest` is what `fitting` found. What notices a database that was brought back lies outside of it, in the data
    folder, and is not touched.

    :raises NotEmpty: there are tables of ours
    :raises Damaged: another file lies where one belongs
    :raises RestoreFailed: with the last words of the program; no row was written
    """
    refuse_unless_empty(source)
    _put_files(app.files, folder, manifest)
    _roles(source)
    with tempfile.TemporaryDirectory(prefix="loopdesk-restore-") as place:
        before, after = (Path(place) / name for name in ("before.sql", "after.sql"))
        before.write_text(_before(source), "utf-8")
        after.write_text(_after(manifest, app.clock.now()), "utf-8")
        source.programs.pour(
            folder / DUMP, source.address, "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
            f"--file={before}", "--file=-", f"--file={after}", failed=RestoreFailed,
        )  # fmt: skip


def refuse_unless_empty(source: Source) -> None:
    """
    Of a hosted project, the platform's own schemas may hold rows: they are left alone.

    :raises NotEmpty: there are tables of ours, or others where ours are to be, that hold rows or that we do not know
    """
    with psycopg.connect(source.address) as connection:
        if _tables(connection, _OURS):
            raise NotEmpty(f"There is a Loopdesk in this database already. {_ELSEWHERE}")
        for name in () if source.schemas else _tables(connection, _ALSO):
            table = sql.Identifier(*name.split(".", 1))
            filled = connection.execute(sql.SQL("select exists (select from {})").format(table)).fetchone()
            if name not in _EMPTY_AT_FIRST or filled == (True,):
                raise NotEmpty(f"There is something else in this database already: {name}. {_ELSEWHERE}")


def _tables(connection: psycopg.Connection[tuple[str, ...]], schemas: Iterable[str]) -> list[str]:
    rows = connection.execute(
        "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace "
        "where n.nspname = any (%s) and c.relkind in ('r', 'p') order by 1",
        [list(schemas)],
    )
    return [name for (name,) in rows]


def _put_files(files: Files, folder: Path, manifest: Manifest) -> None:
    """A file that is there already must be the same: a restore that was interrupted is begun again."""
    for key, stored in manifest.files.items():
        with (folder / FILES / key).open("rb") as file:
            try:
                files.put(key, file, mimetypes.guess_type(key)[0] or "application/octet-stream")
            except FileExists:
                with files.open(key) as there:
                    if sha256_of(there) != stored.sha256:
                        raise Damaged(f"Another file lies under {key} already. Nothing was restored.") from None


def _roles(source: Source) -> None:
    """Roles are of the whole cluster and in no dump: our own first files make them, if they are not there."""
    with psycopg.connect(source.address, autocommit=True, prepare_threshold=None) as connection:
        for file in (migrate.FOLDER / "prelude.sql", migrate.migration_files()[0][1]):
            connection.execute(file.read_text("utf-8"))


def _before(source: Source) -> str:
    schemas: Iterable[str] = _OURS if source.schemas else (*_OURS, *_ALSO)
    return "".join(f'drop schema if exists "{name}" cascade;\n' for name in schemas)


def _after(manifest: Manifest, now: datetime) -> str:
    """Refuse to commit part of the dump, or another number of rows; then put in doubt what may be out by now."""
    whole = sql.SQL(
        "do $$ begin if not ({}) then raise exception 'the dump ended too early'; end if; end $$;\n"
    ).format(sql.SQL(WAS_POURED))
    refuse = sql.SQL(
        "do $$ begin if (select count(*) from {table}) <> {count} then "
        "raise exception 'another number of rows in %', {name}; end if; end $$;\n"
    )
    claims = [
        refuse.format(table=sql.Identifier(*name.split(".")), count=sql.Literal(count), name=sql.Literal(name))
        for name, count in manifest.rows.items()
    ]
    doubt = sql.SQL("set search_path = ''; select app.mark_restored({}, {});\n").format(
        sql.Literal(manifest.taken_at), sql.Literal(now)
    )
    return sql.Composed([whole, *claims, doubt]).as_string(None)
