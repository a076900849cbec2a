"""The inbox on its screen: filters in the address, one row per matter, what can be done with those that are ticked."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts import doors, paths, session
from pages.parts.csv import csv_button
from pages.parts.empty import empty, no_match
from pages.parts.look import card, selection_bar, toolbar
from pages.parts.notices import notices, tell
from pages.parts.notif_reading import mark_read, read_all
from pages.parts.notif_words import CATEGORIES, CSV_HEADER, SEVERITIES, by_day, csv_row
from pages.parts.rows import rows
from pages.parts.ticks import clear_ticks
from services import notifications
from services.kit.db import Scope
from services.notifications import Notice, Reach, Wanted

ROWS = "notifications-rows"
BEFORE = "before"
_SHOWS = {"All": "all", "Unread": "unread", "Read": "read", "Muted": "muted"}
_ANY_CATEGORY, _ANY_SEVERITY = "All categories", "All severities"
_EXPORT_MOST = 10_000
_FOR = {"1 hour": 1, "8 hours": 8, "3 days": 72, "1 week": 168, "For ever": 0}
_REACHES = {
    "This cause of this thing": Reach.CAUSE,
    "Everything about this thing": Reach.OBJECT,
    "Its whole category": Reach.CATEGORY,
}
_CLEARED = {"show": "All", "category": _ANY_CATEGORY, "severity": _ANY_SEVERITY, "q": ""}


def inbox(scope: Scope, zone: str, right: DeltaGenerator) -> None:
    """Draw it; `right` takes the buttons of the header."""
    wanted = _filters()
    with doors.app().tx(scope) as tx:
        found, now = notifications.history(tx, wanted, notifications.PAGE + 1), tx.now
        unread = notifications.unread(tx)
    shown = found[: notifications.PAGE]
    with right:
        csv_button("loopdesk-notifications", CSV_HEADER, lambda: _export(scope, wanted), key="notifications-csv")
        if unread:
            st.button("Mark all as read", icon=":material/done_all:", key="notifications-read-all", on_click=read_all)
    if not shown:
        _nothing(wanted)
        return
    with card("notifications-inbox", flush=True):
        told = rows(by_day(shown, zone, now), key=ROWS, selectable=True, page=st.query_params.get(BEFORE, ""))
    _feet(wanted, shown[-1] if len(found) > len(shown) else None)
    ticked = [one for one in shown if str(one.id) in told.ticked]
    if ticked:
        _bar(ticked)
    if told.opened:
        with doors.app().tx(scope) as tx:
            notice = notifications.open_notice(tx, UUID(told.opened))
        paths.follow(notice.link)


def _filters() -> Wanted:
    plain = {"label_visibility": "collapsed", "bind": "query-params", "on_change": _first_page}
    with toolbar("notifications"):
        show = st.segmented_control(
            "Show", list(_SHOWS), default="All", required=True, key="notifications-show", **plain
        )
        category = st.selectbox(
            "Category", [_ANY_CATEGORY, *(words for words, _ in CATEGORIES.values())], key="notifications-category",
            width=170, **plain,
        )  # fmt: skip
        severity = st.selectbox(
            "Severity", [_ANY_SEVERITY, *(words for words, *_ in SEVERITIES.values())], key="notifications-severity",
            width=160, **plain,
        )  # fmt: skip
        text = st.text_input(
            "Search", key="notifications-q", placeholder="Words in it", icon=":material/search:", width=200, **plain
        )
    return Wanted(
        show=_SHOWS.get(show or "All", "all"),  # type: ignore[arg-type]
        category=next((one for one, (words, _) in CATEGORIES.items() if words == category), None),
        severity=next((one for one, (words, *_) in SEVERITIES.items() if words == severity), None),
        text=text or "",
        before=_before(),
    )


def _before() -> tuple[datetime, UUID] | None:
    instant, _, last = st.query_params.get(BEFORE, "").partition("_")
    try:
        told = datetime.fromisoformat(instant)
        return (told, UUID(last)) if told.tzinfo else None
    except ValueError:
        return None


def _first_page() -> None:
    st.query_params.pop(BEFORE, None)


def _feet(wanted: Wanted, last: Notice | None) -> None:
    if last is None and wanted.before is None:
        return
    with st.container(horizontal=True, horizontal_alignment="center", key="notifications-feet"):
        if wanted.before is not None:
            st.button("Newest", icon=":material/first_page:", key="notifications-newest", on_click=_first_page)
        if last is not None:
            st.button(
                "Older", icon=":material/chevron_right:", key="notifications-older", on_click=_go_older, args=(last,)
            )


def _go_older(last: Notice) -> None:
    clear_ticks(ROWS)
    st.query_params[BEFORE] = f"{last.told_at.isoformat()}_{last.id}"


def _nothing(wanted: Wanted) -> None:
    if wanted != Wanted():
        no_match(key="notifications", clear=_clear)
        return
    with empty(
        "All quiet",
        "What waits for you, what went out, what failed and what ended is told here, once per thing and cause.",
        key="notifications",
    ):
        if st.button("Choose how you are told", icon=":material/tune:", key="notifications-to-preferences"):
            paths.go("notifications", tab="preferences")


def _clear() -> None:
    for thing, value in _CLEARED.items():
        session.put(session.Slot("notifications", thing, ""), value)
    _first_page()


def _bar(ticked: list[Notice]) -> None:
    """What is done to the ticked messages; muting asks for how much and how long."""
    unread = [one for one in ticked if one.read_at is None]
    read = [one for one in ticked if one.read_at is not None]
    with selection_bar(len(ticked), key="notifications"):
        if unread:
            st.button(f"Mark {len(unread)} as read", icon=":material/drafts:", key="notifications-read",
                      width="content", on_click=_mark_read, args=(unread,))  # fmt: skip
        if read:
            st.button(f"Mark {len(read)} as unread", icon=":material/mark_email_unread:", key="notifications-unread",
                      width="content", on_click=_mark_unread, args=(read,))  # fmt: skip
        if st.button("Mute", icon=":material/notifications_off:", key="notifications-mute", width="content"):
            mute_dialog(ticked)
        st.button("Clear", key="notifications-untick", shortcut="Escape", on_click=clear_ticks, args=(ROWS,),
                  width="content")  # fmt: skip


def _mark_read(ticked: list[Notice]) -> None:
    mark_read([one.id for one in ticked])
    clear_ticks(ROWS)


def _mark_unread(ticked: list[Notice]) -> None:
    for one in ticked:
        with notices(quiet_error=True), doors.app().tx(doors.scope()) as tx:
            notifications.mark_unread(tx, one.id)
    clear_ticks(ROWS)


@st.dialog("Mute", width="small", icon=":material/notifications_off:")
def mute_dialog(ticked: list[Notice]) -> None:
    """Ask how much of it, and for how long."""
    reach = st.radio("What?", list(_REACHES), key="notifications-mute-reach")
    length = st.segmented_control("For how long?", list(_FOR), default="8 hours", required=True,
                                  key="notifications-mute-for")  # fmt: skip
    st.caption("It is still recorded under Muted, and neither counted nor sent. Preferences lists what is muted.")
    if st.button("Mute", type="primary", key="notifications-mute-go"):
        with doors.app().tx(doors.scope()) as tx:
            hours = _FOR[length]
            until = tx.now + timedelta(hours=hours) if hours else None
            for one in ticked:
                notifications.mute(tx, one.id, _REACHES[reach], until)
        clear_ticks(ROWS)
        tell("Muted. Preferences lists what is muted.")
        st.rerun()


def _export(scope: Scope, wanted: Wanted) -> Iterable[tuple[object, ...]]:
    with doors.app().tx(scope) as tx:
        everything = wanted.model_copy(update={"before": None})
        return [csv_row(one) for one in notifications.history(tx, everything, _EXPORT_MOST)]
