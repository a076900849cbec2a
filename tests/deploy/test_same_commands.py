"""What compose would run, run here: the image's own files, the commands, the environment and the health checks."""

import json
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from services.kit import postgres
from services.kit.config import ROOT
from tests.deploy.compose import Service, compose, instructions
from tests.hosted.desk import wait_until
from tests.makers import postgres15


@dataclass
class Machine:
    """Stands in for the containers: `home` holds what the image holds, ports and hosts are replaced in every word."""

    home: Path
    services: dict[str, Service]
    words: dict[str, str]
    processes: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def said(self, word: str) -> str:
        for old, new in self.words.items():
            word = word.replace(old, new)
        return word

    def environment(self, name: str) -> dict[str, str]:
        of_the_image = [one for word, rest in instructions() if word == "ENV" for one in shlex.split(rest)]
        given = dict(one.split("=", 1) for one in of_the_image) | self.services[name].environment
        path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
        return {"PATH": path} | {key: self.said(value) for key, value in given.items()}

    def start(self, name: str) -> "subprocess.Popen[bytes]":
        command = [self.said(word) for word in self.services[name].command]
        with (self.home.parent / f"{name}.log").open("ab") as out:
            process = subprocess.Popen(
                command, cwd=self.home, env=self.environment(name), stdin=subprocess.DEVNULL, stdout=out, stderr=out
            )
        self.processes.append(process)
        return process

    def log(self, name: str) -> str:
        return (self.home.parent / f"{name}.log").read_text()

    def is_healthy(self, name: str) -> bool:
        test = [self.said(word) for word in self.services[name].healthcheck.test[1:]]
        return subprocess.run(test, env=self.environment(name), capture_output=True).returncode == 0


def _ports(count: int) -> list[int]:
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A plain Postgres; the prelude is applied as its first start would."""
    with ExitStack() as stack:
        if postgres15.is_present():
            address = stack.enter_context(postgres15.running())
        else:
            root = tmp_path_factory.mktemp("server")
            address = postgres.start(root)
            stack.callback(postgres.destroy, root)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute((ROOT / "migrations/prelude.sql").read_text())  # type: ignore[arg-type]
        yield address


@pytest.fixture(scope="module")
def machine(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    home = tmp_path_factory.mktemp("image") / "srv"
    home.mkdir()
    for word, rest in instructions():
        if word == "COPY":
            *sources, target = shlex.split(rest)
            for source in sources:
                _copy(ROOT / source, home / target if len(sources) == 1 and target != "./" else home / source)
    terms = conninfo_to_dict(server)
    web, practice = _ports(2)
    services = compose(
        POSTGRES_PASSWORD=str(terms["password"]), WEB_PASSWORD="of-the-web", WORKER_PASSWORD="of-the-worker",
        PRACTICE_ADMIN_TOKEN="operator",
    ).services  # fmt: skip
    words = {
        # a host by another name than this machine's, as `db` is
        "@db:5432": f"@127.1:{terms['port']}", "8501": str(web), "8601": str(practice), "0.0.0.0": "127.0.0.1",
        "/data": str(home.parent / "data"), "/backups": str(home.parent / "kept"),
    }  # fmt: skip
    made = Machine(home, services, words)
    yield made
    for process in made.processes:
        process.terminate()
    for process in made.processes:
        process.wait(60)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


def test_release_then_web_practice_and_worker_come_up_healthy_and_a_backup_is_made(machine: Machine) -> None:
    assert machine.start("release").wait(120) == 0, machine.log("release")
    assert "Set Loopdesk up once" in machine.log("release")
    for name in ("web", "practice", "worker"):
        process = machine.start(name)
        wait_until(lambda: machine.is_healthy(name) or process.poll() is not None, f"{name} is healthy")  # noqa: B023
        assert process.poll() is None, machine.log(name)
    base = machine.environment("web")["PUBLIC_URL"]
    ready = httpx.get(f"{base}/readyz", timeout=10)
    assert (ready.status_code, ready.json()["status"]) == (200, "ready")
    link = next(word for word in machine.log("release").split() if "setup=" in word)
    assert link.startswith(base) and httpx.get(link, timeout=20).status_code == 200
    done = subprocess.run(
        [sys.executable, "-m", "worker.backup"], cwd=machine.home, env=machine.environment("worker"),
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (folder,) = (machine.home.parent / "kept").glob("2*")
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["rows"]["supabase_migrations.schema_migrations"] == len(manifest["migrations"])
    for name in ("web", "practice", "worker"):
        assert "Traceback" not in machine.log(name), name
    secrets = ("of-the-web", "of-the-worker")
    assert not [s for s in secrets for name in ("release", "web", "worker", "practice") if s in machine.log(name)]
