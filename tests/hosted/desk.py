"""Loopdesk as a hosting platform runs it: the commands of the Procfile, settings from the environment, TLS in front."""

import base64
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg
from honcho.environ import parse_procfile

from services.kit.config import ROOT, Settings
from services.kit.http import make_client
from tests.hosted import project
from tests.hosted.supabase import Project
from tests.stand_ins.supabase_auth import PUBLISHABLE_KEY, SECRET_KEY

PUBLIC = "https://desk.example"
READY_WITHIN_SECONDS = 60


def settings_for(operator: str, supabase_url: str, home: Path) -> dict[str, str]:
    """Everything .env.example asks for in hosted mode; `home` is a folder nothing should be written to."""
    return {
        "DATABASE_URL": operator,
        "WEB_DATABASE_URL": project.as_login(operator, "app_web"),
        "WORKER_DATABASE_URL": project.as_login(operator, "app_worker"),
        "SUPABASE_URL": supabase_url,
        "SUPABASE_PUBLISHABLE_KEY": PUBLISHABLE_KEY,
        "SUPABASE_SECRET_KEY": SECRET_KEY,
        "GOOGLE_SIGN_IN": "true",
        "APP_SECRET_KEYS": f"k1:{base64.b64encode(b'sealing-key-of-the-hosted-tests!').decode()}",
        "PUBLIC_URL": PUBLIC,
        "ENVIRONMENT": "production",
        "LOOPDESK_DATA": str(home / "embedded"),
    }


def start(name: str, variables: Mapping[str, str], log: Path) -> "subprocess.Popen[bytes]":
    """One line of the Procfile, on this machine's own interface, with these variables and no others."""
    command = parse_procfile((ROOT / "Procfile").read_text()).processes[name].replace("0.0.0.0", "127.0.0.1")
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(log.parent),
        "PYTHONUNBUFFERED": "1",
        **variables,
    }
    with log.open("ab") as out:
        return subprocess.Popen(["sh", "-c", f"exec {command}"], cwd=ROOT, env=environment, stdout=out, stderr=out)


def run(name: str, variables: Mapping[str, str], log: Path) -> tuple[int, str]:
    """Start and wait for the end; returns the exit status and everything it said."""
    log.unlink(missing_ok=True)
    status = start(name, variables, log).wait(60)
    return status, log.read_text()


@dataclass
class Browser:
    """Keeps cookies as a browser does at PUBLIC; what stands in front takes the TLS off."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> httpx.Response:
        return self._send("GET", path)

    def post(self, path: str, form: Mapping[str, str], files: Mapping[str, Any] | None = None) -> httpx.Response:
        return self._send("POST", path, data=form, files=files)

    def _send(self, method: str, path: str, **sent: Any) -> httpx.Response:
        headers = {
            "host": PUBLIC.removeprefix("https://"),
            "origin": PUBLIC,
            "x-forwarded-proto": "https",
            "x-forwarded-for": "203.0.113.7",
            "cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        with make_client() as client:
            answer = client.request(method, f"http://127.0.0.1:{self.port}{path}", headers=headers, **sent)
        for line in answer.headers.get_list("set-cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            assert "Secure" in line and "HttpOnly" in line, line
            self.cookies.pop(name, None)
            if value.strip('"'):
                self.cookies[name] = value
        return answer


@dataclass(frozen=True)
class Desk:
    """`told` is what the release printed; `ask` reads as the operator, past every wall."""

    variables: dict[str, str]
    supabase: Project
    told: str
    port: int
    home: Path

    def browser(self) -> Browser:
        return Browser(self.port)

    @property
    def settings(self) -> Settings:
        return Settings(_env_file=None, **{name.lower(): value for name, value in self.variables.items()})  # type: ignore[arg-type]

    def ask(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.variables["DATABASE_URL"]) as connection:
            return connection.execute(question, values).fetchall()  # type: ignore[arg-type]


@contextmanager
def running(operator: str, supabase: Project, home: Path) -> Iterator[Desk]:
    """Release, then web and worker, until the web answers. :raises AssertionError: with what they said"""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    variables = settings_for(operator, supabase.url, home) | {"PORT": str(port)}
    status, told = run("release", variables, home / "release.log")
    assert status == 0, told
    processes = [start(name, variables, home / f"{name}.log") for name in ("web", "worker")]
    try:
        wait_until(lambda: _is_healthy(port) or _has_ended(processes), "the web answers")
        assert not _has_ended(processes), "".join(log.read_text() for log in home.glob("*.log"))
        yield Desk(variables, supabase, told, port, home)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(40)


def wait_until(claim: Any, what: str) -> None:
    """Look ten times a second. :raises AssertionError: `what` did not come true within a minute"""
    pause = threading.Event()
    for _ in range(READY_WITHIN_SECONDS * 10):
        if claim():
            return
        pause.wait(0.1)
    raise AssertionError(f"not within {READY_WITHIN_SECONDS} s: {what}")


def _has_ended(processes: list["subprocess.Popen[bytes]"]) -> bool:
    return any(process.poll() is not None for process in processes)


def _is_healthy(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health", timeout=2).status_code == 200
    except httpx.TransportError:
        return False
