"""Calendar: every post on its day and hour, or one under the other; drag to move, click for the drawer."""

from datetime import date, datetime

import streamlit as st

from pages.parts import calendar_list, calendar_month, calendar_more, doors, paths, pickers, post_drawer
from pages.parts.calendar_campaigns import campaign_dialog
from pages.parts.calendar_filters import filters, views
from pages.parts.calendar_place import Place, asked_post, go_to, short
from pages.parts.empty import empty, no_match
from pages.parts.look import header
from pages.parts.post_watch import watch
from pages.parts.post_words import counts, is_moving
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
    shown = _read(place, brand)
    days = frozenset(place.days)
    own = [post for post in shown.posts if wall_now(post.due_at, zone).date() in days]
    may_make = identity.can(person.role, identity.Act.MAKE)
    with header(place.title, f"{counts(own)}{_wanted(shown, place, zone)} · times in {place_of(zone)}"):
        _navigation(place, today)
        views(place)
        if may_make and st.button("New ad", type="primary", icon=":material/add:", key="calendar-new", shortcut="N"):
            paths.go("creator", new="1", brand=str(brand.id))
    of_brand = [one for one in channels if one.brand_id == brand.id]
    more = calendar_more.More(brand, place, own, of_brand, may_make=may_make)
    if is_blank and not shown.drafts and not shown.campaigns:
        _nothing_yet(more)
        return
    filters(place, of_brand, lambda: calendar_more.draw(more))
    if place.is_filtered and not own:
        no_match(key="calendar", clear=_clear)
    elif place.is_list:
        calendar_list.draw(own, zone, now)
    else:
        may_move = identity.can(person.role, identity.Act.SCHEDULE)
        _grid(shown, place, brand, now, may_move=may_move, may_add=may_make)
    opened = asked_post()
    if opened:
        post_drawer.drawer(opened, zone)
    watch(app, scope, [post for post in shown.posts if is_moving(post, now)])


def _read(place: Place, brand: brands.Brand) -> calendar_month.Shown:
    """Everything on the days on screen, in one transaction; every view reads its posts with the same statement."""
    window = place.window(brand.time_zone)
    wanted = place.wanted.model_copy(update={"brand_id": brand.id})
    with doors.app().tx(doors.scope()) as tx:
        posts = publishing.calendar(tx, *window, wanted)
        if place.is_list:
            return calendar_month.Shown(posts)
        return calendar_month.Shown(
            posts,
            publishing.wanted(tx, *window, wanted),
            schedule.campaigns(tx, brand.id, *place.drawn),
            schedule.holidays(brand.time_zone, *place.drawn),
            publishing.clashes(posts, publishing.same_text(tx, *window)),
        )


def _grid(
    shown: calendar_month.Shown, place: Place, brand: brands.Brand, now: datetime, *, may_move: bool, may_add: bool
) -> None:
    pressed = calendar_month.draw(
        shown, place, brand.time_zone, now, brand.id, may_move=may_move, may_add=may_add
    )  # fmt: skip
    campaign = next((one for one in shown.campaigns if str(one.id) == pressed), None)
    if campaign and may_add:
        campaign_dialog(brand.id, campaign.starts_on, campaign)


def _wanted(shown: calendar_month.Shown, place: Place, zone: str) -> str:
    days = frozenset(place.days)
    count = sum(wall_now(one.wanted_at, zone).date() in days for one in shown.drafts)
    return f" · {count} wanted" if count else ""


def _navigation(place: Place, today: date) -> None:
    before, after = place.beside(-1), place.beside(1)
    with st.container(horizontal=True, gap="small", width="content", key="calendar-months"):
        st.button(f"‹ {short(before)}", key="calendar-before", on_click=go_to, kwargs=before)
        st.button("Today", key="calendar-today", shortcut="T", on_click=go_to, kwargs=place.around(today))
        st.button(f"{short(after)} ›", key="calendar-after", on_click=go_to, kwargs=after)


def _clear() -> None:
    go_to(channel="", state="")


def _nothing_yet(more: calendar_more.More) -> None:
    sentence = "Once an ad is approved it gets its day and hour here. Drag it to another day at any time before."
    with empty("Nothing planned yet", sentence, key="calendar"):
        if more.may_make and st.button("Make an ad", icon=":material/add:", key="calendar-first"):
            paths.go("creator", new="1")
        if st.button("See what waits for approval", key="calendar-waiting"):
            paths.go("approvals")
        calendar_more.draw(more)
