"""All time zones, those whose clocks change alike put together: what holds for one of a group holds for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

MINUTE = timedelta(minutes=1)
_STRIDE = timedelta(hours=3)


@dataclass(frozen=True)
class Changes:
    """Offsets from UTC in minutes: the first, and from which instants on which other."""

    offset: int
    changes: tuple[tuple[datetime, int], ...]

    def offset_at(self, instant: datetime) -> int:
        found = self.offset
        for since, offset in self.changes:
            if instant >= since:
                found = offset
        return found


def groups(begin: datetime, end: datetime, names: Sequence[str] = ()) -> dict[Changes, list[str]]:
    """Zones by how their clocks go between two instants; looked at every three hours, then to the minute."""
    found: dict[Changes, list[str]] = {}
    for name in sorted(names or available_timezones()):
        found.setdefault(changes_of(name, begin, end), []).append(name)
    return found


def changes_of(name: str, begin: datetime, end: datetime) -> Changes:
    zone = ZoneInfo(name)
    first = offset = _offset(zone, begin)
    changes = []
    at = begin
    while at < end:
        then = min(end, at + _STRIDE)
        if (later := _offset(zone, then)) != offset:
            changes.append((_first_with(zone, later, at, then), later))
            offset = later
        at = then
    return Changes(first, tuple(changes))


def _first_with(zone: ZoneInfo, offset: int, at: datetime, then: datetime) -> datetime:
    while at < then:
        if _offset(zone, at) == offset:
            return at
        at += MINUTE
    return then


def _offset(zone: ZoneInfo, instant: datetime) -> int:
    told = instant.astimezone(zone).utcoffset()
    assert told is not None
    return round(told / MINUTE)


def utc(year: int, month: int = 1, day: int = 1, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)
