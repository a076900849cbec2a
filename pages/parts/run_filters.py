"""The row of filters over the list of runs; every choice is part of the address."""

from collections.abc import Mapping
from uuid import UUID

import streamlit as st

from pages.parts import run_place, session
from pages.parts.look import toolbar
from pages.parts.markup import esc, html
from pages.parts.notices import plain
from services.jobs import RunFilter, Shown

_STATES = {
    "": "Every state",
    Shown.TROUBLE: "Trouble",
    Shown.DEAD: "Dead letters",
    Shown.WAITING: "Waiting",
    Shown.RUNNING: "Running",
    Shown.RETRYING: "Retrying",
    Shown.SUCCEEDED: "Succeeded",
    Shown.FAILED: "Failed",
    Shown.CRASHED: "Crashed",
    Shown.LATE: "Late",
    Shown.CANCELLED: "Cancelled",
    Shown.LOST: "Lost, never ran",
    Shown.QUARANTINED: "Quarantined",
}
_BY = {"": "Started by anything", **run_place.ORIGINS}


def filters(
    wanted: RunFilter,
    tasks: Mapping[str, str],
    brands: Mapping[UUID, str],
    schedule: str = "",
    *,
    may_system: bool = False,
) -> None:
    """
    Draw the row, and say below it what a chosen filter means where that is not plain.

    :param tasks: what people call them, by the name of a task or kind
    :param schedule: the name of the one whose runs alone are shown
    :param may_system: offer the runs of the whole installation
    """
    with toolbar("jobs"):
        _choice("state", "State", wanted.shown or "", _STATES, 140)
        _choice("what", "Job", wanted.name, {"": "Every job", **tasks}, 190)
        if len(brands) > 1 or wanted.brand_id or may_system:
            own = {run_place.INSTALLATION: "Whole installation"} if may_system else {}
            now = run_place.INSTALLATION if wanted.is_installation else str(wanted.brand_id or "")
            every = {"": "Every brand", **{str(key): name for key, name in brands.items()}, **own}
            every.setdefault(now, "A removed brand")
            _choice("brand", "Brand", now, every, 165)
        _choice("by", "Started by", wanted.origin, _BY, 165)
        _day("from", "From")
        _day("to", "To")
        _text(wanted.text)
        if schedule:
            st.button(
                plain(f"Only of “{schedule}”"), icon=":material/close:", key="jobs-schedule", help="Show all again",
                on_click=run_place.go_to, kwargs={"schedule": ""},
            )  # fmt: skip

    if said := _meant(wanted):
        html(f'<div class="mut" role="note">{esc(said)}</div>')


def _meant(wanted: RunFilter) -> str:
    """What filters mean in a view where that is not plain; a filter is never passed over in silence."""
    by_day, is_unstarted = wanted.since or wanted.until, wanted.shown in (Shown.WAITING, Shown.LOST)
    told = []
    if wanted.brand_id or wanted.origin:
        told.append("What an event set off names no brand and nobody who started it, and is left out.")
    if by_day and wanted.shown is Shown.WAITING:
        told.append("Days are those it is planned for.")
    if by_day and wanted.shown is Shown.LOST:
        told.append("Days are those it was due on.")
    if wanted.text and is_unstarted:
        where = "the reason" if wanted.shown is Shown.LOST else "what it was given"
        told.append(f"Words are looked for in its name, its ids and {where}: it has no log and no trace yet.")
    return " ".join(told)


def _choice(name: str, label: str, now: str, options: Mapping[str, str], width: int) -> None:
    slot: session.Slot[str] = session.Slot("jobs", name, "")
    session.put(slot, now if now in options else "")
    st.selectbox(
        label, list(options), key=slot.key, format_func=lambda one: plain(options.get(one, "")), width=width,
        label_visibility="collapsed", on_change=_chosen, args=(name, slot),
    )  # fmt: skip


def _day(name: str, label: str) -> None:
    slot: session.Slot[object] = session.Slot("jobs", name, None)
    session.put(slot, run_place.asked_day(name))
    st.date_input(
        label, key=slot.key, value=None, width=130, label_visibility="collapsed", format="YYYY-MM-DD",
        help=f"{label} this day", on_change=_chosen, args=(name, slot),
    )  # fmt: skip


def _text(now: str) -> None:
    slot: session.Slot[str] = session.Slot("jobs", "q", "")
    session.put(slot, now)
    st.text_input(
        "Find", key=slot.key, placeholder="Words of an error, an id, a trace", icon=":material/search:", width=235,
        label_visibility="collapsed", on_change=_chosen, args=("q", slot),
    )  # fmt: skip


def _chosen(name: str, slot: session.Slot[object]) -> None:
    value = session.get(slot)
    run_place.go_to(**{name: str(value).strip() if value else ""})
