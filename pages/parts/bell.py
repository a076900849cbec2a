"""The bell in the sidebar and the drawer behind it."""

from dataclasses import replace
from datetime import datetime

import streamlit as st

from pages.parts import doors, paths, zones
from pages.parts.empty import empty
from pages.parts.notif_reading import read_all
from pages.parts.notif_words import notice_row
from pages.parts.rows import Head, Row, rows
from services import notifications
from services.notifications import Notice, Severity, Wanted

_URGENT_MOST = 10


def draw(unread: int) -> None:
    """The button in the sidebar, with the count of unread notifications; opens the drawer. Key G."""
    label = "Notifications" + (f"  :primary-badge[{unread}]" if unread else "")
    with st.sidebar:
        if st.button(label, icon=":material/notifications:", type="tertiary", key="shell-bell", shortcut="G"):
            _drawer()


@st.dialog("Notifications", position="right", width="medium", icon=":material/notifications:")
def _drawer() -> None:
    """What somebody must act on first, however old it is; then the newest."""
    with doors.app().tx(doors.scope()) as tx:
        urgent = notifications.history(tx, Wanted(show="unread", severity=Severity.URGENT), _URGENT_MOST)
        newest, unread, now = notifications.notices(tx), notifications.unread(tx), tx.now
    found = urgent + [one for one in newest if one not in urgent]
    with st.container(horizontal=True, gap="small", key="bell-acts"):
        words = f"Mark all {unread} as read" if unread > 1 else "Mark as read"
        if unread and st.button(words, icon=":material/done_all:", key="bell-read-all"):
            read_all()
            st.rerun()  # the badge and the bar that takes it back are outside of the drawer
        if st.button("History and preferences", icon=":material/tune:", type="tertiary", key="bell-all"):
            paths.go("notifications")
    if not found:
        empty("All quiet", "Published and failed posts, and finished imports, are told here.", key="bell", height=300)
        return
    opened = rows(_grouped(found, urgent, now), key="bell-rows", flat=True).opened
    more = unread - sum(one.read_at is None for one in found)
    if more > 0 and st.button(f"{more} more unread", icon=":material/chevron_right:", key="bell-more"):
        paths.go("notifications", **{"notifications-show": "Unread"})
    if opened:
        notice = next(one for one in found if str(one.id) == opened)
        with doors.app().tx(doors.scope()) as tx:
            notifications.open_notice(tx, notice.id)
        paths.follow(notice.link)


def _grouped(found: list[Notice], urgent: list[Notice], now: datetime) -> list[Row | Head]:
    new = [one for one in found if one.read_at is None and one not in urgent]
    read = [one for one in found if one.read_at is not None]
    items: list[Row | Head] = []
    for head, group in (("Needs you", urgent), ("New", new), ("Earlier", read)):
        if group:
            items.append(Head(head))
            items += [_row(notice, now) for notice in group]
    return items


def _row(notice: Notice, now: datetime) -> Row:
    """Without the category: the drawer is narrow."""
    return replace(notice_row(notice, "UTC", now), sub=notice.body, right=zones.ago(notice.told_at, now))
