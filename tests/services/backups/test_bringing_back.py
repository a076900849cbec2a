"""Where a backup may be brought back to, and what comes of one that ends early or is of an older version."""

import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from services import backups, wiring
from services.backups.making import make
from services.backups.programs import Programs
from services.kit import migrate
from tests.conftest import PASSWORDS
from tests.makers.cast import make_cast
from tests.makers.world import World, make_world
from tests.services.backups.conftest import Server

OLDER = "20261121103010"  # the first version with backups


@pytest.fixture(scope="module")
def world(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with server.world(tmp_path_factory.mktemp("back")) as made:
        make_cast(made)
        yield made


@pytest.fixture
def folder(server: Server, world: World, tmp_path: Path) -> Path:
    return make(world.worker, server.source(world.addresses.admin), tmp_path)


def _restore(world: World, target: backups.Source, folder: Path) -> None:
    backups.restore(world.worker, target, folder, backups.fitting(folder, target, world.worker.sealer))


@pytest.mark.parametrize(
    "there",
    [
        "create schema auth; create table auth.accounts (id int)",
        "create schema auth; create table auth.users (id int); insert into auth.users values (1)",
        "create schema extensions; create table extensions.kept (id int)",
    ],
)
def test_what_others_keep_in_a_database_is_neither_overwritten_nor_dropped(
    server: Server, world: World, folder: Path, there: str
) -> None:
    target = server.source(server.empty())
    with psycopg.connect(target.address) as connection:
        connection.execute(there)  # type: ignore[arg-type]
    with pytest.raises(backups.NotEmpty, match=r"There is something else in this database already: (auth|extensions)"):
        _restore(world, target, folder)
    with psycopg.connect(target.address) as connection:
        (left,) = connection.execute("select count(*) from pg_tables where schemaname in ('auth', 'extensions')")
        ours = connection.execute("select count(*) from pg_namespace where nspname in ('app', 'queue')").fetchone()
    assert (left, ours) == ((1,), (0,))


def test_a_fresh_server_that_only_knows_the_prelude_is_empty(server: Server, world: World, folder: Path) -> None:
    target = server.source(server.empty())
    with psycopg.connect(target.address, autocommit=True) as connection:
        connection.execute((migrate.FOLDER / "prelude.sql").read_text())  # type: ignore[arg-type]
    _restore(world, target, folder)
    with psycopg.connect(target.address) as connection:
        assert connection.execute("select count(*) from app.organisations").fetchone() == (2,)


def test_a_dump_that_ends_early_brings_nothing_back(server: Server, world: World, folder: Path) -> None:
    target = server.source(server.empty())
    manifest = backups.fitting(folder, target, world.worker.sealer)
    dump = folder / "database.dump"
    dump.write_bytes(dump.read_bytes()[:-2_000])  # the disk of the backups dies meanwhile
    with pytest.raises(backups.RestoreFailed, match=r"Nothing was restored\. pg_restore said: "):
        backups.restore(world.worker, target, folder, manifest)
    backups.refuse_unless_empty(target)


def test_a_restore_that_is_killed_in_the_middle_commits_nothing(
    server: Server, world: World, folder: Path, tmp_path: Path
) -> None:
    target = server.source(server.empty())
    manifest = backups.fitting(folder, target, world.worker.sealer)
    stopping = replace(target, programs=_killing_after_the_rows(target.programs, tmp_path / "bin"))
    restoring = get_context("fork").Process(target=backups.restore, args=(world.worker, stopping, folder, manifest))
    restoring.start()
    restoring.join(60)
    assert restoring.exitcode == -signal.SIGKILL
    breath, name = threading.Event(), conninfo_to_dict(target.address)["dbname"]
    pours = "select count(*) from pg_stat_activity where datname = %s and application_name = 'psql'"
    with psycopg.connect(target.address, autocommit=True) as connection:
        while connection.execute(pours, [name]).fetchone() != (0,):
            breath.wait(0.02)
    backups.refuse_unless_empty(target)


def _killing_after_the_rows(own: Programs, place: Path) -> Programs:
    """All rows and none of what comes behind them, such as keys and row security; then the restore is killed."""
    place.mkdir()
    for name in ("psql", "pg_dump"):
        (place / name).symlink_to(own.folder / name)
    passed_on = "yes -- '-- so that what stands above has been passed on' | head -c 3000000"
    rows = f'{own.folder / "pg_restore"} --section=pre-data --section=data "$@"'
    (place / "pg_restore").write_text(f"#!/bin/sh\n{rows}\n{passed_on}\nkill -9 $PPID\n")
    (place / "pg_restore").chmod(0o755)
    return replace(own, folder=place)


def test_a_backup_of_an_older_version_comes_back_and_the_release_brings_it_up_to_date(
    server: Server, tmp_path: Path
) -> None:
    address = server.empty()
    migrate.migrate(address, upto=OLDER)
    older = make_world(wiring.login_addresses(address, PASSWORDS), tmp_path / "one")
    cast = make_cast(older)
    kept = make(older.worker, server.source(address), tmp_path / "kept")
    target = server.source(server.empty())
    _restore(older, target, kept)
    older.close()
    missing = [version for version, _ in migrate.migration_files() if version > OLDER]
    assert missing and migrate.migrate(target.address) == missing
    after = make_world(wiring.login_addresses(target.address, PASSWORDS), tmp_path / "one")
    with after.web.tx(cast.ana) as tx:
        assert tx.value("select name from app.organisations", {}) == "Acme"
    after.close()
