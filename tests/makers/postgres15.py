"""
Debian's PostgreSQL 15, where it is installed: hosted projects may run it, so the walls are tested on it too.

LOOPDESK_OTHER_POSTGRES names the folder of another version's programs instead: the same tests are then played on that.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BINARIES = Path(os.environ.get("LOOPDESK_OTHER_POSTGRES", "/usr/lib/postgresql/15/bin"))
_PASSWORD = "superuser-of-the-tests"


def is_present() -> bool:
    return (BINARIES / "postgres").exists()


def major() -> int:
    """Of the programs: 15, unless another version is played."""
    told = subprocess.run([BINARIES / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(told.split()[2].partition(".")[0])


def _account() -> dict[str, Any]:
    """Postgres refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    account = known.get("postgres") or known["nobody"]
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _run(program: str, *args: object, log: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    with log.open("ab") as out:
        subprocess.run(
            [str(BINARIES / program), *map(str, args)],
            check=True,
            cwd="/",
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            **_account(),
        )


@contextmanager
def running() -> Iterator[str]:
    """A fresh cluster in a folder of its own; yields the superuser's address, and deletes everything afterwards."""
    root = Path(tempfile.mkdtemp(prefix="loopdesk-pg15-"))
    data, password, log = root / "data", root / "pw", root / "log"
    password.write_text(_PASSWORD)
    log.touch()
    account = _account()
    for path in (root, password, log) if account else ():
        os.chown(path, account["user"], account["group"])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    _run("initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "-A", "scram-sha-256", f"--pwfile={password}", log=log)
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories='' -c fsync=off"
    _run("pg_ctl", "-D", data, "-w", "-t", 60, "-l", log, "-o", options, "start", log=log)
    try:
        yield f"postgresql://postgres:{_PASSWORD}@127.0.0.1:{port}/postgres"
    finally:
        _run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop", log=log)
        shutil.rmtree(root)
