"""The list of runs below the board: as filtered, a page at a time, with what may be done to all of it."""

from collections.abc import Iterator, Mapping

import streamlit as st

from pages.parts import run_bulk, run_filters, run_place
from pages.parts.csv import csv_button
from pages.parts.empty import no_match
from pages.parts.look import card, card_head
from pages.parts.run_rows import lost_line, names_of, run_line, waiting_line
from pages.parts.run_words import CSV_HEADER, csv_row
from pages.parts.runs import Job, runs
from pages.parts.saved_views import saved_views
from pages.parts.ticks import ticked
from services import brands, jobs
from services.jobs import RunFilter, Shown
from services.kit.app import App
from services.kit.db import Scope, Tx

KEY = run_bulk.KEY
_TITLES = {"ran": "Started", "last": "Last ten", "lateness": "Late by"}


def draw(app: App, scope: Scope, zone: str, board: jobs.Board, *, may_act: bool) -> str | None:
    """Draw the card; returns the id of the run opened in this run."""
    wanted = run_place.asked_filter(zone)
    with app.tx(scope) as tx:
        lines, page = _read(tx, wanted, zone, board, may_act=may_act)
        of_brands = {one.id: one.name for one in brands.brands(tx)}
        schedule = _schedule(tx, wanted)
    with card("jobs-runs", gap="small"):
        card_head("Runs", "newest first" if page else "the next to start first")
        run_filters.filters(wanted, _names(board, wanted), of_brands, schedule)
        with st.container(horizontal=True, gap="small", key="jobs-list-acts"):
            saved_views(app, scope, "jobs", run_place.NAMES, changed=run_place.first_page)
            csv_button("loopdesk-runs", CSV_HEADER, lambda: _export(app, scope, wanted), key="jobs-csv")
            if may_act and lines:
                listed = [int(line.id) for line in lines if line.id.isdigit()]
                chosen = [int(one) for one in ticked(KEY, {str(one) for one in listed})]
                run_bulk.buttons(app, scope, wanted, listed, chosen, page.runs if page else ())
        if not lines:
            no_match(key="jobs", clear=run_place.clear)
            return None
        told = runs(lines, key=KEY, titles=_TITLES, dense=True, selectable=may_act and wanted.shown is not Shown.LOST)
        if told.act:
            run_bulk.act(app, scope, *told.act)
        if page:
            _paging(page)
    return told.opened if told.opened and page else None


def _read(
    tx: Tx, wanted: RunFilter, zone: str, board: jobs.Board, *, may_act: bool
) -> tuple[list[Job], jobs.RunPage | None]:
    """The lines, and the page they are where they are runs."""
    if wanted.shown is Shown.WAITING:
        return [waiting_line(job, zone, tx.now, may_act=may_act) for job in jobs.waiting_jobs(tx, wanted)], None
    if wanted.shown is Shown.LOST:
        return [lost_line(one, zone, tx.now, may_act=may_act) for one in jobs.lost_starts(tx, wanted)], None
    page = jobs.list_runs(tx, wanted, **run_place.asked_places())
    names = names_of(tx, page.runs)
    last = {line.task: line.runs for line in board.lines}
    return [run_line(run, zone, tx.now, last.get(run.task, ()), names) for run in page.runs], page


def _schedule(tx: Tx, wanted: RunFilter) -> str:
    """The name of the schedule whose runs are asked for."""
    if wanted.schedule_id is None:
        return ""
    return next((one.name for one in jobs.list_schedules(tx) if one.id == wanted.schedule_id), "a removed schedule")


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
