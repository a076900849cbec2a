"""The product's worker, whole, with one more task that does nothing: `python -m tests.benchmarks.empty_task`."""

import sys
from uuid import UUID

from services.kit.app import App
from tests.benchmarks.bare_queue import NOOP
from worker import binding, main


def _nothing(app: App, org_id: UUID) -> None:
    return None


def _work() -> int:
    found = list(binding.found_tasks())
    binding.found_tasks = lambda: iter([*found, (NOOP, _nothing)])
    return main.main()


if __name__ == "__main__":
    sys.exit(_work())
