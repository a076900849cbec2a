"""The same posts one under the other, day by day."""

from collections.abc import Sequence
from datetime import date, datetime

import streamlit as st

from pages.parts import doors
from pages.parts.calendar_place import open_post
from pages.parts.look import card
from pages.parts.markup import html
from pages.parts.post_words import is_late, lateness
from pages.parts.rows import Head, Row, rows
from pages.parts.tokens import state_of
from pages.parts.zones import clock, day, wall_now
from services import media, publishing

SHOWN_AT_ONCE = 150


def draw(posts: Sequence[publishing.CalendarPost], zone: str, now: datetime) -> None:
    """Draw it and remember what was opened in this run."""
    if not posts:
        with card("calendar-list"):
            html('<p class="mut">No posts here.</p>')
        return
    pages = -(-len(posts) // SHOWN_AT_ONCE)
    place = st.container(key="calendar-list-place")
    number = st.pagination(pages, key="calendar-list-page") if pages > 1 else 1
    part = posts[(number - 1) * SHOWN_AT_ONCE : number * SHOWN_AT_ONCE]
    thumbs = media.addresses(doors.app(), [post.thumb_key for post in part if post.thumb_key])
    with place, card("calendar-list", flush=True):
        opened = rows(_grouped(part, thumbs, zone, now), key="calendar-rows").opened
    if opened:
        open_post(opened)


def _grouped(
    posts: Sequence[publishing.CalendarPost], thumbs: dict[str, str], zone: str, now: datetime
) -> list[Row | Head]:
    items: list[Row | Head] = []
    today, last = wall_now(now, zone).date(), None
    for post in posts:
        local = wall_now(post.due_at, zone).date()
        if local != last:
            items.append(Head(_head(local, today)))
            last = local
        items.append(_row(post, thumbs, zone))
    return items


def _head(local: date, today: date) -> str:
    words = {0: "Today, ", 1: "Tomorrow, ", -1: "Yesterday, "}.get((local - today).days, "")
    return f"{words}{day(local, today)}"


def _row(post: publishing.CalendarPost, thumbs: dict[str, str], zone: str) -> Row:
    state = state_of(post.shown_state.value)
    return Row(
        id=str(post.id),
        title=post.title,
        sub=" · ".join(part for part in (post.channel_name, post.reason or _late(post)) if part),
        thumb=thumbs.get(post.thumb_key or "", ""),
        icon="image",
        marks=(post.platform,),
        practice=post.is_practice,
        right=clock(post.due_at, zone),
        right_chip=(state.label, state.tone, state.symbol),
    )


def _late(post: publishing.CalendarPost) -> str:
    return lateness(post) if is_late(post) else ""
