"""Reliability: what was proven about this version, and this installation's own record of the last month."""

from datetime import datetime, timedelta

import streamlit as st

from pages.parts import doors, zones
from pages.parts.counts import counted
from pages.parts.csv import csv_button
from pages.parts.look import card, card_head, header, tile
from pages.parts.markup import chip, esc, html, icon
from pages.parts.reliability_words import CSV_HEADER, FAULTS, csv_row, form_rows, late, promises, record_rows
from services import publishing
from services.kit.app import App
from services.kit.db import Scope

DAYS = 30


def page() -> None:
    person = doors.require()
    app, scope = doors.app(), doors.scope_of(person)
    with app.tx(scope) as tx:
        since = tx.now - timedelta(days=DAYS)
        proof, now = publishing.latest_proof(tx), tx.now
        totals, forms = publishing.record_totals(tx, since), publishing.record_by_form(tx, since)
    with header("Reliability", "Approved bytes, exactly once: what was proven, and what happened here"):
        csv_button("loopdesk-reliability", CSV_HEADER, lambda: _lines(app, scope, since), key="reliability-csv")
    _tiles(totals)
    left, right = st.columns([1, 1], gap="small")
    with left, card("reliability-record", gap="small"):
        card_head("This installation", f"posts due in the last {DAYS} days")
        html("".join(record_rows(forms)) or '<p class="mut">Nothing was due yet.</p>')
    with right:
        _proof(proof, now)


def _tiles(totals: publishing.Totals) -> None:
    doubt = "yellow" if totals.unconfirmed else "green"
    found = f"{totals.recovered} after a lost answer" if totals.recovered else f"in {DAYS} days"
    tiles = (
        (str(totals.published), "published", found, "check_circle", "green"),
        (str(totals.unconfirmed), "unconfirmed now", f"{totals.held} held, {totals.failed} failed", "help", doubt),
        (late(totals.late_median_seconds), "late in the middle", "from the due instant to a worker", "timer", "violet"),
        (late(totals.late_p99_seconds), "late at worst", "99 of 100 are faster", "timer", "gray"),
    )
    grid = st.grid(4, min_column_width=190, gap="small")
    for number, (figure, words, note, symbol, tone) in enumerate(tiles):
        with grid.cell():
            tile(figure, words, note, symbol=symbol, tone=tone, key=f"reliability-{number}")


def _proof(proof: publishing.Proof | None, now: datetime) -> None:
    with card("reliability-proof", gap="small"):
        if proof is None:
            card_head("Crash suite")
            html('<p class="mut">No proof came with this version. “./test crash 1000” makes one.</p>')
            return
        right_html = chip("clean", "green") if proof.is_clean else chip(f"{len(proof.broken_seeds)} broken", "red")
        version = f"{proof.version} {proof.commit[:8]}".strip()
        card_head("Crash suite", f"{zones.ago(proof.made_at, now)} ago, version {version}", right_html=right_html)
        seeds, posts = counted(proof.seeds, "scenario"), counted(proof.posts, "post")
        told = f"{seeds} on practice platforms, {posts}, {zones.span(proof.seconds)}"
        html(f'<p class="mut">{esc(told)}. Real platforms were not part of it.</p>')
        html("".join(_promise(count, words) for count, words in promises(proof)))
    with card("reliability-forms", gap="small"):
        card_head("By platform and format", "how the posts of the scenarios ended")
        html("".join(form_rows(proof.forms)))
    with card("reliability-faults", gap="small"):
        card_head("What was done to it", f"{len(proof.faults)} kinds, deaths at {len(proof.places)} places")
        html("".join(_pair(FAULTS.get(name, name), f"{count:,}") for name, count in proof.faults.items()))


def _promise(count: int, words: str) -> str:
    symbol, tone = ("error", "red") if count else ("check_circle", "green")
    return f'<div class="row">{icon(symbol, tone)}<span>{esc(words)}</span><b class="sp num">{count}</b></div>'


def _pair(words: str, value: str) -> str:
    return f'<div class="row"><span class="mut">{esc(words)}</span><span class="sp num">{esc(value)}</span></div>'


def _lines(app: App, scope: Scope, since: datetime) -> list[tuple[object, ...]]:
    with app.tx(scope) as tx:
        return [csv_row(line) for line in publishing.record_lines(tx, since)]
