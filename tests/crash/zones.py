"""
Zones whose clocks change while a scenario runs: by two seconds, so that the hour that never is, and the hour that is
twice, are played through within it. The code that plans and releases is the same; only the zone's table is ours.
"""

import math
import struct
import tempfile
import zoneinfo
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from services import schedule

_SHIFT = 2  # seconds; clocks on real walls change by 3,600
_SOON = 4  # the first of the double seconds begins between one and two seconds from now


def planned_wall(seed: int, number: int, now: datetime) -> tuple[datetime, str]:
    """
    What a person types for a post of this scenario, and the zone: in spring (even seeds) a time in the gap, or the next
    there is once that is refused; in autumn a time that the clock shows twice. Returns the decided instant, in UTC.
    """
    change_at, is_spring = math.floor(now.timestamp()) + _SOON, seed % 2 == 0
    zone = _zone(change_at, is_spring)
    wall = datetime.fromtimestamp(change_at, UTC).replace(tzinfo=None) + timedelta(seconds=0.4 + 0.3 * number)
    try:
        return schedule.instant_of(wall, zone), zone
    except schedule.TimeSkipped:
        assert is_spring, "a time that the clock shows twice was refused"
        return schedule.instant_of(wall + timedelta(seconds=_SHIFT), zone), zone


def _zone(change_at: int, is_spring: bool) -> str:
    name = f"Crash/{'Spring' if is_spring else 'Autumn'}-{change_at}"
    before, after = (0, _SHIFT) if is_spring else (_SHIFT, 0)
    file = Path(_folder().name) / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(_table(change_at, before, after))
    return name


@cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    """Where this process finds the zones beside the real ones; gone with it."""
    folder = tempfile.TemporaryDirectory(prefix="loopdesk-crash-zones-")
    zoneinfo.reset_tzpath([*zoneinfo.TZPATH, folder.name])
    return folder


def _table(change_at: int, before: int, after: int) -> bytes:
    """RFC 8536, version 2: one change at an instant, from one offset in seconds to another."""
    kinds = struct.pack(">lbBlbB", before, 0, 0, after, 0, 0) + b"CRA\0"
    old = b"TZif2" + bytes(15) + struct.pack(">6l", 0, 0, 0, 0, 1, 4) + struct.pack(">lbB", before, 0, 0) + b"CRA\0"
    new = b"TZif2" + bytes(15) + struct.pack(">6l", 0, 0, 0, 1, 2, 4) + struct.pack(">q", change_at) + b"\x01" + kinds
    return old + new + b"\n\n"
