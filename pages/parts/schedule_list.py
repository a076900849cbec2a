"""The list of schedules: filters in the address, the table, and the same as CSV."""

from collections.abc import Iterator, Sequence
from typing import Any

import streamlit as st

from pages.parts import doors, schedule_acts, session
from pages.parts.csv import csv_button
from pages.parts.empty import no_match
from pages.parts.look import toolbar
from pages.parts.markup import html
from pages.parts.notices import plain
from pages.parts.runs import RunAct
from pages.parts.saved_views import saved_views
from pages.parts.schedule_desk import Desk
from pages.parts.schedule_entered import ORGANISATION, target_of
from pages.parts.schedule_table import Line, table
from pages.parts.schedule_words import (
    STATES,
    WORDS,
    for_whom,
    kind_symbol,
    kind_title,
    next_words,
    often,
    owner_words,
    start_words,
    state_of,
    target_words,
    zone_of,
)
from services import jobs

NAMES = ("q", "kind", "for", "state")
CSV_HEADER = ("schedule", "kind", "for", "when", "zone", "next run (UTC)", "state", "owner", "last result",
              "last ten, newest first", "then", "note", "problem", "id")  # fmt: skip


def draw(desk: Desk) -> None:
    """Filters, table, and what was pressed in it."""
    shown = _filtered(desk)
    if not shown:
        no_match(key="schedules", clear=clear)
        return
    told = table([line_of(one, desk) for one in shown], key="schedules-table")
    html('<div class="legend"><span>A mark is one run, the newest on the right; a click opens it</span></div>')
    if told.run:
        schedule_acts.see(told.run)
    if told.act:
        _act(desk, *told.act)
        st.rerun()
    if told.opened:
        st.query_params[schedule_acts.OPEN] = told.opened
        st.rerun()


def _act(desk: Desk, act: str, schedule_id: str) -> None:
    found = desk.one(schedule_acts.id_of(schedule_id))
    if found is None:
        return
    zone = zone_of(found, desk.brands)
    if act == "run":
        schedule_acts.run_now(found, zone)
    elif act == "pause":
        schedule_acts.pause(found)
    else:
        schedule_acts.resume(found, zone)


def line_of(found: jobs.Schedule, desk: Desk) -> Line:
    """A schedule as a line of the table."""
    zone = zone_of(found, desk.brands)
    here, there = next_words(found, zone, desk.viewer, desk.now)
    last = list(reversed(desk.latest.get(found.id, ())))
    pausing = RunAct("resume", "resume", "Resume", True) if found.paused_at else RunAct("pause", "pause", "Pause", True)
    return Line(
        id=str(found.id),
        name=found.name,
        symbol=kind_symbol(found.kind),
        kind=kind_title(found.kind),
        target=for_whom(found, desk.brands),
        often=often(found),
        state=STATES[state_of(found)],
        note=found.problem or found.note,
        is_wrong=bool(found.problem),
        next=here,
        next_there=there,
        last=tuple(
            (WORDS[one.state][0], start_words(one, zone, desk.now), str(one.run_id or one.start_id)) for one in last
        ),
        owner=owner_words(found, desk.members),
        acts=(RunAct("run", "play_arrow", "Run now", True), pausing) if desk.may else (),
    )


def _filtered(desk: Desk) -> list[jobs.Schedule]:
    known = {ORGANISATION, *(str(one.id) for one in desk.brands)}
    kinds = sorted({one.kind for one in desk.schedules} | _asked("kind", set(jobs.KINDS)), key=kind_title)
    targets = sorted(
        {target_of(one) for one in desk.schedules} | _asked("for", known),
        key=lambda one: target_words(one, desk.brands),
    )
    with toolbar("schedules"):
        text = st.text_input("Search", placeholder="Name, note, owner", width=180, **_bound("q"))
        kind = st.selectbox(
            "Kind", ["", *kinds], width=165, format_func=lambda one: kind_title(one) if one else "Every kind",
            **_bound("kind", kinds),
        )  # fmt: skip
        target = st.selectbox(
            "For", ["", *targets], width=165, **_bound("for", targets),
            format_func=lambda one: plain(target_words(one, desk.brands)) if one else "For anybody",
        )  # fmt: skip
        state = st.segmented_control(
            "State", ["", *STATES], required=True, **_bound("state", list(STATES)),
            format_func=lambda one: STATES[one][0] if one else "All",
        )  # fmt: skip
        saved_views(doors.app(), doors.scope_of(desk.person), "schedules", NAMES, changed=lambda: None)
        shown = [
            one
            for one in desk.schedules
            if kind in ("", one.kind)
            and target in ("", target_of(one))
            and state in ("", state_of(one))
            and (text or "").strip().lower() in _searched(one, desk)
        ]
        csv_button("loopdesk-schedules", CSV_HEADER, lambda: csv_rows(shown, desk), key="schedules-csv")
    return shown


def _searched(found: jobs.Schedule, desk: Desk) -> str:
    return " ".join((found.name, found.note, owner_words(found, desk.members), kind_title(found.kind))).lower()


def _asked(name: str, known: set[str]) -> set[str]:
    """What the address asks for, where there is such a thing, even without a schedule."""
    return {st.query_params.get(name, "")} & known


def _bound(name: str, known: Sequence[str] | None = None) -> dict[str, Any]:
    """What makes a widget one with a part of the address; what is not `known` there counts as nothing."""
    slot: session.Slot[str] = session.Slot("schedules", f"filter-{name}", "")
    asked = st.query_params.get(name, "")
    session.put(slot, asked if known is None or asked in known else "")
    return {"key": slot.key, "on_change": _chosen, "args": (name, slot), "label_visibility": "collapsed"}


def _chosen(name: str, slot: session.Slot[str]) -> None:
    if value := session.get(slot):
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def clear() -> None:
    for name in NAMES:
        st.query_params.pop(name, None)


def csv_rows(shown: Sequence[jobs.Schedule], desk: Desk) -> Iterator[tuple[object, ...]]:
    """One row each, as filtered."""
    for one in shown:
        last = [WORDS[start.state][1] for start in desk.latest.get(one.id, ())]
        yield (
            one.name, kind_title(one.kind), for_whom(one, desk.brands), often(one), zone_of(one, desk.brands),
            one.next_fire_at if one.paused_at is None else None, STATES[state_of(one)][0],
            owner_words(one, desk.members), last[0] if last else "", ", ".join(last),
            kind_title(one.then_kind) if one.then_kind else "", one.note, one.problem, one.id,
        )  # fmt: skip
