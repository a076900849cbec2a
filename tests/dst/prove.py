"""Our due instants against those found by the minute."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from services import jobs
from services.jobs import CadenceWrong
from tests.dst.by_the_minute import due_in, span_of
from tests.dst.zones import MINUTE, Changes

# Whole years: at night where clocks change, at midnight, once a week, once a month, either-or days.
SPARSE = ("30 2 * * *", "0 0 * * *", "15 1,3 * * 0", "59 23 28-31 * *", "0 3 1 * 1", "10 2-4 * 3,10 *", "45 0 * * 5,6")
# Around each change: everything that follows the clock, and dense fixed times.
DENSE = (
    "*/15 * * * *",
    "0 * * * *",
    "40 * * * *",
    "7 */2 * * *",
    "*/20 0-3 * * 0,5,6",
    "*/30 1-3 * * *",
    "0,30 0-4 * * *",
    "* 2 * * *",
)
AROUND = timedelta(hours=40)


def ours(expression: str, zone: str, begin: datetime, end: datetime) -> list[datetime]:
    """As a sweep goes: from each due instant to the next."""
    times = jobs.due_times(jobs.cron(expression, zone), begin - MINUTE / 60)
    return list(takewhile(lambda instant: instant < end, times))


def prove_zone(zone: str, changes: Changes, begin: datetime, end: datetime) -> Iterator[str]:
    """What differs, in words; nothing where all is right."""
    for at, offset in changes.changes:
        if at.minute % 15 or offset % 15:
            yield f"{zone}: clocks change at {at}, which is no quarter of an hour"
    whole = span_of(changes, begin, end)
    for expression in SPARSE:
        yield from _differences(expression, zone, ours(expression, zone, begin, end), due_in(expression, whole))
    for at, _ in changes.changes:
        low, high = max(begin, at - AROUND), min(end, at + AROUND)
        # wider by a day on both sides, so that no end of the span is mistaken for a gap
        wide = span_of(changes, low - timedelta(days=1), high + timedelta(days=1))
        for expression in DENSE:
            found = [one for one in due_in(expression, wide) if low <= one < high]
            yield from _differences(expression, zone, ours(expression, zone, low, high), found)
    for at, _ in changes.changes[:4]:
        yield from _from_every_minute(zone, changes, at)
        yield from _wall_times(zone, changes, at)


def _from_every_minute(zone: str, changes: Changes, at: datetime) -> Iterator[str]:
    """Wherever it is asked from: the next due instant is the first one found later than that."""
    wide = span_of(changes, at - timedelta(days=3), at + timedelta(days=9))
    for expression in ("30 2 * * *", "15 0,1,3 * * *", "*/30 * * * *"):
        found, cadence = due_in(expression, wide), jobs.cron(expression, zone)
        for minutes in range(-180, 181):
            after = at + minutes * MINUTE
            told = jobs.next_due(cadence, after)
            if told != found[bisect_right(found, after)]:
                yield f"{zone}: {expression} after {after}: {told} is not {found[bisect_right(found, after)]}"


def _wall_times(zone: str, changes: Changes, at: datetime) -> Iterator[str]:
    """Once at a wall time: its first occurrence, refused where there is none."""
    wide = span_of(changes, at - timedelta(days=2), at + timedelta(days=2))
    shown: dict[datetime, datetime] = {}
    for index, instant in enumerate(wide.instants(range(len(wide.wall)))):  # type: ignore[arg-type]
        wall = datetime(1970, 1, 1) + timedelta(minutes=int(wide.wall[index]))
        shown.setdefault(wall, instant)
    middle = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    for minutes in range(-180, 181):
        wall = middle + minutes * MINUTE
        try:
            told = jobs.wall_instant(wall, zone)
        except CadenceWrong:
            told = None
        if told != shown.get(wall):
            yield f"{zone}: {wall} on the wall: {told} is not {shown.get(wall)}"


def _differences(expression: str, zone: str, told: list[datetime], found: list[datetime]) -> Iterator[str]:
    if told != found:
        wrong = sorted(set(told) ^ set(found))[:4]
        yield f"{zone}: {expression}: {len(told)} told, {len(found)} found, differing {[str(one) for one in wrong]}"
