"""Subscribing to a brand's calendar from a calendar program: a secret address, told once, ended with a click."""

from uuid import UUID

import streamlit as st

from pages.parts import doors, session
from pages.parts.markup import esc, html
from pages.parts.notices import notices
from pages.parts.zones import when
from services import brands, publishing

_MADE: session.Slot[str] = session.Slot("calendar", "feed-made", "")


def start() -> None:
    """Forget the address that was told the last time; for the button that opens the dialog."""
    session.put(_MADE, "")


@st.dialog("Subscribe to this calendar", width="medium", icon=":material/rss_feed:")
def feed_dialog(brand: brands.Brand) -> None:
    """The dialog: what it is, a new address, and the person's own addresses."""
    html(
        f'<div class="mut">The posts of {esc(brand.name)} in Google Calendar, Outlook or Apple Calendar. Whoever has '
        "the address sees titles, channels and times, nothing about people. It ends when you end it, or leave.</div>"
    )
    with doors.app().tx(doors.scope()) as tx:
        standing, now = publishing.feeds_of(tx, brand.id), tx.now
    made = session.get(_MADE)
    if made:
        html("<b>Your address. It is shown only now:</b>")
        st.code(made, language=None, wrap_lines=True)
    else:
        st.button("Make an address", type="primary", icon=":material/add_link:", key="calendar-feed-make",
                  on_click=_make, args=(brand.id,))  # fmt: skip
    for feed in standing:
        with st.container(horizontal=True, vertical_alignment="center", key=f"calendar-feed-{feed.id}"):
            html(f"<span>Made {esc(when(feed.created_at, brand.time_zone, now))}</span>")
            st.button("End it", icon=":material/link_off:", key=f"calendar-feed-end-{feed.id}", on_click=_end,
                      args=(feed.id,))  # fmt: skip


def _make(brand_id: UUID) -> None:
    app = doors.app()
    with notices(quiet_error=True):
        with app.tx(doors.scope()) as tx:
            token = publishing.make_feed(tx, brand_id)
        session.put(_MADE, f"{app.settings.public_url}/calendar-feed/{token}.ics")


def _end(feed_id: UUID) -> None:
    session.put(_MADE, "")
    with notices("That address no longer works.", quiet_error=True):
        with doors.app().tx(doors.scope()) as tx:
            publishing.revoke_feed(tx, feed_id)
