"""Whether this process may judge others, and whether its own clock can be trusted to go on."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta


class Contact:
    """
    How long the database has answered this process without a break.

    After an absence every worker looks dead: none could give a sign of life. So each has `silent` to give one.

    :param silent: for how long a worker may give no sign before it counts as dead
    """

    def __init__(self, silent: timedelta, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._silent, self._monotonic = silent.total_seconds(), monotonic
        self._since = self._last = monotonic()

    def answered(self) -> bool:
        """The database has just answered; True once it has for so long that others had their time."""
        now = self._monotonic()
        if now - self._last > self._silent / 2:
            self._since = now
        self._last = now
        return now - self._since >= self._silent


class Jumps:
    """Whether the clock on the wall was put forward or back since the last look; it is corrected gently by less."""

    _MOST = 2.0  # seconds

    def __init__(self, now: Callable[[], datetime], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._now, self._monotonic = now, monotonic
        self._offset = self._read()

    def happened(self) -> bool:
        before, self._offset = self._offset, self._read()
        return abs(self._offset - before) > self._MOST

    def _read(self) -> float:
        return self._now().timestamp() - self._monotonic()
