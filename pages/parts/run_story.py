"""What a run was given, what it made, what it said, and its other attempts."""

import json
from datetime import datetime

import streamlit as st

from pages.parts import paths
from pages.parts.look import card_head
from pages.parts.markup import chip, esc, html
from pages.parts.notices import plain
from pages.parts.run_rows import said
from pages.parts.run_words import STATUS, lasted
from pages.parts.zones import clock, near
from services import jobs
from services.kit.app import App
from services.kit.db import Scope
from services.kit.text import counted

_LINES_SHOWN = 200
LOOKS_EVERY_SECONDS = 1
_TONES = {"warning": "orange", "error": "red"}


def story(app: App, scope: Scope, run: jobs.Run, zone: str, now: datetime) -> None:
    """Draw result, inputs, log and attempts; the log follows a run that is under way."""
    _result(run)
    if run.inputs:
        card_head("Given")
        html(well(json.dumps(run.inputs, indent=1, ensure_ascii=False)))
    is_live = run.status is jobs.RunStatus.RUNNING
    st.fragment(lambda: _log(app, scope, run, zone), run_every=LOOKS_EVERY_SECONDS if is_live else None)()
    with jobs.runs_tx(app, scope, is_installation=run.org_id is None) as tx:
        attempts = jobs.run_attempts(tx, run)
    if len(attempts) > 1:
        card_head("Attempts", f"{len(attempts)} of the same job")
        html("".join(_attempt(one, run.id, zone, now) for one in attempts))


def _result(run: jobs.Run) -> None:
    outcome = run.outcome or {}
    if not outcome:
        return
    card_head("Result")
    html(f"<p>{esc(said(run))}</p>")
    counts = outcome.get("counts")
    if isinstance(counts, dict) and counts:
        html(
            '<div class="row" style="flex-wrap:wrap">'
            + "".join(chip(f"{word.replace('_', ' ')}: {number}") for word, number in counts.items())
            + "</div>"
        )
    links = outcome.get("links")
    with st.container(horizontal=True, gap="small", key="jobs-run-links"):
        for number, link in enumerate(links if isinstance(links, list) else []):
            words, path = str(link.get("label", "")), str(link.get("path", ""))
            is_ours = path.startswith("/") and not path.startswith("//")
            if is_ours and st.button(plain(words), icon=":material/arrow_forward:", key=f"jobs-run-link-{number}"):
                paths.follow(path)


def _log(app: App, scope: Scope, run: jobs.Run, zone: str) -> None:
    with jobs.runs_tx(app, scope, is_installation=run.org_id is None) as tx:
        lines = jobs.run_lines(tx, run.id, _LINES_SHOWN)
    if not lines:
        return
    card_head("Log", f"the last {len(lines)} lines" if lines[0].number > 1 else counted(len(lines), "line"))
    html(f'<div class="well" style="max-height:280px;overflow:auto">{"".join(_line(one, zone) for one in lines)}</div>')


def _line(one: jobs.LogLine, zone: str) -> str:
    tone = _TONES.get(one.level, "")
    ink = f' style="color:var(--t-{tone}-tx)"' if tone else ""
    return (
        f'<div class="row" style="align-items:baseline"><span class="mut num">{esc(clock(one.at, zone))}</span>'
        f'<span{ink} class="m" >{esc(one.text)}</span></div>'
    )


def _attempt(one: jobs.Run, here: int, zone: str, now: datetime) -> str:
    bold = "font-weight:600" if one.id == here else ""
    return (
        f'<div class="row say"><span style="{bold}">{one.attempt}. try</span>{chip(*STATUS[one.status])}'
        f'<span class="sp mut num">{esc(near(one.started_at, zone, now))}, {esc(lasted(one, now))}</span></div>'
    )


def well(text: str) -> str:
    """Text as it is, as safe HTML."""
    return f'<pre class="well" style="white-space:pre-wrap;overflow-wrap:anywhere;margin:0">{esc(text)}</pre>'
