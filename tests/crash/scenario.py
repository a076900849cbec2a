"""What a seed means: which posts, which worker dies where, what the platforms do. The same seed, the same scenario."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.crash.forms import ALL, NO_REPEATS, channels_of
from tests.crash.tokens import RENEWING
from tests.crash.trouble import faults_of, needed_by

# Every place between two durable effects of publishing.
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
# By weight. What restarts a database or waits for long costs seconds, so it is played less often.
KINDS: Mapping[str, int] = {
    "kill": 16, "zombie": 11, "lost": 11, "timeout": 5, "refused": 5, "doubled": 5, "shot": 5, "calm": 3,
    "quota": 2, "retry_after": 3, "token": 4, "refresh": 4, "empty_refresh": 3, "processing": 4, "slow": 2,
    "altered": 3, "rights": 2, "withdrawn": 2, "skew": 4, "dst": 3, "deaf": 2, "database": 1, "server": 1, "restore": 2,
}  # fmt: skip
# A death and a sleep at every place, then every kind of trouble once; after that as the dice fall.
_FIRST = ("kill",) * len(FAILPOINTS) + ("zombie",) * len(FAILPOINTS) + tuple(KINDS)
_RENEWALS = frozenset({"refresh", "empty_refresh"})
_RENEWABLE = tuple(form for form in ALL if form[0] in RENEWING)
_STARTED_CRASH = ("kill", "zombie")
_NO_FAULTS = frozenset({"kill", "zombie", "calm", "shot", "altered", "rights", "withdrawn", "restore", "deaf", "dst"})
_NO_EXTRA_DEATH = (_NO_FAULTS - {"dst"}) | {"doubled", "slow", "skew", "server", "database"}


@dataclass(frozen=True)
class PostPlan:
    """One post: where, in which format, due when, and the number of its words; equal numbers, equal words and files."""

    channel: str
    format: str
    due_in_seconds: float
    words: int

    @property
    def form(self) -> tuple[str, str]:
        return self.channel.split("/")[0], self.format


@dataclass(frozen=True)
class Scenario:
    """
    `failpoints` and `skews`: one worker per entry; "" is a healthy one, its clock goes wrong by that many seconds.

    `faults` are those of the practice platforms.
    """

    seed: int
    kind: str
    posts: tuple[PostPlan, ...]
    failpoints: tuple[str, ...]
    faults: tuple[dict[str, Any], ...] = ()
    skews: tuple[float, ...] = ()
    shot_after_seconds: float | None = None
    continues_after_seconds: float = 0.0

    @property
    def renews(self) -> bool:
        """Do the channels' tokens end soon, so that every step renews them first?"""
        return self.kind in _RENEWALS

    @property
    def loses_a_renewal(self) -> bool:
        """A renewal whose answer is lost may have used up the only refresh token."""
        return self.kind == "refresh" and any(fault["kind"] != "delay" for fault in self.faults)

    def told(self) -> str:
        posts = " ".join(f"{p.channel}:{p.format}@{p.due_in_seconds:.2f}s#{p.words}" for p in self.posts)
        faults = " ".join(f"{f['kind']}{f.get('match', '')}x{f.get('count', '-')}" for f in self.faults)
        return f"seed {self.seed}: {self.kind} [{', '.join(self.failpoints) or 'healthy'}] {faults} | {posts}"


def scenario(seed: int) -> Scenario:
    """Pure: the scenario of this seed."""
    dice = random.Random(seed)
    kind = _FIRST[seed] if seed < len(_FIRST) else dice.choices(list(KINDS), list(KINDS.values()))[0]
    posts = _posts(dice, seed, _RENEWABLE if kind in _RENEWALS else ALL)
    forms = {post.form for post in posts}
    workers, faults = [""], []
    if kind in _STARTED_CRASH:
        point = FAILPOINTS[seed % len(FAILPOINTS)]
        workers = [f"{point}={'kill' if kind == 'kill' else 'pause'}:{dice.choice((1, 1, 1, 2))}"]
        faults = needed_by(dice, point, forms)
        if dice.random() < 0.3:
            workers.append("")
    elif kind == "doubled":
        workers = ["", "", f"{dice.choice(FAILPOINTS)}=kill:{dice.randint(1, 2)}"]
    elif kind in ("shot", "refresh", "skew"):
        workers = ["", ""] if dice.random() < 0.7 else [""]
    if kind not in _NO_FAULTS:
        faults = faults_of(dice, kind, forms)
    if kind not in _NO_EXTRA_DEATH and dice.random() < 0.4:
        workers = [f"{dice.choice(FAILPOINTS)}=kill", ""]
    return Scenario(
        seed,
        kind,
        posts,
        tuple(workers),
        tuple(faults),
        skews=_skews(dice, len(workers)) if kind == "skew" else (),
        shot_after_seconds=dice.uniform(0.05, 0.9) if kind == "shot" else None,
        continues_after_seconds=dice.choice((0.3, 1.5, 3.0)),
    )


def _posts(dice: random.Random, seed: int, forms: Sequence[tuple[str, str]]) -> tuple[PostPlan, ...]:
    """The first goes through all formats seed by seed. Every fourth time all are alike: words, files and format."""
    alike = dice.random() < 0.25
    first = forms[seed % len(forms)]
    found = []
    for number in range(dice.randint(2, 4)):
        platform, kind = first if alike or number == 0 else dice.choice(forms)
        channel = dice.choice(channels_of(platform))
        words = 0 if alike and platform not in NO_REPEATS else number
        found.append(PostPlan(channel, kind, dice.choice((0.0, 0.15, 0.4)), words))
    return tuple(found)


def _skews(dice: random.Random, count: int) -> tuple[float, ...]:
    """Five minutes, at the suite's pace: 0.6 s. One worker ahead, one behind."""
    sign = dice.choice((1, -1))
    return tuple(sign * 0.6 * (-1) ** place for place in range(count))
