"""What a seed means: which posts, which worker dies where, what the platforms do. The same seed, the same scenario."""

import random
from dataclasses import dataclass, field
from typing import Any

# (failpoint, how often it may be passed): every place between two durable effects of publishing.
FAILPOINTS = (
    "preparing.claimed",
    "upload.intent",
    "upload.answered",
    "upload.recorded",
    "poll.answered",
    "publish.intent",
    "publish.refused",
    "publish.answered",
    "record.before",
    "record.after",
    "look.answered",
)
CHANNELS = ("instagram/0", "instagram/1", "facebook/0", "facebook/1")
_WRITES = ("/media_publish", "/photos")
_KINDS = (
    "kill", "kill", "kill", "zombie", "zombie", "lost", "lost", "timeout", "refused", "doubled", "shot", "calm",
    "quota", "token", "processing", "slow", "database",
)  # fmt: skip
_DATABASE_SHARE = 0.25  # a restart costs seconds, so three of four become kills


@dataclass(frozen=True)
class PostPlan:
    """One post: its channel, when it is due after the start, and its caption's number; equal numbers, equal words."""

    channel: str
    due_in_seconds: float
    words: int


@dataclass(frozen=True)
class Scenario:
    """`failpoints`: one worker per entry, "" a healthy one. `faults` are those of the practice platforms."""

    seed: int
    kind: str
    posts: tuple[PostPlan, ...]
    failpoints: tuple[str, ...]
    faults: tuple[dict[str, Any], ...] = ()
    shot_after_seconds: float | None = None
    continues_after_seconds: float = 0.0
    restarts_database: bool = False
    tags: frozenset[str] = field(default_factory=frozenset)

    def told(self) -> str:
        posts = " ".join(f"{p.channel}@{p.due_in_seconds:.2f}s#{p.words}" for p in self.posts)
        faults = " ".join(f"{f['kind']}{f.get('match', '')}x{f.get('count', '-')}" for f in self.faults)
        return f"seed {self.seed}: {self.kind} [{', '.join(self.failpoints) or 'healthy'}] {faults} | {posts}"


def scenario(seed: int) -> Scenario:
    """Pure: the scenario of this seed."""
    dice = random.Random(seed)
    kind = dice.choice(_KINDS)
    if kind == "database" and dice.random() > _DATABASE_SHARE:
        kind = "kill"
    posts = _posts(dice)
    workers: list[str] = [""]
    faults: list[dict[str, Any]] = []
    shot = None
    if kind in ("kill", "zombie"):
        verb = "kill" if kind == "kill" else "pause"
        point = FAILPOINTS[seed % len(FAILPOINTS)]
        workers = [f"{point}={verb}:{dice.choice((1, 1, 1, 2))}"]
        faults = _needed_by(dice, point)
        if dice.random() < 0.3:
            workers.append("")
    elif kind == "doubled":
        workers = ["", "", f"{dice.choice(FAILPOINTS)}=kill:{dice.randint(1, 2)}"]
    elif kind == "shot":
        shot = dice.uniform(0.05, 0.9)
        workers = ["", ""] if dice.random() < 0.5 else [""]
    if kind not in ("kill", "zombie", "calm", "shot"):
        faults = _faults(dice, kind)
        if dice.random() < 0.4 and kind != "doubled":
            workers = [f"{dice.choice(FAILPOINTS)}=kill", ""]
    return Scenario(
        seed,
        kind,
        posts,
        tuple(workers),
        tuple(faults),
        shot_after_seconds=shot,
        continues_after_seconds=dice.choice((0.3, 1.5, 3.0)),
        restarts_database=kind == "database",
    )


def _posts(dice: random.Random) -> tuple[PostPlan, ...]:
    same_words = dice.random() < 0.25
    return tuple(
        PostPlan(dice.choice(CHANNELS), dice.choice((0.0, 0.15, 0.4)), 0 if same_words else number)
        for number in range(dice.randint(2, 4))
    )


def _needed_by(dice: random.Random, point: str) -> list[dict[str, Any]]:
    """Some places are passed only when something else went wrong first."""
    if point == "publish.refused":
        return [{"kind": "http", "match": match, "status": 500, "count": 1} for match in _WRITES]
    if point == "look.answered":
        return [{"kind": "lose_reply", "match": match, "count": 1} for match in _WRITES]
    if dice.random() < 0.25:
        return [{"kind": "lose_reply", "match": dice.choice((*_WRITES, "/media")), "count": 1}]
    return []


def _faults(dice: random.Random, kind: str) -> list[dict[str, Any]]:
    seed = dice.randint(1, 10**6)
    match kind:
        case "lost":
            chance = dice.choice((0.3, 0.6, 1.0))
            return [
                {"kind": "lose_reply", "match": m, "probability": chance, "seed": seed, "count": 3} for m in _WRITES
            ]
        case "timeout":
            when = dice.choice(("before", "after"))
            return [{"kind": "hold", "match": m, "count": 1, "seconds": 1.4, "when": when} for m in _WRITES]
        case "refused":
            performs = dice.random() < 0.5
            terms = {"status": dice.choice((500, 502, 503)), "perform": performs, "count": dice.randint(1, 2)}
            return [{"kind": "http", "match": m, **terms} for m in (*_WRITES, "/media")]
        case "quota":
            return [{"kind": "quota", "count": 2}]
        case "token":
            verb = dice.choice(("expire_token", "rotate_token"))
            return [{"kind": verb, "match": dice.choice((*_WRITES, "/media")), "count": 1}]
        case "processing":
            return [{"kind": "fail_processing", "count": 1, "subcode": dice.choice((2207076, 2207026))}]
        case "slow":
            return [
                {"kind": "slow_processing", "seconds": 0.7, "count": 2},
                {"kind": "delay", "seconds": 0.3, "count": 2},
            ]
        case _:
            return [{"kind": "lose_reply", "match": "", "probability": 0.15, "seed": seed, "count": 4}]
