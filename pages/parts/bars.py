"""Bars over the days of a week: campaigns, each in one lane from its first day to its last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

LANES = 3  # more at once fold away; the list of campaigns has them all


@dataclass(frozen=True)
class Bar:
    """A name over some days, both included. `tone` is one of the tones of the screens."""

    id: str
    name: str
    tone: str
    first: date
    last: date


def strips(bars: Sequence[Bar], days: Sequence[date]) -> Iterator[tuple[date, list[dict[str, Any] | None]]]:
    """
    What each day of a week draws, lane by lane: a piece of a bar, or None where the lane is free that day.

    :param days: of one row, in their order; the first piece in the row carries the name and how many days it may run
    """
    lanes: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda one: (one.first, -one.last.toordinal())):
        if bar.last < days[0] or bar.first > days[-1]:
            continue
        free = next((lane for lane in lanes if lane[-1].last < bar.first), None)
        if free is not None:
            free.append(bar)
        elif len(lanes) < LANES:
            lanes.append([bar])
    for day in days:
        pieces = [next((bar for bar in lane if bar.first <= day <= bar.last), None) for lane in lanes]
        yield day, [_piece(bar, day, days) if bar else None for bar in pieces]


def _piece(bar: Bar, day: date, days: Sequence[date]) -> dict[str, Any]:
    is_named = day == max(bar.first, days[0])
    return {
        "id": bar.id,
        "tone": bar.tone,
        "label": bar.name,
        "name": bar.name if is_named else "",
        "span": (min(bar.last, days[-1]) - day).days + 1,
        "starts": day == bar.first,
        "ends": day == bar.last,
    }
