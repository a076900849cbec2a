"""
Named places where the crash suite stops or kills a process. A no-op unless a failpoint was set at start.

The spec reads `name=action[:n]` joined by commas: `publish.sent=kill`, `publish.intent=pause`, `record.before=kill:2`
(the second time only). Set by `arm`, which the worker calls with its setting.
"""

import os
import signal
import threading
from collections import Counter

_actions: dict[str, tuple[str, int]] = {}
_passed: Counter[str] = Counter()
_lock = threading.Lock()


def arm(spec: str) -> None:
    """Read a spec; an empty one disarms. :raises ValueError: an action other than kill or pause"""
    _actions.clear()
    _passed.clear()
    for part in filter(None, spec.split(",")):
        name, _, action = part.partition("=")
        verb, _, nth = action.partition(":")
        if verb not in ("kill", "pause"):
            raise ValueError(f"unknown failpoint action: {part}")
        _actions[name] = (verb, int(nth or 1))


def failpoint(name: str) -> None:
    """Mark a place between two durable effects."""
    if not _actions or name not in _actions:
        return
    verb, nth = _actions[name]
    with _lock:
        _passed[name] += 1
        hit = _passed[name] == nth
    if hit:
        os.kill(os.getpid(), signal.SIGKILL if verb == "kill" else signal.SIGSTOP)
