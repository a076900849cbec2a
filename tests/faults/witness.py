"""A kind of job that is watched from outside the database: it writes down, in a file, when it works."""

import json
import os
import threading
import time
from pathlib import Path
from typing import Any

from pydantic import Field

from services.jobs.kinds import registry
from services.jobs.kinds.kind import Outcome, Overlap, Parameters, Reach, RunningJob
from services.kit.app import App
from services.kit.db import Scope
from services.kit.errors import Rejected

NAME = "witness"


class WitnessParameters(Parameters):
    key: str = Field(default="", title="Key", description="What it is known by in the file.")
    file: str = Field(default="", title="File", description="Where it writes down that it works.")
    steps: int = Field(default=3, title="Steps", description="How often it works.")
    seconds: float = Field(default=0.1, title="Seconds", description="How long each time.")
    fails: bool = Field(default=False, title="Fails", description="Whether it says no at its end.")


class Witness:
    """Works in steps; each is a line written before it, which no later crash takes back."""

    name = NAME
    title = "Witness"
    help = "Writes down when it works."
    icon = ":material/visibility:"
    parameters: type[Parameters] = WitnessParameters
    reach: Reach = "organisation"
    overlap = Overlap.SKIP
    payload_version = 1

    def rehearse(self, app: App, scope: Scope, parameters: WitnessParameters) -> list[str]:
        return [f"Would work {parameters.steps} times."]

    def run(self, app: App, scope: Scope, parameters: WitnessParameters, run: RunningJob) -> Outcome:
        me = f"{os.getpid()}/{threading.get_ident()}/{time.monotonic_ns()}"
        for step in range(parameters.steps):
            _write(parameters.file, {"key": parameters.key, "by": me, "step": step, "at": time.monotonic()})
            threading.Event().wait(parameters.seconds)
            run.step(step + 1, parameters.steps)
        if parameters.fails:
            raise Rejected("It was told to say no.")
        return Outcome(said=f"Worked {parameters.steps} times.")


def _write(file: str, line: dict[str, Any]) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        os.write(handle, (json.dumps(line) + "\n").encode())
    finally:
        os.close(handle)


def register() -> None:
    """This process knows the kind."""
    registry.KINDS[NAME] = f"{__name__}:Witness"


def forget() -> None:
    registry.KINDS.pop(NAME, None)


def lines(file: Path) -> list[dict[str, Any]]:
    """Everything that was written down, in order."""
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def interleaved(file: Path) -> list[str]:
    """Keys at which one attempt went on working after the next had begun: they worked at the same time."""
    found, order = [], {}  # type: ignore[var-annotated]
    for line in lines(file):
        known = order.setdefault(line["key"], [])
        if line["by"] in known[:-1]:
            found.append(line["key"])
        elif not known or known[-1] != line["by"]:
            known.append(line["by"])
    return found


def attempts(file: Path) -> dict[str, int]:
    """How many attempts began to work, by key."""
    begun: dict[str, set[str]] = {}
    for line in lines(file):
        begun.setdefault(line["key"], set()).add(line["by"])
    return {key: len(them) for key, them in begun.items()}
