"""The month: posts on their days in the brand's zone. Dropping a post keeps its time of day."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import streamlit as st

from pages.parts import doors, paths
from pages.parts.calendar_place import Place, go_to, open_post
from pages.parts.month import Moved, Post, month
from pages.parts.notices import notices
from pages.parts.zones import clock, wall_now, when
from services import publishing, schedule

KEY = "calendar-month"


def draw(
    posts: Sequence[publishing.CalendarPost],
    place: Place,
    zone: str,
    now: datetime,
    *,
    may_move: bool,
    may_add: bool,
) -> None:
    """Draw it and do what was pressed or dropped in this run."""
    told = month(
        place.first.year,
        place.first.month,
        by_day(posts, zone),
        today=wall_now(now, zone).date(),
        key=KEY,
        may_move=may_move,
        may_add=may_add,
    )
    if told.moved:
        move(told.moved, next(post for post in posts if str(post.id) == told.moved.id), zone)
        st.rerun()
    if told.opened:
        open_post(told.opened)
    if told.more_on:
        go_to(view="list", day=told.more_on.isoformat(), month="")
        st.rerun()
    if told.new_on:
        paths.go("creator", new="1", on=told.new_on.isoformat())


def by_day(posts: Sequence[publishing.CalendarPost], zone: str) -> dict[date, list[Post]]:
    """The posts as the month draws them, by day in `zone`; each instant is converted once."""
    days: dict[date, list[Post]] = {}
    for one in posts:
        shown = Post(str(one.id), one.platform, one.state.value, clock(one.due_at, zone), one.title, one.is_practice)
        days.setdefault(wall_now(one.due_at, zone).date(), []).append(shown)
    return days


def move(told: Moved, post: publishing.CalendarPost, zone: str) -> None:
    """Same time of day, another day; the service decides again, and the old instant is kept for the undo."""
    app, scope = doors.app(), doors.scope()
    with notices(quiet_error=True):
        due_at = schedule.moved_to_day(post.due_at, told.on, zone)
        with notices(
            f"“{post.title}” moved to {when(due_at, zone, app.clock.now())}.",
            undo=lambda: _move(post.id, post.due_at),
            quiet_error=True,
        ):
            with app.tx(scope) as tx:
                publishing.move_post(tx, post.id, due_at)


def _move(post_id: UUID, due_at: datetime) -> None:
    with doors.app().tx(doors.scope()) as tx:
        publishing.move_post(tx, post_id, due_at)
