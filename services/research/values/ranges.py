"""Counts and ranges. Spend and impressions arrive as ranges and stay ranges; an open end is None."""

import ast
import json
import re

from services.research.values.wrong import ABSENT, Wrong, shown

Range = tuple[int | None, int | None]
"""Lower and upper bound, both included; None where the source names none."""

NOTHING: Range = (None, None)
MOST = 2**62
_GROUPED = re.compile(r"\d{1,3}(?:[,.\u00a0\u202f' ]\d{3})+")
_SHORT = re.compile(r"(\d+(?:\.\d+)?) ?([kKmMbB])")
_SCIENTIFIC = re.compile(r"\d+(?:\.\d+)?[eE]\+?\d{1,2}")
_BOUNDS = re.compile(r"lower_bound\W+(\d+)(?:\W+upper_bound\W+(\d+))?|upper_bound\W+(\d+)")
_BETWEEN = re.compile(r"(\S+)\s*(?:-|–|to)\s*(\S+)")
_UP_TO = ("≤", "<=", "<")
_FROM = ("≥", ">=", ">")
_FACTOR = {"k": 1_000, "m": 1_000_000, "b": 1_000_000_000}


def count(value: object) -> int | None:
    """
    A number of things, zero or more; None where absent, because absent is not zero.

    Takes digits, grouped thousands, `1.49E+08` (a spreadsheet's rounding: near enough for a count), `12.4K`.

    :raises Wrong: not such a number
    """
    if isinstance(value, str):
        if value.isascii() and value.isdigit() and len(value) <= 18:
            return int(value)
        return _count_of(value.strip())
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value or not 0 <= value <= MOST:
        raise Wrong(f"is not a count: {shown(value)}")
    return int(value)


def _count_of(text: str) -> int | None:
    if text in ABSENT:
        return None
    if text.isascii() and text.isdigit():
        found = int(text)
    elif _GROUPED.fullmatch(text):
        found = int(re.sub(r"\D", "", text))
    elif _SCIENTIFIC.fullmatch(text):
        found = round(float(text))
    elif short := _SHORT.fullmatch(text):
        found = round(float(short[1]) * _FACTOR[short[2].lower()])
    elif re.fullmatch(r"\d+\.\d+", text):
        found = round(float(text))
    else:
        raise Wrong(f"is not a count: {shown(text)}")
    if found > MOST:
        raise Wrong(f"is too large: {shown(text)}")
    return found


def between(lower: object, upper: object) -> Range:
    """
    A range from two cells. :raises Wrong: not counts, or the wrong way round
    """
    low, high = count(lower), count(upper)
    if low is not None and high is not None and low > high:
        raise Wrong(f"goes down, from {low} to {high}")
    return low, high


def bounds(value: object) -> Range:
    """
    A range from one value: `{"lower_bound": "0", "upper_bound": "99"}`, that object as text,
    `lower_bound: 0, upper_bound: 99`, `0-99`, `≤100` (0 to 100), `>1M` (open above), or one exact number.

    :raises Wrong: none of these
    """
    if value is None:
        return NOTHING
    if isinstance(value, dict):
        return between(value.get("lower_bound"), value.get("upper_bound"))
    if not isinstance(value, str):
        exact = count(value)
        return exact, exact
    text = value.strip()
    if text in ABSENT:
        return NOTHING
    if named := _BOUNDS.search(text):
        return between(named[1], named[2] or named[3])
    if text.startswith(_UP_TO):
        return 0, count(text.lstrip("≤<= "))
    if text.startswith(_FROM):
        return count(text.lstrip("≥>= ")), None
    if pair := _BETWEEN.fullmatch(text):
        return between(pair[1], pair[2])
    exact = count(text)
    return exact, exact


def literal(text: str) -> object:
    """
    A list or object written into a cell, as JSON or as Python prints it.

    :raises Wrong: it is neither
    """
    try:
        return json.loads(text)
    except ValueError:
        pass
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        raise Wrong(f"is a damaged list: {shown(text)}") from None
