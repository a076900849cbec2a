"""What became of messages that left: every try, with the other side's answer."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts import doors, session
from pages.parts.csv import csv_button
from pages.parts.empty import empty, no_match
from pages.parts.look import card, toolbar
from pages.parts.notif_words import LOG_HEADER, OUTCOMES, VIAS, log_csv_row, log_row
from pages.parts.rows import rows
from services import notifications
from services.kit.db import Scope

LOOKS_EVERY_SECONDS = 2
_SHOWN_MOST, _EXPORT_MOST = 100, 10_000
_ALL, _EVERY = "Every outcome", "Every way"


def log(scope: Scope, zone: str, right: DeltaGenerator) -> None:
    """Draw it; while something is under way it looks again by itself."""
    outcome, via = _filters()
    with doors.app().tx(scope) as tx:
        waiting = notifications.under_way(tx)
    with right:
        csv_button("loopdesk-deliveries", LOG_HEADER, lambda: _export(scope, outcome, via), key="notifications-log-csv")

    def live() -> None:
        _live(scope, zone, outcome, via, was_busy=bool(waiting))

    st.fragment(live, run_every=LOOKS_EVERY_SECONDS if waiting else None)()


def _filters() -> tuple[str, str]:
    plain = {"label_visibility": "collapsed", "bind": "query-params"}
    with toolbar("notifications-log"):
        outcome = st.selectbox(
            "Outcome", [_ALL, *(words for words, *_ in OUTCOMES.values())], key="notifications-outcome", width=180,
            **plain,
        )  # fmt: skip
        via = st.selectbox(
            "By", [_EVERY, *(words for words, _ in VIAS.values())], key="notifications-via", width=140, **plain
        )
    return (
        next((one for one, (words, *_) in OUTCOMES.items() if words == outcome), ""),
        next((one.value for one, (words, _) in VIAS.items() if words == via), ""),
    )


def _live(scope: Scope, zone: str, outcome: str, via: str, *, was_busy: bool) -> None:
    with doors.app().tx(scope) as tx:
        found, now = notifications.log_lines(tx, _SHOWN_MOST, outcome, via), tx.now
        waiting = notifications.under_way(tx)
    if was_busy and not waiting:
        st.rerun()
    if waiting:
        st.caption(f":material/sync: {waiting} under way")
    if found:
        with card("notifications-log", flush=True):
            rows([log_row(line, zone, now) for line in found], key="notifications-log-rows")
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
        return [log_csv_row(line) for line in notifications.log_lines(tx, _EXPORT_MOST, outcome, via)]
