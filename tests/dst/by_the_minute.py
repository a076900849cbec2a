"""
When cron is due, by looking at every single minute: slow, and written without the code it proves.

A minute or hour field that begins with a star follows the clock on the wall: due is every real minute that fits. Other
expressions name wall times: each is due at its first occurrence, one that does not occur at the first minute after the
gap.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tests.dst.zones import MINUTE, Changes

_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_EPOCH = datetime(1970, 1, 1)
_MARGIN = 3 * 1_440  # a zone's wall is at most 14 hours away, and gaps are at most a day

Minutes = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Span:
    """Every minute from `begin` on as a zone's clocks show it: `wall` counts minutes since 1970 on the wall."""

    begin: datetime
    wall: Minutes

    def instants(self, indexes: Minutes) -> list[datetime]:
        return [self.begin + timedelta(minutes=int(index)) for index in indexes]


def span_of(changes: Changes, begin: datetime, end: datetime) -> Span:
    count = (end - begin) // MINUTE
    offsets = np.full(count, changes.offset_at(begin), dtype=np.int64)
    for since, offset in changes.changes:
        offsets[max(0, (since - begin) // MINUTE) :] = offset if since < end else offsets[-1]
    start = (begin.replace(tzinfo=None) - _EPOCH) // MINUTE
    return Span(begin, np.arange(start, start + count, dtype=np.int64) + offsets)


def due_in(expression: str, span: Span) -> list[datetime]:
    """Every due instant of the span."""
    minute, hour = expression.split()[:2]
    start = (span.begin.replace(tzinfo=None) - _EPOCH) // MINUTE
    low, high = start - _MARGIN, start + len(span.wall) + _MARGIN
    fits = _fits(expression, low, high)
    if minute.startswith("*") or hour.startswith("*"):
        return span.instants(np.flatnonzero(fits[span.wall - low]))
    first = np.full(high - low, -1, dtype=np.int64)
    first[span.wall[::-1] - low] = np.arange(len(span.wall), dtype=np.int64)[
        ::-1
    ]  # the first occurrence is written last
    known = np.flatnonzero(first >= 0)
    named = np.flatnonzero(fits)
    named = named[(named >= known[0]) & (named <= known[-1])]
    after = known[np.searchsorted(known, named)]  # itself, or the first wall minute after the gap
    return span.instants(np.unique(first[after]))


@lru_cache(maxsize=32)
def _fits(expression: str, low: int, high: int) -> Flags:
    """Which wall minutes from `low` on the five fields fit."""
    minute, hour, day, month, weekday = expression.split()
    wall = np.arange(low, high, dtype=np.int64)
    days = wall // 1_440
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    of_month = (dates - months.astype("datetime64[D]")).astype(np.int64) + 1
    of_week = (days + 4) % 7  # 1970-01-01 was a Thursday; 0 is Sunday
    by_day = _table(2, day)[of_month]
    by_weekday = _table(4, weekday)[of_week]
    both = by_day & by_weekday if day.startswith("*") or weekday.startswith("*") else by_day | by_weekday
    of_year = months.astype(np.int64) % 12 + 1
    fits: Flags = _table(0, minute)[wall % 60] & _table(1, hour)[wall // 60 % 24] & both & _table(3, month)[of_year]
    return fits


def _table(place: int, field: str) -> Flags:
    low, high = _RANGES[place]
    table = np.zeros(high + 1, dtype=np.bool_)
    for part in field.split(","):
        body, _, step = part.partition("/")
        first, _, last = (f"{low}-{high}" if body == "*" else body).partition("-")
        end = int(last) if last else (high if step else int(first))
        table[int(first) : end + 1 : int(step or 1)] = True
    if place == 4:
        table[0] = table[0] or table[7]
    return table
