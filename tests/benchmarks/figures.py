"""What a benchmark tells, and how it is measured: medians, and a yardstick in the same run."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """
    One measured number. `target` is the most allowed in `unit`, or the least where `more_is_better`; None where there
    is none. `yardstick` is what something plain took in the same run, in the same unit.
    """

    name: str
    value: float
    unit: str
    target: float | None = None
    yardstick_name: str = ""
    yardstick: float | None = None
    more_is_better: bool = False

    @property
    def is_met(self) -> bool:
        if self.target is None:
            return True
        return self.value >= self.target if self.more_is_better else self.value <= self.target

    @property
    def ratio(self) -> float | None:
        return self.value / self.yardstick if self.yardstick else None


def median_ms(act: Callable[[], object], rounds: int = 15, warm_up: int = 2) -> float:
    """Median length of a call in milliseconds."""
    return statistics.median(lengths_ms(act, rounds, warm_up))


def p95_ms(act: Callable[[], object], rounds: int = 30, warm_up: int = 2) -> float:
    return percentile(lengths_ms(act, rounds, warm_up), 95)


def lengths_ms(act: Callable[[], object], rounds: int, warm_up: int) -> list[float]:
    found = []
    for number in range(rounds + warm_up):
        start = time.perf_counter()
        act()
        if number >= warm_up:
            found.append((time.perf_counter() - start) * 1000)
    return found


def percentile(values: list[float], share: int) -> float:
    """The value below which `share` percent lie; nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-len(ordered) * share // 100) - 1))]
