"""At the end of the calendar's filters: the file out, the file in, campaigns, the address to subscribe to."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pages.parts import calendar_feed, calendar_sheet
from pages.parts.calendar_campaigns import campaign_dialog
from pages.parts.calendar_place import Place
from pages.parts.csv import csv_button
from pages.parts.markup import html
from pages.parts.post_words import CSV_HEADER, csv_row
from services import accounts, brands, publishing


@dataclass(frozen=True)
class More:
    """`shown`: the posts that the view counts; `channels`: the brand's own."""

    brand: brands.Brand
    place: Place
    shown: Sequence[publishing.CalendarPost]
    channels: Sequence[accounts.Channel]
    may_make: bool


def draw(more: More) -> None:
    """Draw the menu; what is pressed in it opens its dialog."""
    with st.popover("More", icon=":material/more_horiz:", key="calendar-more"):
        if more.shown:
            name = f"loopdesk-posts-{more.place.days[0]}"
            csv_button(name, CSV_HEADER, lambda: map(csv_row, more.shown), key="calendar-csv", label="Export CSV")
        imports = more.may_make and st.button("Import CSV", icon=":material/upload:", key="calendar-import")
        campaign = more.may_make and st.button("New campaign", icon=":material/flag:", key="calendar-campaign-new")
        subscribes = more.may_make and st.button("Subscribe", icon=":material/rss_feed:", key="calendar-subscribe")
        if not more.shown and not more.may_make:
            html('<div class="mut">Nothing to export here.</div>')
    if imports:
        calendar_sheet.start()
        calendar_sheet.sheet_dialog(more.brand, more.channels)
    elif campaign:
        campaign_dialog(more.brand.id, more.place.at)
    elif subscribes:
        calendar_feed.start()
        calendar_feed.feed_dialog(more.brand)
