"""A week or a day of posts, hour by hour on the brand's wall clock. Dropping a post on an hour keeps its minute."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pages.parts.bars import Bar, strips
from pages.parts.base import mount, one_of
from pages.parts.month import EVENTS, MonthTold, Post, day_of, folded, hour_of, moved_to

SHOWN_AN_HOUR = 3  # of one day in a week; the rest folds to a count that opens the day
SHOWN_IN_A_DAY = 12
QUIET = frozenset({*range(7), 22, 23})  # drawn low as long as nothing is there
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Clocks:
    """
    What the wall clock shows: `now`, naive; `skipped`, the hours of a day that spring leaves out; the zone's name.
    """

    now: datetime
    place: str
    skipped: frozenset[tuple[date, int]] = frozenset()


def week(
    days: Sequence[date],
    posts: Mapping[date, Sequence[Post]],
    clocks: Clocks,
    *,
    key: str,
    may_move: bool = True,
    may_add: bool = True,
    bars: Sequence[Bar] = (),
    holidays: Mapping[date, str] | None = None,
) -> MonthTold:
    """
    Draw the hours of these days, one column each.

    :param posts: by day in the brand's zone, in the order of their times
    """
    drawn, today = dict(strips(bars, days)), clocks.now.date()
    data = {
        "week": True,
        "zone": clocks.place,
        "may_add": may_add,
        "days": [_head(one, posts, today) | {"bars": drawn[one], "holiday": (holidays or {}).get(one, "")}
                 for one in days],
        "hours": [_hour(hour, days, posts, clocks, may_move) for hour in range(24)],
    }  # fmt: skip
    told = mount("month", data, key=key, events=dict.fromkeys(EVENTS))
    new = told.day if isinstance(told.day, dict) else {}
    return MonthTold(
        one_of(told.post, {post.id for one in days for post in posts.get(one, ())}),
        moved_to(told.moved, posts, days, today, hours=True) if may_move else None,
        day_of(new.get("date"), days),
        day_of(told.more, days),
        hour_of(new.get("hour")),
        one_of(told.bar, {one.id for one in bars}),
    )


def _head(one: date, posts: Mapping[date, Sequence[Post]], today: date) -> dict[str, Any]:
    return {
        "date": one.isoformat(),
        "name": _WEEKDAYS[one.weekday()],
        "num": one.day,
        "today": one == today,
        "count": len(posts.get(one, ())),
    }


def _hour(
    hour: int, days: Sequence[date], posts: Mapping[date, Sequence[Post]], clocks: Clocks, may_move: bool
) -> dict[str, Any]:
    here = {one: [post for post in posts.get(one, ()) if post.hour == hour] for one in days}
    most = SHOWN_IN_A_DAY if len(days) == 1 else SHOWN_AN_HOUR
    return {
        "hour": hour,
        "label": f"{hour:02d}:00",
        "low": hour in QUIET and not any(here.values()),
        "cells": [
            {
                "date": one.isoformat(),
                "past": (one, hour) < (clocks.now.date(), clocks.now.hour),
                "skipped": (one, hour) in clocks.skipped,
                "now": clocks.now.minute if (one, hour) == (clocks.now.date(), clocks.now.hour) else None,
                **folded(here[one], most, may_move),
            }
            for one in days
        ],
    }
