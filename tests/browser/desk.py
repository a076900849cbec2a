"""A whole Loopdesk as `./run` starts it: database, web, worker and practice platforms, in a fresh folder."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from services.kit import postgres

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN_SECONDS = 90
ADMIN_TOKEN = "operator-of-the-tests"


@dataclass(frozen=True)
class Desk:
    """`base` is the web address, `set_up_link` the one-time link that was printed (empty on a later start)."""

    base: str
    set_up_link: str
    data: Path
    log: Path

    def accepted(self) -> list[dict[str, Any]]:
        """Every post the practice platforms took, from their own record: what really went out."""
        found: list[dict[str, Any]] = self._operate("accepted")
        return found

    def fault(self, kind: str, **terms: Any) -> None:
        """Let the practice platforms fail from now on, for example `fault("http", match="/photos", status=500)`."""
        self._operate("faults", {"kind": kind, **terms})

    @property
    def practice(self) -> str:
        """The address of the practice platforms."""
        return str(json.loads((self.data / "run.json").read_text())["practice"])

    def _operate(self, path: str, body: dict[str, Any] | None = None) -> Any:
        asked = urllib.request.Request(
            f"{self.practice}/admin/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"X-Practice-Admin": ADMIN_TOKEN},
        )
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return json.load(answer)

    def ask(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows straight from the database, past every wall."""
        with psycopg.connect(postgres.start(self.data / "database")) as connection:
            return connection.execute(question, values).fetchall()


@contextmanager
def running_desk(data: Path, *, port: int = 0) -> Iterator[Desk]:
    """
    Start and wait until the address is printed; stop with Ctrl-C's signal. :raises AssertionError: with the log

    Without a `port` on any free ones, so that desks that start at the same time do not choose the same.
    """
    log = data.parent / f"{data.name}.log"
    command = [sys.executable, "-m", "worker.up", "--data", str(data), "--port", str(port)]
    environment = {**os.environ, "PRACTICE_ADMIN_TOKEN": ADMIN_TOKEN}
    with open(log, "w") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            start_new_session=True,
        )  # fmt: skip
        lines: list[str] = []
        ready = threading.Event()

        def read() -> None:
            assert process.stdout is not None
            for line in process.stdout:
                lines.append(line)
                out.write(line)
                out.flush()
                if "Loopdesk runs at" in line:
                    ready.set()
            ready.set()

        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        try:
            assert ready.wait(READY_WITHIN_SECONDS) and process.poll() is None, "".join(lines)
            base = re.findall(r"Loopdesk runs at (\S+)", "".join(lines))[0]
            yield Desk(base, _link_in(lines, base), data, log)
        finally:
            if process.poll() is None:
                os.kill(process.pid, signal.SIGINT)
            process.wait(60)
            reader.join(10)


def _link_in(lines: list[str], base: str) -> str:
    """The link follows the address by a few lines; a later start prints none."""
    waiting = threading.Event()
    for _ in range(20):
        found = re.findall(rf"({re.escape(base)}/\S*setup=\S+)", "".join(lines))
        if found:
            return str(found[0])
        waiting.wait(0.1)
    return ""
