"""A month of posts. Colour is the channel, the icon is the state; dragging gives another day, the server decides."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pages.parts.base import mount, one_of
from pages.parts.tokens import CHANNELS, MOVABLE, state_of

SHOWN_A_DAY = 3
DOTS_A_DAY = 8
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Post:
    """One post on its day. `time` is in the brand's zone ("09:00"); `state` as stored; texts are plain."""

    id: str
    channel: str
    state: str
    time: str
    title: str
    practice: bool = False


@dataclass(frozen=True)
class Moved:
    """A post dropped on another day; it keeps its time of day."""

    id: str
    on: date


@dataclass(frozen=True)
class MonthTold:
    """What was done in this run: a post opened, one moved, "+" pressed on a day, "+n more" pressed on a day."""

    opened: str | None
    moved: Moved | None
    new_on: date | None
    more_on: date | None


def month(
    year: int,
    number: int,
    posts: Mapping[date, Sequence[Post]],
    *,
    today: date,
    key: str,
    may_move: bool = True,
    may_add: bool = True,
) -> MonthTold:
    """
    Draw the weeks of a month, Monday first, with the days of its neighbours that share them.

    :param posts: by day in the brand's zone, in the order of their times
    :param today: in the brand's zone
    :param may_move: False for people who may only look
    """
    days = list(calendar.Calendar(0).itermonthdates(year, number))
    data = {
        "weekdays": _WEEKDAYS,
        "may_add": may_add,
        "days": [_day(one, posts.get(one, ()), number, today, may_move) for one in days],
    }
    events = dict.fromkeys(("post", "moved", "day", "more"))
    told = mount("month", data, key=key, events=events)
    known = {post.id for one in days for post in posts.get(one, ())}
    return MonthTold(
        one_of(told.post, known),
        _moved(told.moved, _movable(posts, days), days, today) if may_move else None,
        _date(told.day, days),
        _date(told.more, days),
    )


def _day(one: date, posts: Sequence[Post], number: int, today: date, may_move: bool) -> dict[str, Any]:
    # A day with one post too many shows that post rather than "+1 more".
    shown = len(posts) if len(posts) <= SHOWN_A_DAY else SHOWN_A_DAY - 1
    return {
        "date": one.isoformat(),
        "num": one.day,
        "out": one.month != number,
        "today": one == today,
        "past": one < today,
        "posts": [_post(post, may_move) for post in posts[:shown]],
        "more": len(posts) - shown,
        "dots": [post.channel for post in posts[:DOTS_A_DAY]],
        "count": len(posts),
    }


def _post(post: Post, may_move: bool) -> dict[str, Any]:
    state, channel = state_of(post.state), CHANNELS.get(post.channel)
    name = (channel.name if channel else post.channel) + (", practice" if post.practice else "")
    return {
        "id": post.id,
        "channel": post.channel,
        "practice": post.practice,
        "look": _LOOKS.get(post.state, "plain"),
        "symbol": state.symbol,
        "tone": state.tone,
        "time": post.time,
        "title": post.title,
        "label": f"{post.time} {name}, {post.title}, {state.label}",
        "locked": not may_move or post.state not in MOVABLE,
    }


_LOOKS = {
    "draft": "open",
    "waiting": "open",
    "failed": "red",
    "unconfirmed": "orange",
    "held": "orange",
    "cancelled": "struck",
}


def _movable(posts: Mapping[date, Sequence[Post]], days: Sequence[date]) -> set[str]:
    return {post.id for one in days for post in posts.get(one, ()) if post.state in MOVABLE}


def _moved(told: object, movable: set[str], days: Sequence[date], today: date) -> Moved | None:
    if not isinstance(told, dict):
        return None
    post, on = one_of(told.get("id"), movable), _date(told.get("date"), days)
    return Moved(post, on) if post and on and on >= today else None


def _date(told: object, days: Sequence[date]) -> date | None:
    return next((one for one in days if one.isoformat() == told), None)
