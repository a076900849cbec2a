"""Campaigns on the calendar: making, changing and taking one off, in a dialog."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import streamlit as st

from pages.parts import doors
from pages.parts.notices import notices
from services import schedule


@st.dialog("Campaign", width="small", icon=":material/flag:")
def campaign_dialog(brand_id: UUID, first: date, known: schedule.Campaign | None = None) -> None:
    """
    A new campaign, or one that is there.

    :param first: the day a new one begins with
    """
    with st.form("calendar-campaign", border=False):
        name = st.text_input("Name", known.name if known else "", key="calendar-campaign-name", max_chars=80)
        days = st.date_input(
            "First and last day", (known.starts_on, known.ends_on) if known else (first, first),
            key="calendar-campaign-days", format="YYYY-MM-DD",
        )  # fmt: skip
        colour = st.segmented_control(
            "Colour", schedule.COLOURS, default=known.colour if known else schedule.COLOURS[0],
            key="calendar-campaign-colour", format_func=str.capitalize, required=True,
        )  # fmt: skip
        saves = st.form_submit_button("Save", type="primary", key="calendar-campaign-save")
    if saves and _saved(brand_id, known, name, days, colour or schedule.COLOURS[0]):
        st.rerun()
    if known and st.button("Take it off the calendar", icon=":material/delete:", key="calendar-campaign-remove"):
        _remove(known)
        st.rerun()


def _saved(brand_id: UUID, known: schedule.Campaign | None, name: str, days: object, colour: str) -> bool:
    """Whether it worked; what was wrong is told in the dialog. `days`: one or two, as the field gives them."""
    chosen: Sequence[date] = days if isinstance(days, tuple) else ()
    done = False
    with notices():
        if not chosen:
            raise schedule.DaysWrong()
        with doors.app().tx(doors.scope()) as tx:
            if known:
                schedule.change_campaign(tx, known.id, name, chosen[0], chosen[-1], colour)
            else:
                schedule.make_campaign(tx, brand_id, name, chosen[0], chosen[-1], colour)
        done = True
    return done


def _remove(known: schedule.Campaign) -> None:
    def back() -> None:
        with doors.app().tx(doors.scope()) as tx:
            schedule.make_campaign(tx, known.brand_id, known.name, known.starts_on, known.ends_on, known.colour)

    with notices(f"“{known.name}” is off the calendar.", undo=back, quiet_error=True):
        with doors.app().tx(doors.scope()) as tx:
            schedule.remove_campaign(tx, known.id)
