"""A month of posts. Colour is the channel, the icon is the state; dragging gives another day, the server decides."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pages.parts.bars import Bar, strips
from pages.parts.base import mount, one_of
from pages.parts.tokens import CHANNELS, MOVABLE, state_of

SHOWN_A_DAY = 3
DOTS_A_DAY = 8
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Post:
    """
    One post on its day. `time` is in the brand's zone ("09:00"); `state` as stored; texts are plain.

    `hour` is that of the wall clock; `warning` a sentence where another post is in its way; `still` may not be moved.
    """

    id: str
    channel: str
    state: str
    time: str
    title: str
    practice: bool = False
    hour: int = 0
    warning: str = ""
    still: bool = False

    @property
    def is_movable(self) -> bool:
        return self.state in MOVABLE and not self.still


@dataclass(frozen=True)
class Moved:
    """A post dropped on another day, where it keeps its time of day, or on an hour, where it keeps its minute."""

    id: str
    on: date
    hour: int | None = None


@dataclass(frozen=True)
class MonthTold:
    """
    What was done in this run: a post opened, one moved, "+" pressed on a day, "+n more" pressed on a day.

    `new_hour`: the hour that was pressed, where hours are drawn. `bar`: the campaign that was pressed.
    """

    opened: str | None
    moved: Moved | None
    new_on: date | None
    more_on: date | None
    new_hour: int | None = None
    bar: str | None = None


EVENTS = ("post", "moved", "day", "more", "bar")


def month(
    year: int,
    number: int,
    posts: Mapping[date, Sequence[Post]],
    *,
    today: date,
    key: str,
    may_move: bool = True,
    may_add: bool = True,
    bars: Sequence[Bar] = (),
    holidays: Mapping[date, str] | None = None,
) -> MonthTold:
    """
    Draw the weeks of a month, Monday first, with the days of its neighbours that share them.

    :param posts: by day in the brand's zone, in the order of their times
    :param today: in the brand's zone
    :param may_move: False for people who may only look
    :param holidays: names by day
    """
    days = list(calendar.Calendar(0).itermonthdates(year, number))
    drawn = {one: part for start in range(0, len(days), 7) for one, part in strips(bars, days[start : start + 7])}
    data = {
        "weekdays": _WEEKDAYS,
        "may_add": may_add,
        "days": [
            _day(one, posts.get(one, ()), number, today, may_move)
            | {"bars": drawn[one], "holiday": (holidays or {}).get(one, "")}
            for one in days
        ],
    }
    told = mount("month", data, key=key, events=dict.fromkeys(EVENTS))
    known = {post.id for one in days for post in posts.get(one, ())}
    return MonthTold(
        one_of(told.post, known),
        moved_to(told.moved, posts, days, today) if may_move else None,
        day_of(told.day, days),
        day_of(told.more, days),
        bar=one_of(told.bar, {one.id for one in bars}),
    )


def _day(one: date, posts: Sequence[Post], number: int, today: date, may_move: bool) -> dict[str, Any]:
    return {
        "date": one.isoformat(),
        "num": one.day,
        "out": one.month != number,
        "today": one == today,
        "past": one < today,
        "dots": [post.channel for post in posts[:DOTS_A_DAY]],
        "count": len(posts),
        **folded(posts, SHOWN_A_DAY, may_move),
    }


def folded(posts: Sequence[Post], most: int, may_move: bool) -> dict[str, Any]:
    """The posts of one place and how many more there are; one too many is shown rather than "+1 more"."""
    shown = len(posts) if len(posts) <= most else most - 1
    return {"posts": [_post(post, may_move) for post in posts[:shown]], "more": len(posts) - shown}


def _post(post: Post, may_move: bool) -> dict[str, Any]:
    state, channel = state_of(post.state), CHANNELS.get(post.channel)
    name = (channel.name if channel else post.channel) + (", practice" if post.practice else "")
    parts = (f"{post.time} {name}".rstrip(), post.title, state.label, post.warning)
    return {
        "id": post.id,
        "channel": post.channel,
        "practice": post.practice,
        "look": _LOOKS.get(post.state, "plain"),
        "symbol": state.symbol,
        "tone": state.tone,
        "time": post.time,
        "title": post.title,
        "warn": bool(post.warning),
        "label": ", ".join(part for part in parts if part),
        "locked": not may_move or not post.is_movable,
    }


_LOOKS = {
    "draft": "open",
    "waiting": "open",
    "failed": "red",
    "unconfirmed": "orange",
    "held": "orange",
    "cancelled": "struck",
}


def moved_to(
    told: object, posts: Mapping[date, Sequence[Post]], days: Sequence[date], today: date, *, hours: bool = False
) -> Moved | None:
    """What the browser says was dropped, if that post could be and the place is on screen and not of the past."""
    if not isinstance(told, dict):
        return None
    movable = {post.id for one in days for post in posts.get(one, ()) if post.is_movable}
    post, on = one_of(told.get("id"), movable), day_of(told.get("date"), days)
    hour = hour_of(told.get("hour")) if hours else None
    if not post or not on or on < today or (hours and hour is None):
        return None
    return Moved(post, on, hour)


def hour_of(told: object) -> int | None:
    return told if isinstance(told, int) and not isinstance(told, bool) and 0 <= told <= 23 else None


def day_of(told: object, days: Sequence[date]) -> date | None:
    return next((one for one in days if one.isoformat() == told), None)
