"""The list of runs below the board: as filtered, a page at a time, with what may be done to all of it."""

from collections.abc import Iterator, Mapping
from uuid import UUID

import streamlit as st

from pages.parts import run_bulk, run_filters, run_place
from pages.parts.csv import csv_button
from pages.parts.empty import no_match
from pages.parts.look import card, card_head
from pages.parts.run_rows import lost_line, run_line, waiting_line
from pages.parts.run_words import CSV_HEADER, csv_row
from pages.parts.runs import Job, runs
from pages.parts.saved_views import saved_views
from services import brands, identity, jobs
from services.jobs import RunFilter, Shown
from services.kit.app import App
from services.kit.db import Scope, Tx

_TITLES = {"ran": "Started", "last": "Last ten", "lateness": "Late by"}


def draw(app: App, scope: Scope, zone: str, board: jobs.Board, *, may_act: bool) -> str | None:
    """Draw the card; returns the id of the run opened in this run."""
    wanted = run_place.asked_filter(zone)
    with app.tx(scope) as tx:
        lines, page = _read(tx, wanted, zone, board)
        of_brands = {one.id: one.name for one in brands.brands(tx)}
    with card("jobs-runs", gap="small"):
        card_head("Runs", "newest first" if page else "the next to start first")
        run_filters.filters(wanted, _names(board, wanted), of_brands)
        with st.container(horizontal=True, gap="small", key="jobs-list-acts"):
            saved_views(app, scope, "jobs", run_place.NAMES, changed=run_place.first_page)
            csv_button("loopdesk-runs", CSV_HEADER, lambda: _export(app, scope, wanted), key="jobs-csv")
            if may_act and lines:
                run_bulk.buttons(app, scope, wanted, [int(line.id) for line in lines if line.id.isdigit()])
        if not lines:
            no_match(key="jobs", clear=run_place.clear)
            return None
        opened = runs(lines, key="jobs-list", titles=_TITLES, dense=True).opened
        if page:
            _paging(page)
    return opened if opened and page else None


def _read(tx: Tx, wanted: RunFilter, zone: str, board: jobs.Board) -> tuple[list[Job], jobs.RunPage | None]:
    """The lines, and the page they are where they are runs."""
    if wanted.shown is Shown.WAITING:
        return [waiting_line(job, zone, tx.now) for job in jobs.waiting_jobs(tx, wanted)], None
    if wanted.shown is Shown.LOST:
        return [lost_line(one, zone, tx.now) for one in jobs.lost_starts(tx, wanted)], None
    page = jobs.list_runs(tx, wanted, **run_place.asked_places())
    people = _people(tx) if any(run.started_by for run in page.runs) else {}
    last = {line.task: line.runs for line in board.lines}
    return [run_line(run, zone, tx.now, last.get(run.task, ()), people) for run in page.runs], page


def _people(tx: Tx) -> dict[UUID, str]:
    return {one.user_id: one.display_name for one in identity.members(tx)}


def _names(board: jobs.Board, wanted: RunFilter) -> Mapping[str, str]:
    """Tasks that ran or wait, and every kind, by their words."""
    found = {line.task: jobs.task_words(line.task) for line in board.lines}
    found |= {kind.name: kind.title for kind in jobs.list_kinds()}
    if wanted.name:
        found.setdefault(wanted.name, jobs.task_words(wanted.name))
    return dict(sorted(found.items(), key=lambda one: one[1].casefold()))


def _paging(page: jobs.RunPage) -> None:
    if page.newer is None and page.older is None:
        return
    with st.container(horizontal=True, horizontal_alignment="center", gap="small", key="jobs-paging"):
        for name, words, symbol, place in (
            ("first", "Newest", "first_page", page.newer),
            ("above", "Newer", "chevron_left", page.newer),
            ("below", "Older", "chevron_right", page.older),
        ):
            st.button(
                words, icon=f":material/{symbol}:", key=f"jobs-page-{name}", disabled=place is None,
                on_click=_turn, args=(name, place),
            )  # fmt: skip


def _turn(name: str, place: jobs.Place | None) -> None:
    if name == "first" or place is None:
        run_place.first_page()
    else:
        run_place.turn(name, place)


def _export(app: App, scope: Scope, wanted: RunFilter) -> Iterator[tuple[object, ...]]:
    return (csv_row(run) for run in jobs.export_runs(app, scope, wanted))
