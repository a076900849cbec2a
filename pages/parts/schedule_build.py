"""Times put together from pieces, into the words that the form reads."""

from collections.abc import Callable, Sequence
from datetime import time

import streamlit as st

from pages.parts import session

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LAST = 32  # stands for the last day of a month


def built_words(days: Sequence[str], day_of_month: int | None, at: time) -> str:
    """ "every Monday and Friday at 08:30", "on day 3 of each month at 06:00"; empty without a day."""
    clock = f"{at.hour:02d}:{at.minute:02d}"
    if day_of_month is not None:
        which = "the last day" if day_of_month == _LAST else f"day {day_of_month}"
        return f"on {which} of each month at {clock}"
    chosen = [one for one in _DAYS if one in days]
    if not chosen:
        return ""
    if len(chosen) == len(_DAYS):
        return f"every day at {clock}"
    if chosen == list(_DAYS[:5]):
        return f"every weekday at {clock}"
    return f"every {' and '.join(part for part in (', '.join(chosen[:-1]), chosen[-1]) if part)} at {clock}"


def builder(key: str, take: Callable[[str], None]) -> None:
    """Draw the button and what opens under it; `take` gets the words, in a callback."""
    with st.popover("Put it together", icon=":material/build:", key=f"schedules-build-{key}"):
        is_month: session.Slot[str] = session.Slot("schedules", f"build-by-{key}", "week")
        by = st.segmented_control(
            "Days of", ["week", "month"], key=is_month.key, default="week", required=True,
            format_func=lambda one: f"Days of the {one}", label_visibility="collapsed",
        )  # fmt: skip
        days: Sequence[str] = ()
        day_of_month: int | None = None
        if by == "week":
            days = st.pills("Days", _DAYS, selection_mode="multi", default=_DAYS[:5], key=f"schedules-build-days-{key}",
                            format_func=lambda one: one[:3], label_visibility="collapsed")  # fmt: skip
        else:
            day_of_month = st.selectbox("Day", range(1, _LAST + 1), key=f"schedules-build-day-{key}",
                                        format_func=lambda one: "Last" if one == _LAST else str(one))  # fmt: skip
        at = st.time_input("At", time(9), step=300, key=f"schedules-build-at-{key}")
        words = built_words(days, day_of_month, at)
        st.button(words or "Choose a day", type="primary", disabled=not words, key=f"schedules-build-take-{key}",
                  on_click=take, args=(words,))  # fmt: skip
