"""`python -m tests.crash.run --seeds 1000`: plays seeds over some lanes and prints every one that breaks a promise."""

import argparse
import queue
import signal
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.crash.check import problems
from tests.crash.lane import Lane, open_lane
from tests.crash.play import play
from tests.crash.scenario import scenario


@dataclass
class Report:
    """What came of a run: broken promises by seed, and how posts ended."""

    broken: dict[int, list[str]] = field(default_factory=dict)
    ends: Counter[str] = field(default_factory=Counter)
    played: int = 0
    seconds: float = 0.0

    @property
    def is_clean(self) -> bool:
        return not self.broken and self.played > 0

    def told(self) -> str:
        ends = ", ".join(f"{count} {state}" for state, count in self.ends.most_common())
        pace = self.seconds / max(1, self.played)
        return (
            f"{self.played} seeds in {self.seconds:.0f} s ({pace:.2f} s each): {len(self.broken)} broken; posts: {ends}"
        )


def run_seeds(seeds: list[int], lanes: int = 3, *, is_loud: bool = False) -> Report:
    """Play every seed once, each on the next free lane."""
    report, waiting, lock = Report(), queue.SimpleQueue[int](), threading.Lock()
    for seed in seeds:
        waiting.put(seed)
    began = time.monotonic()
    threads = [
        threading.Thread(target=_work_lane, args=(number, waiting, report, lock, is_loud))
        for number in range(min(lanes, len(seeds)))
    ]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    except KeyboardInterrupt:  # the seeds under way come to their end, and everything is taken down
        while not waiting.empty():
            waiting.get()
        for thread in threads:
            thread.join()
    report.seconds = time.monotonic() - began
    return report


def _work_lane(
    number: int, waiting: "queue.SimpleQueue[int]", report: Report, lock: threading.Lock, is_loud: bool
) -> None:
    with open_lane(number) as lane:
        while True:
            try:
                seed = waiting.get_nowait()
            except queue.Empty:
                return
            _play_one(lane, seed, report, lock, is_loud)


def _play_one(lane: Lane, seed: int, report: Report, lock: threading.Lock, is_loud: bool) -> None:
    scene, began, states = scenario(seed), time.monotonic(), []
    try:
        planned, in_time = play(lane, scene)
        wrong = problems(lane, scene, planned, in_time=in_time)
        states = lane.rows("select state from app.posts where id = any (%(ids)s)", ids=[p.id for p in planned])
    except Exception as error:  # noqa: BLE001 - a suite that breaks has proven nothing
        wrong = [f"the suite itself failed: {type(error).__name__}: {error}"]
    with lock:
        report.played += 1
        report.ends.update(str(row["state"]) for row in states)
        if wrong:
            report.broken[seed] = wrong
        if wrong or is_loud:
            print(f"{'BROKEN ' if wrong else ''}{scene.told()} ({time.monotonic() - began:.1f} s)", flush=True)
            for line in wrong:
                print(f"    {line}", flush=True)


def main() -> int:
    """Returns 0 when every promise was kept."""
    reader = argparse.ArgumentParser(prog="tests.crash.run", description=__doc__)
    reader.add_argument("--seeds", type=int, default=1000, help="how many")
    reader.add_argument("--seed", type=int, help="replay this one")
    reader.add_argument("--first", type=int, default=0)
    reader.add_argument("--lanes", type=int, default=3)
    reader.add_argument("--loud", action="store_true", help="print every seed")
    given = reader.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    seeds = [given.seed] if given.seed is not None else list(range(given.first, given.first + given.seeds))
    report = run_seeds(seeds, given.lanes, is_loud=given.loud or given.seed is not None)
    print(report.told())
    if report.broken:
        print("Replay one with: ./test crash, or python -m tests.crash.run --seed N for:", sorted(report.broken))
    return 0 if report.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
