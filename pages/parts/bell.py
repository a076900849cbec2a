"""The bell in the sidebar and the drawer behind it."""

from dataclasses import replace
from datetime import datetime

import streamlit as st

from pages.parts import doors, paths, zones
from pages.parts.empty import empty
from pages.parts.notif_words import notice_row
from pages.parts.rows import Head, Row, rows
from services import notifications


def draw(unread: int) -> None:
    """The button in the sidebar, with the count of unread notifications; opens the drawer. Key G."""
    label = "Notifications" + (f"  :primary-badge[{unread}]" if unread else "")
    with st.sidebar:
        if st.button(label, icon=":material/notifications:", type="tertiary", key="shell-bell", shortcut="G"):
            _drawer()


@st.dialog("Notifications", position="right", width="medium", icon=":material/notifications:")
def _drawer() -> None:
    with doors.app().tx(doors.scope()) as tx:
        found, now = notifications.notices(tx), tx.now
    with st.container(horizontal=True, gap="small", key="bell-acts"):
        if any(notice.read_at is None for notice in found):
            st.button("Mark all as read", icon=":material/done_all:", key="bell-read-all", on_click=_read_all)
        if st.button("History and preferences", icon=":material/tune:", type="tertiary", key="bell-all"):
            paths.go("notifications")
    if not found:
        empty("All quiet", "Published and failed posts, and finished imports, are told here.", key="bell", height=300)
        return
    opened = rows(_grouped(found, now), key="bell-rows", flat=True).opened
    if opened:
        with doors.app().tx(doors.scope()) as tx:
            notice = next(n for n in found if str(n.id) == opened)
            notifications.open_notice(tx, notice.id)
        paths.follow(notice.link)


def _grouped(found: list[notifications.Notice], now: datetime) -> list[Row | Head]:
    unread = [notice for notice in found if notice.read_at is None]
    read = [notice for notice in found if notice.read_at is not None]
    items: list[Row | Head] = []
    for head, group in (("New", unread), ("Earlier", read)):
        if group:
            items.append(Head(head))
            items += [_row(notice, now) for notice in group]
    return items


def _row(notice: notifications.Notice, now: datetime) -> Row:
    """Without the category: the drawer is narrow."""
    return replace(notice_row(notice, "UTC", now), sub=notice.body, right=zones.ago(notice.told_at, now))


def _read_all() -> None:
    with doors.app().tx(doors.scope()) as tx:
        notifications.read_all(tx)
