"""Days, in every shape other platforms write them. Instants become their day in UTC; plain dates stay as they are."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from services.research.values.wrong import ABSENT, Wrong, shown

DayOrder = Literal["", "day first", "month first"]
EARLIEST = date(1990, 1, 1)
LATEST = date(2100, 1, 1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?) ?(Z|[+-]\d{2}:?\d{2}| ?UTC)?)?"
)
_SLASHED = re.compile(r"(\d{1,2})[/](\d{1,2})[/](\d{4})(?:[ ,].*)?")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ ,].*)?")
_NUMBER = re.compile(r"\d{8}|\d{9,10}(?:\.\d+)?|\d{12,13}")


def day(value: object, order: DayOrder = "") -> date | None:
    """
    The day; None where the cell is absent.

    Takes ISO with Z, +0000, +00:00 or nothing, YYYYMMDD, epoch seconds (also with a fraction), epoch milliseconds,
    DD.MM.YYYY, and dates with slashes where their order is certain or `order` says it.

    :raises Wrong: not a date, a date before 1990 or after 2099, or one that can be read two ways
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Wrong(f"is not a date: {shown(value)}")
    found = _day(value if isinstance(value, str) else repr(value), order)
    if isinstance(found, str):
        raise Wrong(found)
    return found


@lru_cache(maxsize=8192)
def _day(text: str, order: DayOrder) -> date | str | None:
    """The day, None, or what is wrong with it: exports repeat few days many times, so this is asked once per shape."""
    text = text.strip()
    if text in ABSENT:
        return None
    try:
        found = _iso(text) or _number(text) or _written(text, order)
    except (ValueError, OverflowError):
        return f"is not a date: {shown(text)}"
    if isinstance(found, str):
        return found
    if found is None:
        return f"is not a date: {shown(text)}"
    return found if EARLIEST <= found < LATEST else f"is not a plausible date: {shown(text)}"


def _iso(text: str) -> date | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    year, month, of_month, clock, zone = match.groups()
    plain = date(int(year), int(month), int(of_month))
    if clock is None or zone is None or zone in ("Z", "+0000", "+00:00", "-0000"):
        return plain
    offset = zone.strip().replace("UTC", "+00:00")
    offset = offset if ":" in offset else f"{offset[:3]}:{offset[3:]}"
    return datetime.fromisoformat(f"{plain.isoformat()}T{clock.split('.')[0]}{offset}").astimezone(UTC).date()


def _number(text: str) -> date | None:
    if not _NUMBER.fullmatch(text):
        return None
    if len(text) == 8:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    seconds = float(text) if len(text.split(".")[0]) <= 10 else int(text) / 1000
    return (_EPOCH + timedelta(seconds=seconds)).date()


def _written(text: str, order: DayOrder) -> date | str | None:
    dotted = _DOTTED.fullmatch(text)
    if dotted:
        first, second, year = map(int, dotted.groups())
        return date(year, second, first)
    slashed = _SLASHED.fullmatch(text)
    if slashed is None:
        return None
    first, second, year = map(int, slashed.groups())
    if order == "day first" or (not order and first > 12):
        return date(year, second, first)
    if order == "month first" or (not order and second > 12):
        return date(year, first, second)
    if first == second:
        return date(year, first, second)
    return f"can be read two ways: {shown(text)}. Say whether day or month comes first"
