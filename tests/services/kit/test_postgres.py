"""The embedded server: one per folder whoever asks, kept data, recovery after a crash, paths with spaces."""

import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from services.kit import postgres


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "a folder with spaces"
    yield place
    postgres.destroy(place)


def test_starting_twice_and_at_once_gives_one_server(root: Path) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(postgres.start(root))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(found) == 4
    assert len(set(found)) == 1


def test_rows_survive_a_stop_and_a_killed_server(root: Path) -> None:
    with psycopg.connect(postgres.start(root), autocommit=True) as connection:
        connection.execute("create table kept as select 1 as one")
    postgres.stop(root)
    url = postgres.start(root)
    pid = int((postgres.home(root) / "pgdata" / "postmaster.pid").read_text().split("\n")[0])
    os.kill(pid, signal.SIGKILL)
    url = postgres.start(root)
    with psycopg.connect(url) as connection:
        assert connection.execute("select one from kept").fetchone() == (1,)


def test_a_server_that_ended_is_gone_and_one_whose_folder_is_away_is_not(root: Path) -> None:
    postgres.start(root)
    assert not postgres.is_gone(root)
    postgres.stop(root, "immediate")
    assert postgres.is_gone(root)
    (postgres.home(root) / "pgdata").rename(postgres.home(root) / "away")
    assert not postgres.is_gone(root)


def test_a_server_that_recovers_from_a_killed_process_is_waited_for_and_not_killed(root: Path) -> None:
    place = postgres.home(root) / "pgdata" / "postmaster.pid"
    for _ in range(3):
        with psycopg.connect(postgres.start(root), autocommit=True) as connection:
            row = connection.execute("select pg_backend_pid()").fetchone()
            assert row is not None
            served_by = place.read_text()
            os.kill(row[0], signal.SIGKILL)
            with psycopg.connect(postgres.start(root)) as again:
                assert again.execute("select 1").fetchone() == (1,)
            assert place.read_text().split("\n")[0] == served_by.split("\n")[0]


def test_a_folder_left_by_a_killed_first_start_is_made_anew(root: Path) -> None:
    half = postgres.home(root) / "pgdata"
    half.mkdir(parents=True)
    (half / "global").mkdir()
    with psycopg.connect(postgres.start(root)) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_strangers_need_the_password(root: Path) -> None:
    url = postgres.start(root)
    port = psycopg.conninfo.conninfo_to_dict(url)["port"]
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(f"postgresql://postgres:wrong@127.0.0.1:{port}/postgres")


def test_only_the_superuser_password_file_is_readable_by_its_owner_alone(root: Path) -> None:
    postgres.start(root)
    assert (postgres.home(root) / "superuser.pw").stat().st_mode & 0o077 == 0


def test_programs_in_a_folder_closed_to_the_servers_account_run_from_an_open_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only root meets this: its own folders are closed to the account the server runs as."""
    site = tmp_path / "closed"
    site.mkdir(mode=0o700)
    for folder in (postgres._WHEEL, postgres._WHEEL.with_name(f"{postgres._WHEEL.name}.libs")):
        if folder.exists():
            shutil.copytree(folder, site / folder.name, symlinks=True)
    monkeypatch.setattr(postgres, "_WHEEL", site / postgres._WHEEL.name)
    monkeypatch.setattr(postgres, "_SHARED", Path(tempfile.mkdtemp(prefix="loopdesk-open-")))
    postgres._SHARED.chmod(0o755)
    place = tmp_path / "data"
    with psycopg.connect(postgres.start(place)) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    postgres.destroy(place)
    shutil.rmtree(postgres._SHARED)
