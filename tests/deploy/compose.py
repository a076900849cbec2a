"""docker-compose.yml and Dockerfile, read strictly: an unknown word, or one in the wrong place, is an error."""

import re
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.kit.config import ROOT

Duration = Annotated[str, StringConstraints(pattern=r"^\d+(s|m)$")]
Mount = Annotated[str, StringConstraints(pattern=r"^(\./)?[\w./-]+:/[\w./-]+(:ro)?$")]
Port = Annotated[str, StringConstraints(pattern=r"^127\.0\.0\.1:\d+:\d+$")]
_HOLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Healthcheck(_Strict):
    test: list[str] = Field(default_factory=list)
    interval: Duration = "30s"
    timeout: Duration = "30s"
    start_period: Duration = "0s"
    retries: int = Field(default=3, ge=1)
    disable: bool = False


class Needs(_Strict):
    condition: Literal["service_started", "service_healthy", "service_completed_successfully"]


class Service(_Strict):
    image: str
    build: Literal["."] | None = None
    init: bool = False
    restart: Literal["no", "always", "on-failure", "unless-stopped"] = "no"
    read_only: bool = False
    tmpfs: list[str] = Field(default_factory=list)
    cap_drop: list[Literal["ALL"]] = Field(default_factory=list)
    security_opt: list[Literal["no-new-privileges:true"]] = Field(default_factory=list)
    stop_grace_period: Duration = "10s"
    network_mode: Annotated[str, StringConstraints(pattern=r"^service:\w+$")] | None = None
    environment: dict[str, str] = Field(default_factory=dict)
    volumes: list[Mount] = Field(default_factory=list)
    ports: list[Port] = Field(default_factory=list)
    command: list[str] = Field(default_factory=list)
    healthcheck: Healthcheck
    depends_on: dict[str, Needs] = Field(default_factory=dict)


class Compose(_Strict):
    name: str
    services: dict[str, Service]
    volumes: dict[str, None]


def compose(**variables: str) -> Compose:
    """The file with its variables filled in. :raises LookupError: a required one is missing, with what it says"""
    read = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    return Compose.model_validate({k: _filled(v, variables) for k, v in read.items() if not k.startswith("x-")})


def _filled(value: object, variables: dict[str, str]) -> object:
    if isinstance(value, dict):
        return {key: _filled(one, variables) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, variables) for one in value]
    return _HOLE.sub(lambda hole: _filler(hole, variables), value) if isinstance(value, str) else value


def _filler(hole: "re.Match[str]", variables: dict[str, str]) -> str:
    name, rule, rest = hole.groups()
    if variables.get(name):
        return variables[name]
    if rule == "-":
        return rest
    raise LookupError(f"{name}: {rest}")


def instructions() -> list[tuple[str, str]]:
    """Of the Dockerfile: instruction and the rest of it, continued lines joined, in order."""
    text = "\n".join(line for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines() if line[:1] != "#")
    joined = re.sub(r"\\\n\s*", " ", text)
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in joined.splitlines() if line)]
