"""Notifications: the inbox, how one wants to be told, and what became of what was sent."""

import streamlit as st

from pages.parts import doors, session
from pages.parts.look import header
from pages.parts.notif_inbox import inbox
from pages.parts.notif_log import log
from pages.parts.notif_preferences import preferences
from pages.parts.notif_words import TAB, TABS
from pages.parts.zones import place
from services import brands, notifications

_CHOSEN: session.Slot[str] = session.Slot("notifications", "tab", "inbox")


def page() -> None:
    person = doors.require()
    scope = doors.scope_of(person)
    with doors.app().tx(scope) as tx:
        own, found = notifications.preferences(tx), brands.brands(tx)
        unread = notifications.unread(tx)
    zone = own.zone if own else found[0].time_zone if found else "UTC"
    right = header("Notifications", f"{unread or 'Nothing'} unread · times in {place(zone)}")
    tab = _tab()
    if tab == "preferences":
        preferences(person, zone)
    elif tab == "log":
        log(scope, zone, right)
    else:
        inbox(scope, zone, right)


def _tab() -> str:
    """The address decides, so that links from this screen to its other tabs work too."""
    asked = st.query_params.get(TAB, "inbox")
    session.put(_CHOSEN, asked if asked in TABS else "inbox")
    st.segmented_control(
        "View", list(TABS), required=True, key=_CHOSEN.key, format_func=lambda one: TABS[one], on_change=_go_on,
        label_visibility="collapsed",
    )  # fmt: skip
    return session.get(_CHOSEN)


def _go_on() -> None:
    st.query_params.clear()
    st.query_params[TAB] = session.get(_CHOSEN)
