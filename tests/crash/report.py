"""What came of a run: broken promises by seed, how posts ended, and what was tried."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.crash.check import Broken
from tests.crash.play import Planned
from tests.crash.scenario import Scenario


@dataclass
class Report:
    """`forms`: (platform, format, state) -> posts. `kinds`: scenarios by what they tried."""

    broken: dict[int, list[Broken]] = field(default_factory=dict)
    ends: Counter[str] = field(default_factory=Counter)
    forms: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    promises: Counter[str] = field(default_factory=Counter)
    failpoints: set[str] = field(default_factory=set)
    played: int = 0
    first: int | None = None
    last: int | None = None
    seconds: float = 0.0

    def count(
        self, scene: Scenario, planned: Sequence[Planned], states: Mapping[object, str], wrong: list[Broken]
    ) -> None:
        """One scenario that was played."""
        self.played += 1
        self.first = scene.seed if self.first is None else min(self.first, scene.seed)
        self.last = scene.seed if self.last is None else max(self.last, scene.seed)
        self.kinds[scene.kind] += 1
        self.failpoints |= {spec.partition("=")[0] for spec in scene.failpoints if spec}
        for post in planned:
            state = states.get(post.id, "lost")
            self.ends[state] += 1
            self.forms[(*post.plan.form, state)] += 1
        self.promises.update(one.kind for one in wrong)
        if wrong:
            self.broken[scene.seed] = wrong

    @property
    def is_clean(self) -> bool:
        return not self.broken and self.played > 0

    def told(self) -> str:
        ends = ", ".join(f"{count} {state}" for state, count in self.ends.most_common())
        pace = self.seconds / max(1, self.played)
        return (
            f"{self.played} seeds in {self.seconds:.0f} s ({pace:.2f} s each): {len(self.broken)} broken; posts: {ends}"
        )
