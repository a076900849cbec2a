"""PgBouncer in transaction mode in front of a database: each transaction may get another connection, LISTEN is deaf."""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from services.wiring import Addresses

_SIZE = 12  # connections to the server, fewer than the clients have


@contextmanager
def open_pooler(root: Path, addresses: Addresses) -> Iterator[Addresses]:
    """The same logins through the pooler; the superuser stays direct, as migrations do."""
    place = root / "pooler"
    place.mkdir(mode=0o755)
    parts = {name: conninfo_to_dict(getattr(addresses, name)) for name in ("web", "worker")}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    (place / "users").write_text("".join(f'"{one["user"]}" "{one["password"]}"\n' for one in parts.values()))
    (place / "pooler.ini").write_text(
        f"[databases]\n* = host=127.0.0.1 port={parts['web']['port']}\n[pgbouncer]\nlisten_addr=127.0.0.1\n"
        f"listen_port={port}\nunix_socket_dir=\nauth_type=scram-sha-256\nauth_file={place}/users\n"
        f"pool_mode=transaction\ndefault_pool_size={_SIZE}\nmax_client_conn=400\nlogfile={place}/log\n"
    )
    (place / "log").touch()
    for path in (place, *place.iterdir()):
        _give(path)
    process = subprocess.Popen(_command(place / "pooler.ini"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        web, worker = (make_conninfo(getattr(addresses, name), port=port) for name in parts)
        _wait_for(web)
        yield Addresses(addresses.admin, web, worker)
    finally:
        process.kill()
        process.wait()


def _command(ini: Path) -> list[str]:
    program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "there is no pgbouncer; .ci/system installs it"
    return [program, *(["-u", "nobody"] if os.geteuid() == 0 else []), "-q", str(ini)]


def _give(path: Path) -> None:
    """It refuses to run as root, and must read its own files."""
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(path, nobody.pw_uid, nobody.pw_gid)


def _wait_for(address: str) -> None:
    for attempt in range(100):
        try:
            with psycopg.connect(address, connect_timeout=2):
                return
        except psycopg.OperationalError:
            if attempt == 99:
                raise
            subprocess.run(["sleep", "0.1"], check=True)
