"""The four figures over the jobs, and the line under the title."""

from datetime import datetime

import streamlit as st

from pages.parts.look import tile
from pages.parts.run_words import is_late, progress, title
from pages.parts.zones import ago, span
from services import jobs


def summary(board: jobs.Board) -> str:
    """ "9 on time · 1 late · 1 failed", by the newest run of each task."""
    newest = [line.runs[0] for line in board.lines if line.runs]
    done = [run for run in newest if run.status is jobs.RunStatus.SUCCEEDED]
    late = sum(map(is_late, done))
    bad = sum(run.status in jobs.ENDED_BADLY for run in newest)
    told = ((len(done) - late, "on time"), (late, "late"), (bad, "failed"), (len(board.running), "running"))
    return " · ".join(f"{count} {word}" for count, word in told if count) or "nothing has run yet"


def tiles(board: jobs.Board, now: datetime) -> None:
    grid = st.grid(4, min_column_width=150, gap="small")
    for number, (figure, words, note, symbol, tone) in enumerate(_figures(board, now)):
        with grid.cell():
            tile(figure, words, note, symbol=symbol, tone=tone, key=f"jobs-{number}")


def _figures(board: jobs.Board, now: datetime) -> list[tuple[str, str, str, str, str]]:
    p95, median = board.lateness.p95_seconds, board.lateness.median_seconds
    late_tone = "gray" if p95 is None else "orange" if p95 > jobs.LATE_AFTER_SECONDS else "green"
    lateness = span(max(0.0, p95)) if p95 is not None else "—"
    return [
        (
            str(board.waiting),
            "waiting",
            _waiting_note(board, now),
            "hourglass_top",
            "blue" if board.waiting else "gray",
        ),
        (str(len(board.running)), "running", _running_note(board), "sync", "violet" if board.running else "gray"),
        (str(len(board.failed)), "failed", "in the last 24 hours", "error", "red" if board.failed else "gray"),
        (lateness, "late, 95 of 100", _late_note(median), "timer", late_tone),
    ]


def _waiting_note(board: jobs.Board, now: datetime) -> str:
    if board.waiting_since:
        return f"the oldest for {ago(board.waiting_since, now)}"
    return f"{board.planned} planned for later" if board.planned else "nothing waits"


def _running_note(board: jobs.Board) -> str:
    if not board.running:
        return "nothing at this moment"
    first = board.running[0]
    return " ".join(part for part in (title(first.name), progress(first)) if part)


def _late_note(median: float | None) -> str:
    return f"half start within {span(max(0.0, median))}" if median is not None else "nothing was due in 24 hours"
