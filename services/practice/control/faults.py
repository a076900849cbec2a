"""Faults an operator switches on: by count, or by probability with a seed so that a run can be replayed."""

import hashlib
import json
from collections.abc import Set
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator

from services.practice.seeds import PLATFORMS
from services.practice.world import World

Kind = Literal[
    "lose_reply",  # the act is done, then the connection is cut without an answer
    "delay",  # the act is done, the answer waits `seconds`
    "hold",  # the call waits until the fault is deleted or `seconds` are over, before or after the act (`when`)
    "http",  # the answer is `status`, `body` and `headers`; the act is done only with `perform`
    "expire_token",  # the token used is expired before the act
    "rotate_token",  # the token used stops working after the act
    "revoke_token",  # the token used was withdrawn before the act, as after a removed app or a changed password
    "fail_processing",  # what was uploaded ends in an error, on the graph with `subcode`
    "slow_processing",  # processing takes `seconds`
    "quota",  # publishing is refused for reasons of quota
]
# These count the calls that could suffer from them: only such a call asks.
WHEN_ASKED = {"fail_processing", "slow_processing", "quota"}
_ON_ARRIVAL = frozenset(get_args(Kind)) - WHEN_ASKED


class Fault(BaseModel):
    """One fault. It strikes calls whose path contains `match`, at most `count` times, or always without a count."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    match: str = ""
    method: str | None = None
    platform: str | None = None
    count: int | None = Field(default=None, ge=1)
    probability: float | None = Field(default=None, ge=0, le=1)
    seed: int = 0
    status: int = Field(default=500, ge=200, le=599)
    seconds: float = Field(default=60.0, ge=0, le=86_400)
    body: Any = None
    headers: dict[str, str] = {}
    perform: bool = False
    when: Literal["before", "after"] = "before"
    subcode: int = 2207076
    id: int = 0

    @field_validator("platform")
    @classmethod
    def _is_known(cls, platform: str | None) -> str | None:
        if platform is not None and platform not in PLATFORMS:
            raise ValueError(f"no such platform; there are {', '.join(PLATFORMS)}")
        return platform

    def concerns(self, platform: str, method: str, path: str) -> bool:
        """Is this a call that the fault could strike?"""
        if self.platform not in (None, platform) or self.match not in path:
            return False
        return self.method is None or self.method.upper() == method

    def strikes(self, seen: int, fired: int) -> bool:
        """Decide the `seen`-th concerned call, counted from 1, after `fired` strikes."""
        if self.count is not None and fired >= self.count:
            return False
        return self.probability is None or _chance(self.seed, seen) < self.probability


def _chance(seed: int, number: int) -> float:
    digest = hashlib.sha256(f"{seed}:{number}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def add(world: World, fault: Fault) -> int:
    """Switch a fault on; returns its id. A fault with neither count nor probability strikes every concerned call."""
    with world.store.act():
        number = world.store.next_number("fault")
        terms = fault.model_copy(update={"id": number}).model_dump_json()
        world.store.run(
            "insert into faults (id, kind, terms, seen, fired) values (:id, :kind, :terms, 0, 0)",
            id=number,
            kind=fault.kind,
            terms=terms,
        )
    return number


def clear(world: World) -> int:
    """Switch every fault off; calls on hold go on. Returns how many there were."""
    return world.store.run("delete from faults")


def is_on(world: World, fault: Fault) -> bool:
    """Has nobody deleted this fault yet?"""
    return world.store.one("select id from faults where id = :id", id=fault.id) is not None


def listed(world: World) -> list[dict[str, Any]]:
    """Every fault with how many calls it concerned and how many it struck."""
    rows = world.store.all("select terms, seen, fired from faults order by id")
    return [{**json.loads(row["terms"]), "seen": row["seen"], "fired": row["fired"]} for row in rows]


def strike(world: World, platform: str, method: str, path: str) -> tuple[Fault, ...]:
    """Count an arriving call against every fault but those `WHEN_ASKED`, and return what strikes it."""
    return _drawn(world, _ON_ARRIVAL, platform, method, path)


def draw(world: World, kind: str, platform: str, method: str, path: str) -> Fault | None:
    """Count a call that asks for one kind against the faults of that kind; the first that strikes it, or None."""
    struck = _drawn(world, {kind}, platform, method, path)
    return struck[0] if struck else None


def _drawn(world: World, kinds: Set[str], platform: str, method: str, path: str) -> tuple[Fault, ...]:
    struck = []
    with world.store.act():
        for row in world.store.all("select id, terms, seen, fired from faults order by id"):
            fault = Fault.model_validate_json(row["terms"])
            if fault.kind not in kinds or not fault.concerns(platform, method, path):
                continue
            hit = fault.strikes(row["seen"] + 1, row["fired"])
            world.store.run(
                "update faults set seen = seen + 1, fired = fired + :hit where id = :id", hit=int(hit), id=row["id"]
            )
            if hit:
                struck.append(fault)
    return tuple(struck)
