"""Notifications: the inbox, how one wants to be told, and what became of what was sent."""

import streamlit as st

from pages.parts import doors
from pages.parts.look import header
from pages.parts.notif_inbox import inbox
from pages.parts.notif_log import log
from pages.parts.notif_preferences import preferences
from pages.parts.notif_words import TAB, TABS
from pages.parts.zones import place
from services import brands, notifications


def page() -> None:
    person = doors.require()
    scope = doors.scope_of(person)
    with doors.app().tx(scope) as tx:
        own, found = notifications.preferences(tx), brands.brands(tx)
        unread = notifications.unread(tx)
    zone = own.zone if own else found[0].time_zone if found else "UTC"
    right = header("Notifications", f"{unread or 'Nothing'} unread · times in {place(zone)}")
    tab = st.segmented_control(
        "View", TABS, default=TABS[0], required=True, key=TAB, bind="query-params", label_visibility="collapsed"
    )
    if tab == "Preferences":
        preferences(person, zone)
    elif tab == "Delivery log":
        log(scope, zone, right)
    else:
        inbox(scope, zone, right)
