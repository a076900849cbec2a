"""`./test bench`: every benchmark of this folder, one after the other; writes docs/benchmarks.md."""

import importlib
import platform
import sys
from datetime import date
from pathlib import Path

from tests.benchmarks.figures import Figure

HERE = Path(__file__).parent
TABLE = HERE.parents[1] / "docs" / "benchmarks.md"


def main() -> int:
    """Returns 1 where a target was missed. Names on the command line choose some, such as `bench_queue`."""
    chosen = sys.argv[1:] or sorted(file.stem for file in HERE.glob("bench_*.py"))
    figures: list[Figure] = []
    for name in chosen:
        print(f"== {name}", flush=True)
        for figure in importlib.import_module(f"tests.benchmarks.{name}").measure():
            print("  " + _line(figure).strip("| "), flush=True)
            figures.append(figure)
    if not sys.argv[1:]:
        TABLE.write_text(_page(figures), encoding="utf-8")
    missed = [figure.name for figure in figures if not figure.is_met]
    print(f"Missed: {', '.join(missed)}" if missed else "Every target is met.")
    return 1 if missed else 0


def _page(figures: list[Figure]) -> str:
    head = (
        "# Benchmarks\n\nMedians unless a name says otherwise; the yardstick is measured in the same run. "
        "Absolute figures depend on the machine: read the ratios.\n\n"
        f"Measured {date.today().isoformat()} on 2 cores, Python {platform.python_version()}, {platform.system()} "
        f"{platform.machine()}. Run `./test bench` to measure again.\n\n"
        "| what | measured | target | yardstick | ratio | met |\n|---|---|---|---|---|---|\n"
    )
    return head + "\n".join(_line(figure) for figure in figures) + "\n"


def _line(figure: Figure) -> str:
    sign = "≥" if figure.more_is_better else "≤"
    target = f"{sign} {_number(figure.target)} {figure.unit}" if figure.target is not None else ""
    yardstick = f"{figure.yardstick_name}: {_number(figure.yardstick)} {figure.unit}" if figure.yardstick else ""
    ratio = f"{figure.ratio:.2f}" if figure.ratio else ""
    met = "" if figure.target is None else "yes" if figure.is_met else "**no**"
    return f"| {figure.name} | {_number(figure.value)} {figure.unit} | {target} | {yardstick} | {ratio} | {met} |"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main())
