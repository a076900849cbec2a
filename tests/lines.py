"""
Notes which lines of services and worker the tests run (`-p tests.lines`): a file of SlipCover's for each process.

SlipCover changes the measured code alone; a tracer slows down whatever runs: Streamlit, httpx and the tests as well.
"""

import json
import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from slipcover import FileMatcher, Slipcover
from slipcover.importer import SlipcoverMetaPathFinder

ROOT = Path(__file__).resolve().parents[1]
MEASURED = ("services", "worker")


class _Finder(SlipcoverMetaPathFinder):
    """Finds only what is measured: asked for tests, it stands in the way of how pytest imports them."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        is_measured = fullname.partition(".")[0] in MEASURED
        return super().find_spec(fullname, path, target) if is_measured else None


def pytest_sessionfinish() -> None:
    (ROOT / f".coverage.{os.getpid()}").write_text(json.dumps(_ran.get_coverage()))


_folders = [str(ROOT / folder) for folder in MEASURED]
_ran = Slipcover(source=_folders)
sys.meta_path.insert(0, _Finder(_ran, FileMatcher(sources=_folders)))
