"""What is made is whole and alone; what is old goes; what is damaged, foreign or too new is refused."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from services import backups, media
from services.backups import programs
from services.backups.making import make
from services.kit.config import Settings
from services.kit.crypto import Sealer
from services.kit.errors import Unavailable
from tests.makers.cast import make_cast
from tests.makers.media import jpeg_bytes
from tests.makers.world import World
from tests.services.backups.conftest import Server


@pytest.fixture(scope="module")
def world(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with server.world(tmp_path_factory.mktemp("kept")) as made:
        cast = make_cast(made)
        media.store_rendered(made.worker, cast.worker, cast.brand, "x.jpg", jpeg_bytes(40, 40))
        yield made


@pytest.fixture
def source(server: Server, world: World) -> backups.Source:
    return server.source(world.addresses.admin)


def _names(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir() if path.name != ".lock")


def test_old_ones_go_once_the_new_one_is_whole(world: World, source: backups.Source, tmp_path: Path) -> None:
    keep, gone = backups.Keep(daily=2, weekly=1, monthly=1), []
    for _ in range(4):
        _, let_go = backups.back_up(world.worker, source, tmp_path, keep)
        gone += let_go
        world.clock.move(days=1)
    assert _names(tmp_path) == ["20261125T090000Z", "20261126T090000Z"]
    assert gone == ["20261123T090000Z", "20261124T090000Z"]
    with world.web.admin_tx() as tx:
        assert [one.name for one in backups.backups(tx)] == ["20261126T090000Z", "20261125T090000Z"]


def test_a_second_backup_at_the_same_time_is_refused(world: World, source: backups.Source, tmp_path: Path) -> None:
    def meanwhile(done: int, total: int | None, note: str) -> None:
        with pytest.raises(backups.UnderWay):
            backups.back_up(world.worker, source, tmp_path, backups.Keep())

    backups.back_up(world.worker, source, tmp_path, backups.Keep(), meanwhile)
    assert len(_names(tmp_path)) == 1


def test_one_that_cannot_be_finished_leaves_nothing_and_lets_nothing_go(
    world: World, source: backups.Source, tmp_path: Path
) -> None:
    backups.back_up(world.worker, source, tmp_path, backups.Keep(daily=1, weekly=0, monthly=0))
    world.clock.move(days=1)

    def full(done: int, total: int | None, note: str) -> None:
        if note == "files":
            raise Unavailable("The disk is full.")

    with pytest.raises(Unavailable):
        backups.back_up(world.worker, source, tmp_path, backups.Keep(daily=1, weekly=0, monthly=0), full)
    assert _names(tmp_path) == ["20261123T090000Z"]


def test_a_full_disk_under_the_backups_is_told_and_leaves_nothing(
    world: World, source: backups.Source, tmp_path: Path
) -> None:
    def full(done: int, total: int | None, note: str) -> None:
        if note == "the database":
            (partial,) = tmp_path.glob(".*.partial")
            (partial / "database.dump").symlink_to("/dev/full")

    with pytest.raises(backups.NoRoom) as told:
        backups.back_up(world.worker, source, tmp_path, backups.Keep(), full)
    assert told.value.sentence.startswith("The disk of the backup folder is full. No backup was made")
    assert _names(tmp_path) == []


def test_a_folder_that_takes_nothing_is_named(world: World, source: backups.Source, tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    with pytest.raises(backups.NowhereToKeep, match=r"a file/kept: Not a directory\. Name another BACKUP_FOLDER"):
        backups.back_up(world.worker, source, tmp_path / "a file" / "kept", backups.Keep())


def test_a_database_that_cannot_be_read_leaves_nothing(world: World, source: backups.Source, tmp_path: Path) -> None:
    wrong = backups.Source(source.address, source.programs, source.server, ("no_such_schema",))
    with pytest.raises(backups.DumpFailed, match="pg_dump said"):
        make(world.worker, wrong, tmp_path)
    assert _names(tmp_path) == []


@pytest.mark.parametrize("harm", ["a byte", "a file is gone", "no dump", "another manifest", "no manifest", "outside"])
def test_a_damaged_backup_is_refused_by_name(world: World, source: backups.Source, tmp_path: Path, harm: str) -> None:
    folder = make(world.worker, source, tmp_path)
    stored = next(path for path in folder.rglob("*.jpg"))
    manifest = json.loads((folder / "manifest.json").read_text())
    match harm:
        case "a byte":
            stored.write_bytes(stored.read_bytes()[:-1] + b"x")
        case "a file is gone":
            stored.unlink()
        case "no dump":
            (folder / "database.dump").unlink()
        case "another manifest":
            (folder / "manifest.json").write_text("{}")
        case "no manifest":
            (folder / "manifest.json").unlink()
        case "outside":
            manifest["files"] = {"../../etc/passwd": next(iter(manifest["files"].values()))}
            (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises((backups.Damaged, backups.NoBackup)) as told:
        backups.fitting(folder, source, world.worker.sealer)
    assert "backup" in told.value.sentence


def test_other_keys_of_the_same_name_are_not_taken_for_the_right_ones(
    world: World, source: backups.Source, tmp_path: Path
) -> None:
    folder = make(world.worker, source, tmp_path)
    with pytest.raises(backups.KeysMissing, match="sealing key k1"):
        backups.fitting(folder, source, Sealer({"k1": b"x" * 32}))
    assert backups.fitting(folder, source, world.worker.sealer).keys.keys() == {"k1"}


def test_what_a_newer_loopdesk_or_server_made_is_refused(world: World, source: backups.Source, tmp_path: Path) -> None:
    folder = make(world.worker, source, tmp_path)
    older = backups.Source(source.address, source.programs, source.server - 1)
    with pytest.raises(backups.TooNew, match="This backup is of PostgreSQL"):
        backups.fitting(folder, older, world.worker.sealer)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["migrations"].append("29990101000000")
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(backups.TooNew, match="1 migrations"):
        backups.fitting(folder, source, world.worker.sealer)


def test_rows_that_do_not_add_up_bring_nothing_back(
    server: Server, world: World, source: backups.Source, tmp_path: Path
) -> None:
    folder = make(world.worker, source, tmp_path)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["rows"]["app.brands"] += 1
    (folder / "manifest.json").write_text(json.dumps(manifest))
    target = server.source(server.empty())
    found = backups.fitting(folder, target, world.worker.sealer)
    with pytest.raises(backups.RestoreFailed, match=r"another number of rows in app\.brands"):
        backups.restore(world.worker, target, folder, found)
    backups.refuse_unless_empty(target)


def test_without_a_fitting_pg_dump_a_sentence_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(backups.ProgramsMissing, match=r"none is here\. Install postgresql-client-17 or newer"):
        programs.of_the_machine(17, [tmp_path])
    for name in ("pg_dump", "pg_restore", "psql"):
        (tmp_path / name).write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)'\n")
        (tmp_path / name).chmod(0o755)
    with pytest.raises(backups.ProgramsMissing, match="PostgreSQL 17: only 15 is here"):
        programs.of_the_machine(17, [tmp_path])
    assert programs.of_the_machine(15, [tmp_path]).major == 15


def test_a_hosted_installation_must_say_where_backups_are_kept(tmp_path: Path) -> None:
    hosted = Settings(_env_file=None, supabase_url="https://x.supabase.co")
    with pytest.raises(backups.NowhereToKeep) as told:
        backups.folder(hosted)
    assert "BACKUP_FOLDER" in told.value.sentence
    assert backups.folder(hosted.model_copy(update={"backup_folder": "/srv/kept"})) == Path("/srv/kept")
    assert backups.folder(Settings(_env_file=None, loopdesk_data=tmp_path / "d")) == tmp_path / "d-backups"
