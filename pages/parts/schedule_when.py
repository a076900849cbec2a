"""When a schedule is due, as a person says it, and its next five times while they do."""

from datetime import datetime
from functools import partial
from typing import Any

import streamlit as st

from pages.parts import session
from pages.parts.look import card, card_head
from pages.parts.markup import esc, html
from pages.parts.schedule_build import builder
from pages.parts.schedule_entered import UNITS, Entered
from pages.parts.schedule_form import problem, seeded
from pages.parts.schedule_times import times
from services import brands, jobs

HOWS = {"words": "In words", "cron": "Cron", "interval": "Interval", "once": "Once"}
EXAMPLES = (
    "every hour",
    "every day at 09:00",
    "every weekday at 09:00 and 17:00",
    "every Monday at 08:30",
    "on day 1 of each month at 06:30",
    "every 15 minutes",
)
_EVERY_MOST = 1_000_000


def when_card(entered: Entered, key: str) -> dict[str, Any]:
    """The fields of when; returns what changed of `entered`."""
    with card("schedules-when", gap="small"):
        card_head("When")
        slot = seeded("how", key, entered.how)
        how = st.segmented_control(
            "How", list(HOWS), key=slot.key, required=True, format_func=HOWS.__getitem__,
            label_visibility="collapsed", width="stretch",
        )  # fmt: skip
        found = {"how": how, **_FIELDS[how](entered, key)}
        if how != "interval":
            zones = brands.time_zones()
            zone = seeded("zone", key, entered.zone if entered.zone in zones else "UTC")
            found["zone"] = st.selectbox("Time zone", zones, key=zone.key)
    return found


def _words(entered: Entered, key: str) -> dict[str, Any]:
    slot = seeded("words", key, entered.words)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        text = st.text_input("In words", key=slot.key, max_chars=200, placeholder="every weekday at 09:00")
        builder(key, partial(session.put, slot))
    st.pills("Examples", EXAMPLES, key=f"schedules-example-{key}", label_visibility="collapsed",
             on_change=_take_example, args=(slot, key))  # fmt: skip
    try:
        html(f'<span class="mut">As cron:</span> <span class="cron">{esc(jobs.cron_of(text))}</span>')
    except jobs.CadenceWrong as error:
        problem(error.sentence)
    return {"words": text}


def _take_example(slot: session.Slot[Any], key: str) -> None:
    chosen: session.Slot[str | None] = session.Slot("schedules", f"example-{key}", None)
    if text := session.get(chosen):
        session.put(slot, text)
    session.put(chosen, None)


def _cron(entered: Entered, key: str) -> dict[str, Any]:
    slot = seeded("cron", key, entered.cron)
    text = st.text_input("Cron: minute, hour, day, month, day of the week", key=slot.key, max_chars=200,
                         placeholder="0 9 * * 1-5")  # fmt: skip
    try:
        html(f'<span class="mut">In words:</span> {esc(jobs.words_of(text))}')
    except jobs.CadenceWrong as error:
        problem(error.sentence)
    return {"cron": text}


def _interval(entered: Entered, key: str) -> dict[str, Any]:
    left, right = st.columns(2, gap="small")
    every = left.number_input("Every", 1, _EVERY_MOST, step=1, key=seeded("every", key, entered.every).key)
    unit = right.selectbox("Unit", list(UNITS), key=seeded("unit", key, entered.unit).key)
    html('<span class="mut">Of elapsed time: 24 hours come at another wall time once clocks change.</span>')
    return {"every": every, "unit": unit}


def _once(entered: Entered, key: str) -> dict[str, Any]:
    at = st.datetime_input("On", key=seeded("at", key, entered.at).key, format="DD/MM/YYYY")
    return {"at": at}


_FIELDS = {"words": _words, "cron": _cron, "interval": _interval, "once": _once}


def preview_card(entered: Entered, zone: str, viewer: str, now: datetime) -> None:
    """The next five times of what stands in the form, or why there are none."""
    with card("schedules-preview", gap="small"):
        card_head("Next five runs")
        try:
            due = jobs.preview(entered.draft(), now)
        except jobs.CadenceWrong as error:
            problem(error.sentence)
            return
        if not due:
            problem("It would never start: its time has passed")
            return
        html(times(due, zone, viewer, now))
        if entered.jitter_minutes:
            html('<span class="mut">Each start comes up to the spread later.</span>')
