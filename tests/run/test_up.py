"""`./run`: the address and the link, kept data, taken ports, twice at once, a clean stop with the database last."""

import re
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import psutil

from services.kit import postgres
from tests.browser.desk import ROOT, running_desk
from tests.hosted.desk import wait_until


def _up(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "worker.up", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=90
    )


def _server_pid(data: Path) -> int:
    return int((postgres.home(data / "database") / "pgdata" / "postmaster.pid").read_text().split("\n")[0])


def _serves(pid: int) -> bool:
    """A process that ended but was not collected yet by its parent does not serve."""
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_a_day_with_run_in_a_folder_with_spaces(tmp_path: Path) -> None:
    data = tmp_path / "my desk"
    with running_desk(data) as desk:
        assert re.fullmatch(rf"{desk.base}/\?setup=[\w-]{{40,}}", desk.set_up_link)
        assert httpx.get(f"{desk.base}/_stcore/health").text == "ok"
        assert not desk.practice.endswith(":8601")  # without a port every server has one that nobody else asks for
        again = _up("--data", str(data))
        assert again.returncode == 0
        assert f"already runs from this folder: {desk.base}" in again.stdout
        first, server = desk, _server_pid(data)
    assert not _serves(server)
    told = first.log.read_text()
    assert "Loopdesk has stopped. Your data is kept." in told
    assert all(f"{name} stopped" in told for name in ("web", "worker", "practice"))

    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        wanted = taken.getsockname()[1]
        with running_desk(data, port=wanted) as desk:
            assert f"Port {wanted} is taken" in desk.log.read_text()
            assert httpx.get(f"{desk.base}/_stcore/health").text == "ok"
            assert httpx.get(first.set_up_link.replace(first.base, desk.base)).status_code == 200


def test_a_database_that_ended_by_itself_is_started_again(tmp_path: Path) -> None:
    """As it ends where its disk is full: the server gives up, and nobody of web and worker can start it."""
    with running_desk(tmp_path / "desk") as desk:
        wait_until(lambda: httpx.get(f"{desk.base}/readyz", timeout=20).status_code == 200, "ready")
        before = _server_pid(desk.data)
        postgres.stop(desk.data / "database", "immediate")
        wait_until(lambda: not postgres.is_gone(desk.data / "database"), "it runs again")
        assert _server_pid(desk.data) != before
        wait_until(lambda: httpx.get(f"{desk.base}/readyz", timeout=20).status_code == 200, "ready again")
    assert "The database had ended and runs again." in desk.log.read_text()
    assert postgres.is_gone(desk.data / "database")


def test_a_wrong_setting_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "worker.main"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        env={"PATH": "/usr/bin:/bin", "SUPABASE_URL": "https://x.supabase.co", "LOOPDESK_DATA": str(tmp_path)},
    )
    assert told.returncode == 1
    assert "DATABASE_URL is missing" in told.stderr
    assert "WEB_DATABASE_URL is missing" in told.stderr
    assert "Traceback" not in told.stderr


def test_help_names_its_three_options() -> None:
    told = subprocess.run(["./run", "--help"], cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert told.returncode == 0
    assert all(option in told.stdout for option in ("--fresh", "--port", "--data"))
