"""At the end of the calendar's filters: the file out, the file in, campaigns, the address to subscribe to."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pages.parts import calendar_feed, calendar_sheet
from pages.parts.calendar_campaigns import campaign_dialog
from pages.parts.calendar_place import Place
from pages.parts.csv import csv_button
from pages.parts.post_words import CSV_HEADER, csv_row
from services import accounts, brands, publishing

_IMPORT, _CAMPAIGN, _SUBSCRIBE = "Import CSV", "New campaign", "Subscribe"


@dataclass(frozen=True)
class More:
    """`shown`: the posts that the view counts; `channels`: the brand's own."""

    brand: brands.Brand
    place: Place
    shown: Sequence[publishing.CalendarPost]
    channels: Sequence[accounts.Channel]
    may_make: bool


def draw(more: More) -> None:
    """Draw the file out, and the menu of the rest; what is chosen in it opens its dialog."""
    if more.shown:
        name = f"loopdesk-posts-{more.place.days[0]}"
        csv_button(name, CSV_HEADER, lambda: map(csv_row, more.shown), key="calendar-csv")
    if not more.may_make:
        return
    chosen = st.menu_button("More", [_IMPORT, _CAMPAIGN, _SUBSCRIBE], icon=":material/more_horiz:", key="calendar-more")
    if chosen == _IMPORT:
        calendar_sheet.start()
        calendar_sheet.sheet_dialog(more.brand, more.channels)
    elif chosen == _CAMPAIGN:
        campaign_dialog(more.brand.id, more.place.at)
    elif chosen == _SUBSCRIBE:
        calendar_feed.start()
        calendar_feed.feed_dialog(more.brand)
