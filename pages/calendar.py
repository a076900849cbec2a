"""Calendar: every post on its day, or one under the other; drag to move, click for the drawer."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from pages.parts import calendar_list, calendar_month, doors, paths, pickers, post_drawer
from pages.parts.calendar_filters import filters, views
from pages.parts.calendar_place import Place, asked_post, go_to, short_month
from pages.parts.csv import csv_button
from pages.parts.empty import empty, no_match
from pages.parts.look import header
from pages.parts.post_watch import watch
from pages.parts.post_words import CSV_HEADER, counts, csv_row, is_moving
from pages.parts.zones import place as place_of
from pages.parts.zones import wall_now
from services import accounts, brands, identity, publishing, schedule


def page() -> None:
    person = doors.require()
    app, scope = doors.app(), doors.scope_of(person)
    with app.tx(scope) as tx:
        known, channels, is_blank = brands.brands(tx), accounts.channels(tx), publishing.is_empty(tx)
        now = tx.now
    brand = pickers.brand(known, key="brand")
    zone = brand.time_zone
    today = wall_now(now, zone).date()
    place = Place.read(today)
    with app.tx(scope) as tx:
        wanted = place.wanted.model_copy(update={"brand_id": brand.id})
        posts = publishing.calendar(tx, *schedule.month_window(place.first.year, place.first.month, zone), wanted)
    own = [post for post in posts if wall_now(post.due_at, zone).date().replace(day=1) == place.first]
    may_make = identity.can(person.role, identity.Act.MAKE)
    with header(place.title, f"{counts(own)} · times in {place_of(zone)}"):
        _navigation(place, today)
        views(place)
        if may_make and st.button("New ad", type="primary", icon=":material/add:", key="calendar-new", shortcut="N"):
            paths.go("creator", new="1")
    if is_blank:
        _nothing_yet(may_make)
        return
    own = [post for post in own if place.day in (None, wall_now(post.due_at, zone).date())]
    filters(place, [one for one in channels if one.brand_id == brand.id], lambda: _export(place, own))
    if place.is_filtered and not own:
        no_match(key="calendar", clear=_clear)
    elif place.is_list:
        calendar_list.draw(own, zone, now)
    else:
        may_move = identity.can(person.role, identity.Act.SCHEDULE)
        calendar_month.draw(posts, place, zone, now, may_move=may_move, may_add=may_make)
    opened = asked_post()
    if opened:
        post_drawer.drawer(opened, zone)
    watch(app, scope, [post for post in posts if is_moving(post, now)])


def _navigation(place: Place, today: date) -> None:
    before, after = place.beside(-1), place.beside(1)
    with st.container(horizontal=True, gap="small", width="content", key="calendar-months"):
        st.button(f"‹ {short_month(before)}", key="calendar-before", on_click=_show_month, args=(before,))
        st.button("Today", key="calendar-today", shortcut="T", on_click=_show_month, args=(today.replace(day=1),))
        st.button(f"{short_month(after)} ›", key="calendar-after", on_click=_show_month, args=(after,))


def _show_month(first: date) -> None:
    go_to(month=f"{first:%Y-%m}", day="")


def _clear() -> None:
    go_to(channel="", state="")


def _nothing_yet(may_make: bool) -> None:
    sentence = "Once an ad is approved it gets its day and hour here. Drag it to another day at any time before."
    with empty("Nothing planned yet", sentence, key="calendar"):
        if may_make and st.button("Make an ad", icon=":material/add:", key="calendar-first"):
            paths.go("creator", new="1")
        if st.button("See what waits for approval", key="calendar-waiting"):
            paths.go("approvals")


def _export(place: Place, shown: Sequence[publishing.CalendarPost]) -> None:
    csv_button(f"loopdesk-posts-{place.first:%Y-%m}", CSV_HEADER, lambda: map(csv_row, shown), key="calendar-csv")
