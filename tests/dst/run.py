"""`./test dst`: every zone there is, ten years, against every single minute. Minutes on two cores."""

import sys
import time
from concurrent.futures import ProcessPoolExecutor

from tests.dst.prove import DENSE, SPARSE, prove_zone
from tests.dst.zones import Changes, groups, utc

BEGIN, END = utc(2026), utc(2036)


def _prove(pair: tuple[str, Changes]) -> list[str]:
    return list(prove_zone(pair[0], pair[1], BEGIN, END))


def main() -> int:
    began = time.monotonic()
    found = groups(BEGIN, END)
    zones = sum(len(names) for names in found.values())
    print(f"{zones} zones go in {len(found)} ways between {BEGIN.year} and {END.year}.", flush=True)
    wrong: list[str] = []
    with ProcessPoolExecutor(2) as pool:
        for told in pool.map(_prove, [(names[0], changes) for changes, names in found.items()]):
            wrong += told
            for line in told:
                print(line, flush=True)
    print(
        f"{len(SPARSE)} expressions over all minutes, {len(DENSE)} around every change: "
        f"{len(wrong)} differences, {time.monotonic() - began:.0f} s."
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
