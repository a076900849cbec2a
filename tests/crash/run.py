"""`python -m tests.crash.run --seeds 1000`: plays seeds over some lanes and prints every one that breaks a promise."""

import argparse
import queue
import signal
import sys
import threading
import time
from collections.abc import Sequence

from tests.crash.check import Broken, problems
from tests.crash.lane import Lane, open_lane
from tests.crash.play import Planned, play
from tests.crash.proof import write_proof
from tests.crash.report import Report
from tests.crash.scenario import scenario


def run_seeds(seeds: Sequence[int], lanes: int = 3, *, is_loud: bool = False) -> Report:
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
    scene, began = scenario(seed), time.monotonic()
    planned: list[Planned] = []
    states: dict[object, str] = {}
    try:
        planned, in_time = play(lane, scene)
        wrong = problems(lane, scene, planned, in_time=in_time)
        rows = lane.rows("select id, state from app.posts where id = any (%(ids)s)", ids=[p.id for p in planned])
        states = {row["id"]: str(row["state"]) for row in rows}
    except Exception as error:  # noqa: BLE001 - a suite that breaks has proven nothing
        wrong = [Broken("suite", f"the suite itself failed: {type(error).__name__}: {error}")]
    with lock:
        report.count(scene, planned, states, wrong)
        if wrong or is_loud:
            print(f"{'BROKEN ' if wrong else ''}{scene.told()} ({time.monotonic() - began:.1f} s)", flush=True)
            for one in wrong:
                print(f"    {one.kind}: {one.sentence}", flush=True)


def main() -> int:
    """Returns 0 when every promise was kept. A run of at least a hundred seeds is written to docs/proof.json."""
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
        print("Replay one with: python -m tests.crash.run --seed N, for:", sorted(report.broken))
    write_proof(report)
    return 0 if report.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
