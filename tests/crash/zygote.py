"""
Starts real worker processes quickly: imports once, then forks one per line of JSON on its standard input.

In: {"env": {...}, "log": "<file>", "skew": seconds} starts one whose clock is wrong by that much, answered by its pid;
{"reap": pid} is answered by its wait status, or by null while it lives.
"""

import json
import os
import sys
import traceback
from datetime import timedelta
from typing import Any

from services.kit.clock import SystemClock
from worker import main as worker_main
from worker.binding import found_tasks


def serve() -> None:
    list(found_tasks())  # imports every room that has jobs
    _say("ready")
    for line in sys.stdin:
        order = json.loads(line)
        _say(_reap(order["reap"]) if "reap" in order else _start(order))


def _start(order: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.environ.update(order["env"])
        if order["skew"]:
            _go_wrong(timedelta(seconds=order["skew"]))
        status = worker_main.main()
    except BaseException:  # noqa: BLE001 - a forked child must never run on into its parent's loop
        traceback.print_exc()
    finally:
        os._exit(status)


def _go_wrong(by: timedelta) -> None:
    """This process's clock, everywhere: the product reads it in one place."""
    right = SystemClock.now
    SystemClock.now = lambda self: right(self) + by  # type: ignore[method-assign]


def _reap(pid: int) -> int | None:
    try:
        gone, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return -1
    return status if gone else None


def _say(answer: Any) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    serve()
