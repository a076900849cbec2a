"""`./run backup` and `./run restore` from end to end, the job that does the same, and what they refuse."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from services import jobs, wiring
from services.kit import postgres
from services.kit.config import Settings
from services.kit.db import Scope
from tests.browser.desk import ROOT
from tests.makers.schedules import Silent


def _run(*arguments: str) -> tuple[int, str]:
    done = subprocess.run(["./run", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120)
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
    assert status == 1 and "in this database already" in said and "Traceback" not in said


def test_keys_are_not_written_beside_the_backups_nor_over_a_file(home: Path) -> None:
    for place, why in ((home / "one-backups" / "keys.txt", "somewhere else"), (home / "keys.txt", "could not be")):
        status, said = _run("backup", "--data", str(home / "one"), "--keys", str(place))
        assert status == 1 and why in said and "Traceback" not in said


def test_what_is_no_backup_or_no_key_is_refused_in_a_sentence(home: Path) -> None:
    (home / "junk").write_text("no key")
    keys = str(home / "keys.txt")
    for backup, key, why in ((home, keys, "There is no backup in"), (home, str(home / "junk"), "no sealing keys")):
        status, said = _run("restore", str(backup), "--data", str(home / "three"), "--keys", key)
        assert (status, "Traceback" in said) == (1, False) and why in said, said
    assert not (home / "three" / "keys").exists()
    shutil.rmtree(home / "three")


def test_rehearsing_says_where_and_how_much(home: Path) -> None:
    app = wiring.build("web", Settings(_env_file=None, loopdesk_data=home / "one"))
    try:
        told = jobs.get_kind("back_up").rehearse(app, Scope(None), jobs.get_kind("back_up").parameters())
    finally:
        app.close()
        postgres.stop(home / "one" / "database")
    assert str(home / "one-backups") in told[0]
    assert told[1] == "Would then let 1 older backup go."  # of one day the latest stays
