"""The Dockerfile and docker-compose.yml: linted, strict, without secrets, and in step with the rest of the product."""

import fnmatch
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from honcho.environ import parse_procfile

from services.kit.config import ROOT, Settings
from tests.deploy.compose import compose, instructions

GIVEN = {"POSTGRES_PASSWORD": "a", "WEB_PASSWORD": "b", "WORKER_PASSWORD": "c", "PRACTICE_ADMIN_TOKEN": "d"}
OURS = ("release", "web", "worker", "practice")


def test_the_linter_has_nothing_to_say_of_the_dockerfile() -> None:
    told = subprocess.run(
        [Path(sys.executable).parent / "hadolint", "--failure-threshold", "style", ROOT / "Dockerfile"],
        capture_output=True,
        text=True,
    )
    assert (told.returncode, told.stdout) == (0, "")


def test_the_linter_would_say_something(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM python:latest\nRUN cd /tmp && sudo apt-get install curl\n")
    told = subprocess.run(
        [Path(sys.executable).parent / "hadolint", tmp_path / "Dockerfile"], capture_output=True, text=True
    )
    assert told.returncode == 1 and "DL3007" in told.stdout


@pytest.mark.parametrize("missing", GIVEN)
def test_no_password_has_a_default_and_a_missing_one_is_named(missing: str) -> None:
    with pytest.raises(LookupError, match=missing):
        compose(**{name: value for name, value in GIVEN.items() if name != missing})


def test_every_service_is_checked_and_ours_run_with_as_few_rights_as_they_need() -> None:
    found = compose(**GIVEN)
    assert set(found.services) == {"db", *OURS} and found.services["db"].image.startswith("postgres:17")
    for name in OURS:
        one = found.services[name]
        assert one.read_only and one.init and one.cap_drop == ["ALL"]
        assert one.security_opt == ["no-new-privileges:true"]
        assert bool(one.healthcheck.test) != one.healthcheck.disable, name
        assert set(one.depends_on) <= set(found.services)
    assert "/healthz" in found.services["web"].healthcheck.test[-1]
    assert "/readyz" in found.services["worker"].healthcheck.test[-1]
    named = {mount.partition(":")[0] for one in found.services.values() for mount in one.volumes}
    assert {name for name in named if not name.startswith("./")} == set(found.volumes)


def test_the_image_runs_as_nobody_special_and_holds_no_secret_and_no_data() -> None:
    lines = instructions()
    users = [rest for word, rest in lines if word == "USER"]
    assert users == ["10001"] and lines.index(("USER", "10001")) < len(lines) - 1
    text = (ROOT / "Dockerfile").read_text()
    assert not re.search(r"(?i)(password|secret_key|token|app_secret)\w*\s*=", text)
    assert not [rest for word, rest in lines if word in ("ADD", "ARG")]
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in ignored
    allowed = [line[1:] for line in ignored if line.startswith("!")]
    for word, rest in lines:
        if word == "COPY":
            for source in shlex.split(rest)[:-1]:
                assert (ROOT / source).exists() and any(fnmatch.fnmatch(source, one) for one in allowed), source
    assert not [one for one in allowed if one.startswith((".env", ".loopdesk", ".git", "tests"))]


def test_the_commands_are_those_of_the_procfile() -> None:
    procfile = parse_procfile((ROOT / "Procfile").read_text()).processes
    services = compose(**GIVEN).services
    for name in ("web", "worker", "release"):
        assert shlex.join(services[name].command) == procfile[name].replace("${PORT:-8501}", "8501")
    default = next(rest for word, rest in instructions() if word == "CMD" and "uvicorn" in rest)
    assert json.loads(default) == services["web"].command


def test_every_setting_that_compose_gives_is_one_that_loopdesk_reads() -> None:
    raw = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    for name in OURS:
        assert {key.lower() for key in compose(**GIVEN).services[name].environment} <= set(Settings.model_fields)
    assert set(raw) == {"name", "x-loopdesk", "services", "volumes"}
