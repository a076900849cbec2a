"""The latest runs, filtered by task and by how they ended; both are part of the address."""

from collections.abc import Iterator
from datetime import datetime

import streamlit as st

from pages.parts import session
from pages.parts.csv import csv_button
from pages.parts.empty import no_match
from pages.parts.look import card, card_head, toolbar
from pages.parts.rows import Row, rows
from pages.parts.run_words import CSV_HEADER, STATUS, csv_row, lasted, progress, share
from pages.parts.zones import near
from services import jobs
from services.kit.app import App
from services.kit.db import Scope

SHOWN, EXPORTED = 60, 5000
_ENDINGS: dict[str, tuple[jobs.RunStatus, ...]] = {
    "All": (),
    "Trouble": (*jobs.ENDED_BADLY, jobs.RunStatus.RETRYING),
    "Running": (jobs.RunStatus.RUNNING,),
    "Done": (jobs.RunStatus.SUCCEEDED,),
}
_ANY = "Every task"
_TASK: session.Slot[str] = session.Slot("jobs", "task", _ANY)
_STATUS: session.Slot[str] = session.Slot("jobs", "state", "All")


def draw(app: App, scope: Scope, zone: str, now: datetime, tasks: list[str]) -> str | None:
    """Draw the card; returns the id of the run opened in this run."""
    by_words = {jobs.task_words(task): task for task in tasks}
    with card("jobs-latest", gap="small"):
        card_head("Latest runs", "newest first")
        task, status = _filters(list(by_words))
        wanted = {"tasks": [by_words[task]] if task in by_words else [], "statuses": _ENDINGS.get(status, ())}
        with app.tx(scope) as tx:
            found = jobs.recent(tx, limit=SHOWN, **wanted)
        if not found:
            no_match(key="jobs", clear=_clear)
            return None
        opened = rows([_row(run, zone, now) for run in found], key="jobs-latest-rows", flat=True).opened
        csv_button("loopdesk-runs", CSV_HEADER, lambda: _export(app, scope, wanted), key="jobs-csv")
    return opened


def _filters(words: list[str]) -> tuple[str, str]:
    plain = {"label_visibility": "collapsed", "bind": "query-params"}
    with toolbar("jobs"):
        task = st.selectbox("Task", [_ANY, *words], key=_TASK.key, width=250, **plain)
        status = st.segmented_control("State", list(_ENDINGS), default="All", required=True, key=_STATUS.key, **plain)
    return task or _ANY, status or "All"


def _row(run: jobs.Run, zone: str, now: datetime) -> Row:
    words, tone, symbol = STATUS[run.status]
    parts = (run.error, run.note) if run.status in jobs.ENDED_BADLY else (progress(run), run.note, run.error)
    return Row(
        id=str(run.id),
        title=jobs.task_words(run.task),
        sub=" · ".join([*(part for part in parts if part), lasted(run, now)]),
        icon=symbol,
        tone=tone,
        right=near(run.started_at, zone, now),
        right_chip=(f"{words}, {run.attempt}. try" if run.attempt > 1 else words, tone, symbol),
        progress=share(run) if run.status is jobs.RunStatus.RUNNING else None,
    )


def _clear() -> None:
    session.put(_TASK, _TASK.default)
    session.put(_STATUS, _STATUS.default)


def _export(app: App, scope: Scope, wanted: dict[str, object]) -> Iterator[tuple[object, ...]]:
    with app.tx(scope) as tx:
        found = jobs.recent(tx, limit=EXPORTED, **wanted)
    return (csv_row(run) for run in found)
