"""The row under the calendar's title: channels, states, the day chosen, and what leaves as a file."""

from collections.abc import Callable, Sequence

import streamlit as st

from pages.parts import session
from pages.parts.calendar_place import VIEWS, Place, go_to
from pages.parts.look import toolbar
from pages.parts.notices import plain
from pages.parts.post_words import GROUP_WORDS
from pages.parts.tokens import CHANNELS, state_of
from pages.parts.zones import day as day_words
from services import accounts, publishing

# The views are one control; on a phone the filters are one row to push aside, so that the days stay on screen.
_ONE_ROW = (
    ".st-key-calendar-views button{border-radius:0}"
    ".st-key-calendar-view-month button{border-radius:8px 0 0 8px}"
    ".st-key-calendar-view-list button{border-radius:0 8px 8px 0}"
    "@media (max-width:640px){.st-key-toolbar-calendar{flex-wrap:nowrap!important;overflow-x:auto!important}"
    ".st-key-toolbar-calendar>*{flex:none}.st-key-toolbar-calendar [role=group]{flex-wrap:nowrap}}"
)
_KEYS = {"month": "M", "week": "W", "day": "D"}
_STATE: session.Slot[str | None] = session.Slot("calendar", "state", None)


def views(place: Place) -> None:
    """Month, week, day or list; the choice is part of the address, and its key is printed on the button."""
    with st.container(horizontal=True, gap=None, width="content", key="calendar-views"):
        for view in VIEWS:
            st.button(
                view.capitalize(), key=f"calendar-view-{view}", shortcut=_KEYS.get(view),
                on_click=go_to, kwargs=place.seen_as(view),
            )  # fmt: skip
    on = f".st-key-calendar-view-{place.view} button"
    chosen = f"{on},{on}:hover{{background:var(--ld-pri-bg);border-color:var(--ld-pri);color:var(--ld-pri)}}"
    st.html(f"<style>{_ONE_ROW}{chosen}</style>")


def filters(place: Place, channels: Sequence[accounts.Channel], export: Callable[[], None]) -> None:
    """Draw the row; `export` draws what stands at its end."""
    with toolbar("calendar"):
        if len(channels) > 1:
            for one in channels:
                _channel(one, place)
        session.put(_STATE, place.group.value if place.group else None)
        st.pills(
            "State", [group.value for group in GROUP_WORDS], key=_STATE.key, format_func=_state_words,
            label_visibility="collapsed", on_change=_state_chosen,
        )  # fmt: skip
        if place.day:
            st.button(
                day_words(place.day, place.first), icon=":material/close:", key="calendar-whole-month",
                on_click=go_to, kwargs={"day": "", "view": "list", "month": f"{place.first:%Y-%m}"},
                help="Show the whole month",
            )  # fmt: skip
        export()


def _channel(one: accounts.Channel, place: Place) -> None:
    # One group per channel: the dot before its name is coloured by the key.
    slot: session.Slot[tuple[str, ...]] = session.Slot(f"channels-{one.platform}", str(one.id), ())
    session.put(slot, (str(one.id),) if str(one.id) in place.channels else ())
    name = f"{CHANNELS[one.platform].name} · {one.name}" if one.platform in CHANNELS else one.name
    name = f"{name} (practice)" if one.is_practice and "practice" not in name.lower() else name
    st.pills(
        one.name, [str(one.id)], key=slot.key, selection_mode="multi", format_func=lambda _: plain(name),
        label_visibility="collapsed", on_change=_channel_chosen, args=(slot, str(one.id), place.channels),
    )  # fmt: skip


def _channel_chosen(slot: session.Slot[tuple[str, ...]], channel: str, before: tuple[str, ...]) -> None:
    kept = [one for one in before if one != channel]
    go_to(channel=",".join([*kept, channel] if session.get(slot) else kept))


def _state_chosen() -> None:
    go_to(state=session.get(_STATE) or "")


def _state_words(value: str) -> str:
    words, state = GROUP_WORDS[publishing.StateGroup(value)]
    look = state_of(state)
    return f":{look.tone}[:material/{look.symbol}:] {words}"
