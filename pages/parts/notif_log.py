"""What became of messages that left: every try, with the other side's answer."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts import doors, session
from pages.parts.csv import csv_button
from pages.parts.empty import empty, no_match
from pages.parts.look import card, toolbar
from pages.parts.notif_words import (
    LOG_HEADER,
    OUTCOMES,
    VIAS,
    WAITS,
    log_csv_row,
    log_row,
    waiting_csv_row,
    waiting_rows,
)
from pages.parts.rows import Head, Row, rows
from services import notifications
from services.kit.db import Scope, Tx
from services.notifications import LogLine, Waiting

LOOKS_EVERY_SECONDS = 2
_SHOWN_MOST, _EXPORT_MOST = 100, 10_000
_ALL, _EVERY = "Every outcome", "Every way"


def log(scope: Scope, zone: str, right: DeltaGenerator) -> None:
    """Draw it; while something is under way it looks again by itself."""
    outcome, via = _filters()
    with doors.app().tx(scope) as tx:
        busy = notifications.under_way(tx)
    with right:
        csv_button("loopdesk-deliveries", LOG_HEADER, lambda: _export(scope, outcome, via), key="notifications-log-csv")

    def live() -> None:
        _live(scope, zone, outcome, via, was_busy=bool(busy))

    st.fragment(live, run_every=LOOKS_EVERY_SECONDS if busy else None)()


def _filters() -> tuple[str, str]:
    plain = {"label_visibility": "collapsed", "bind": "query-params"}
    with toolbar("notifications-log"):
        outcome = st.selectbox(
            "Outcome", [_ALL, WAITS, *(words for words, *_ in OUTCOMES.values())], key="notifications-outcome",
            width=180, **plain,
        )  # fmt: skip
        via = st.selectbox(
            "By", [_EVERY, *(words for words, _ in VIAS.values())], key="notifications-via", width=140, **plain
        )
    return (
        next((one for one, (words, *_) in OUTCOMES.items() if words == outcome), WAITS if outcome == WAITS else ""),
        next((one.value for one, (words, _) in VIAS.items() if words == via), ""),
    )


def _live(scope: Scope, zone: str, outcome: str, via: str, *, was_busy: bool) -> None:
    with doors.app().tx(scope) as tx:
        waits, found = _read(tx, outcome, via, _SHOWN_MOST)
        busy, now = notifications.under_way(tx), tx.now
    if was_busy and not busy:
        st.rerun()
    if busy:
        st.caption(f":material/sync: {busy} under way")
    if waits or found:
        items: list[Row | Head] = [Head("Waits to leave")] if waits else []
        items += waiting_rows(waits, zone, now)
        items += [Head("Tried")] if waits and found else []
        items += [log_row(line, zone, now) for line in found]
        with card("notifications-log", flush=True):
            rows(items, key="notifications-log-rows", still=True)
    elif outcome or via:
        no_match(key="notifications-log", clear=_clear)
    else:
        empty(
            "Nothing has left yet",
            "Every message by e-mail, Slack or webhook is recorded here: when, what, and what the other side said.",
            key="notifications-log",
        )


def _clear() -> None:
    session.put(session.Slot("notifications", "outcome", ""), _ALL)
    session.put(session.Slot("notifications", "via", ""), _EVERY)


def _export(scope: Scope, outcome: str, via: str) -> list[tuple[object, ...]]:
    with doors.app().tx(scope) as tx:
        waits, found = _read(tx, outcome, via, _EXPORT_MOST)
    return [*map(waiting_csv_row, waits), *map(log_csv_row, found)]


def _read(tx: Tx, outcome: str, via: str, most: int) -> tuple[list[Waiting], list[LogLine]]:
    """What waits stands before what was tried, unless one outcome alone is asked for."""
    waits = notifications.waiting(tx, _EXPORT_MOST, via) if outcome in ("", WAITS) else []
    return waits, [] if outcome == WAITS else notifications.log_lines(tx, most, outcome, via)
