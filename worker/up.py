"""`./run`: database, web, worker and practice platforms under one supervisor, the database stopped last."""

import argparse
import json
import secrets
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fasteners
from honcho.environ import parse_procfile
from honcho.manager import Manager

from services import wiring
from services.kit import config, postgres
from services.kit.errors import AppError

_LOOK_SECONDS = 3.0


def main() -> int:
    """Returns the exit status of the run."""
    options = _options()
    data = Path(options.data).resolve()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = fasteners.InterProcessLock(data / "run.lock")
    if not lock.acquire(blocking=False):
        print(f"Loopdesk already runs from this folder: {_address_of_the_other(data)}")
        return 0
    try:
        if options.fresh:
            _wipe(data)
        return _run(data, options.port)
    except AppError as error:
        print(error.sentence, file=sys.stderr)
        return 1
    finally:
        postgres.stop(data / "database")
        lock.release()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--data", default=str(config.ROOT / ".loopdesk"))
    return parser.parse_args()


def _address_of_the_other(data: Path) -> str:
    try:
        return str(json.loads((data / "run.json").read_text())["address"])
    except (FileNotFoundError, ValueError, KeyError):
        return "it is still starting."


def _wipe(data: Path) -> None:
    """Delete what earlier runs stored here; the lock file stays, it is held."""
    postgres.destroy(data / "database")
    for path in data.iterdir():
        if path.name != "run.lock":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _run(data: Path, wanted_port: int) -> int:
    port, practice_port = _free_port(wanted_port), _free_port(8601 if wanted_port else 0)
    if wanted_port and port != wanted_port:
        print(f"Port {wanted_port} is taken; using {port}.")
    address = f"http://127.0.0.1:{port}"
    practice = f"http://127.0.0.1:{practice_port}"
    settings = config.Settings(loopdesk_data=data)
    environment = config.child_environment(
        LOOPDESK_DATA=str(data),
        PUBLIC_URL=address,
        PORT=str(port),
        PRACTICE_PORT=str(practice_port),
        PRACTICE_URL=practice,
        PRACTICE_ADMIN_TOKEN=settings.practice_admin_token.get_secret_value() or secrets.token_hex(16),
        PATH=f"{Path(sys.executable).parent}:{config.child_environment()['PATH']}",
        PYTHONUNBUFFERED="1",
    )
    wiring.prepare(settings)
    (data / "run.json").write_text(json.dumps({"address": address, "practice": practice}))
    manager = Manager()
    for name, command in parse_procfile((config.ROOT / "Procfile.dev").read_text()).processes.items():
        manager.add_process(name, command, env=environment, cwd=str(config.ROOT))
    announcer = subprocess.Popen([sys.executable, "-m", "worker.announce"], env=environment, cwd=config.ROOT)
    with _database_kept_up(data / "database"):
        manager.loop()
    announcer.terminate()
    announcer.wait()
    (data / "run.json").unlink(missing_ok=True)
    print("Loopdesk has stopped. Your data is kept.")
    return 0 if manager.returncode in (0, None, 130, -2, -15) else int(manager.returncode)


@contextmanager
def _database_kept_up(root: Path) -> Iterator[None]:
    """Start the server again whenever it has ended by itself: where its disk was full, it comes back with the room."""
    ending, said = threading.Event(), ""

    def keep() -> None:
        nonlocal said
        while not ending.wait(_LOOK_SECONDS):
            try:
                if postgres.is_gone(root):
                    postgres.start(root)
                    print("The database had ended and runs again.", file=sys.stderr)
                    said = ""
            except (AppError, OSError) as error:
                told = error.sentence if isinstance(error, AppError) else f"{error.strerror}: {error.filename}"
                if told != said:
                    print(f"The database does not come up. {told}", file=sys.stderr)
                said = told

    keeper = threading.Thread(target=keep, name="database", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ending.set()
        keeper.join()


def _free_port(wanted: int) -> int:
    """`wanted` if nobody listens there, else (and for 0) a free one the system picks."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no free port on this machine")


if __name__ == "__main__":
    sys.exit(main())
