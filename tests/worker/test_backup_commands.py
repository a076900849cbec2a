"""`./run backup` and `./run restore` from end to end, the job that does the same, and what they refuse."""

import base64
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from services import backups, jobs, wiring
from services.kit import postgres
from services.kit.config import Settings, child_environment
from services.kit.db import Scope
from services.kit.errors import AppError
from tests.browser.desk import ROOT
from tests.makers.schedules import Silent
from tests.makers.small_disk import room_for
from worker.backup import export_keys


def _run(*arguments: str, **variables: str) -> tuple[int, str]:
    environment = child_environment(**variables)
    done = subprocess.run(["./run", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("commands")
    yield place
    for data in ("one", "two", "three"):
        postgres.destroy(place / data / "database")


def _organisations(data: Path) -> list[tuple[object, ...]]:
    app = wiring.build("worker", Settings(_env_file=None, loopdesk_data=data))
    try:
        with app.admin_tx() as tx:
            return tx.tuples("select name from app.organisations", {})
    finally:
        app.close()
        postgres.stop(data / "database")


def test_a_desk_is_backed_up_by_job_and_by_command_and_comes_back_in_another_folder(home: Path) -> None:
    data, kept, keys = home / "one", home / "one-backups", home / "keys.txt"
    app = wiring.build("worker", Settings(_env_file=None, loopdesk_data=data))
    with app.admin_tx() as tx:
        tx.run("insert into app.organisations (id, name) values (%(id)s, 'Acme')", {"id": tx.new_id()})
    kind, run = jobs.get_kind("back_up"), Silent()
    told = kind.run(app, Scope(None), kind.parameters(), run)
    assert "checked. 0 older let go." in told.said and told.counts["rows"] > 1
    assert any("sealing keys are not in it" in text for _, text in run.lines)
    app.close()

    status, said = _run("backup", "--data", str(data), "--keys", str(keys))
    assert status == 0 and "Backed up and checked" in said and "Keep that file somewhere else" in said, said
    assert keys.stat().st_mode & 0o077 == 0
    assert keys.read_text().strip() == (data / "keys" / "sealing.key").read_text().strip()
    assert "1 older let go" in said and len(list(kept.glob("2*"))) == 1  # of one day the later one stays
    newest = str(max(kept.glob("2*")))

    status, said = _run("restore", newest, "--data", str(home / "two"))
    assert status == 1 and "--keys FILE" in said and "Nothing was restored" in said
    status, said = _run("restore", newest, "--data", str(home / "two"), "--keys", str(keys))
    assert status == 0 and "looked for at their account" in said, said
    assert _organisations(home / "two") == [("Acme",)]
    assert (home / "two" / "keys" / "sealing.key").read_text() == keys.read_text().strip()

    status, said = _run("restore", newest, "--data", str(home / "two"), "--keys", str(keys))
    assert status == 1 and "in this database already" in said


def test_keys_are_not_written_beside_the_backups_nor_over_a_file(home: Path) -> None:
    for place, why in ((home / "one-backups" / "keys.txt", "somewhere else"), (home / "keys.txt", "could not be")):
        status, said = _run("backup", "--data", str(home / "one"), "--keys", str(place))
        assert status == 1 and why in said


def test_what_is_no_backup_or_no_key_is_refused_in_a_sentence(home: Path) -> None:
    (home / "junk").write_text("no key")
    (home / "other").write_text(f"k1:{base64.b64encode(bytes(32)).decode()}\n")
    kept = max((home / "one-backups").glob("2*"))
    damaged = shutil.copytree(kept, home / "damaged")
    (damaged / "database.dump").write_bytes((kept / "database.dump").read_bytes()[:-1])
    for backup, key, why in (
        (home, "keys.txt", "There is no backup in"),
        (kept, "junk", "no sealing keys"),
        (kept, "other", "needs the sealing key k1, and what is here under that name is not it"),
        (damaged, "keys.txt", "database.dump is not as it was written into this backup"),
    ):
        status, said = _run("restore", str(backup), "--data", str(home / "three"), "--keys", str(home / key))
        assert status == 1 and why in said, said
    assert not (home / "three" / "keys").exists()
    backups.refuse_unless_empty(backups.source(Settings(_env_file=None, loopdesk_data=home / "three")))
    postgres.destroy(home / "three" / "database")
    shutil.rmtree(home / "three")


def test_keys_that_find_no_room_are_not_written_by_half(home: Path, tmp_path: Path) -> None:
    settings = Settings(_env_file=None, loopdesk_data=home / "one")
    with room_for(20), pytest.raises(AppError, match=r"could not be written to .*: File too large"):
        export_keys(settings, tmp_path / "keys.txt", tmp_path / "kept")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_a_loopdesk_is_not_backed_up(home: Path) -> None:
    status, said = _run("backup", "--data", str(home / "typo"), BACKUP_FOLDER=str(home / "one-backups"))
    assert status == 1 and f"There is no Loopdesk in {home / 'typo'}" in said, said
    assert not (home / "typo").exists()


def test_a_database_that_does_not_answer_and_settings_that_are_missing_are_told(home: Path) -> None:
    away = {name: f"postgresql://{name}:secret@127.0.0.1:9/none" for name in ("web", "worker", "postgres")}
    addresses = {
        "WEB_DATABASE_URL": away["web"], "WORKER_DATABASE_URL": away["worker"], "DATABASE_URL": away["postgres"],
    }  # fmt: skip
    restore = ["restore", str(home), "--keys", str(home / "keys.txt"), "--data", str(home / "four")]
    for command in (["backup", "--data", str(home / "one")], restore):
        status, said = _run(*command, **addresses)
        assert status == 1 and said.startswith("The database does not answer: ") and "secret" not in said, said
    status, said = _run("backup", DATABASE_URL=away["postgres"], BACKUP_FOLDER=str(home / "five"))
    assert status == 1 and "WEB_DATABASE_URL" in said and not (home / "five").exists(), said


def test_rehearsing_says_where_and_how_much(home: Path) -> None:
    app = wiring.build("web", Settings(_env_file=None, loopdesk_data=home / "one"))
    try:
        told = jobs.get_kind("back_up").rehearse(app, Scope(None), jobs.get_kind("back_up").parameters())
    finally:
        app.close()
        postgres.stop(home / "one" / "database")
    assert str(home / "one-backups") in told[0]
    assert told[1] == "Would then let 1 older backup go."  # of one day the latest stays
