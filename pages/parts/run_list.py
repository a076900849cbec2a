"""The list of runs below the board: as filtered, a page at a time, with what may be done to all of it."""

from collections.abc import Mapping

import streamlit as st

from pages.parts import run_bulk, run_filters, run_place
from pages.parts.csv import csv_button
from pages.parts.empty import no_match
from pages.parts.look import card, card_head
from pages.parts.run_listed import Listed, csv_header, csv_rows, listed
from pages.parts.run_words import title
from pages.parts.runs import runs
from pages.parts.saved_views import saved_views
from pages.parts.ticks import ticked
from services import brands, jobs
from services.jobs import RunFilter, Shown
from services.kit.app import App
from services.kit.db import Scope, Tx

KEY = run_bulk.KEY
_TITLES = {"ran": "Started", "last": "Last ten", "lateness": "Late by"}


def draw(
    app: App, scope: Scope, zone: str, board: jobs.Board, *, may_act: bool, may_system: bool = False
) -> tuple[str, str] | None:
    """Draw the card; what in the address opens the line that was pressed in this run."""
    wanted = run_place.asked_filter(zone, may_system=may_system)
    found = listed(app, scope, wanted, zone, {line.name: line.runs for line in board.lines}, may_act=may_act)
    with app.tx(scope) as tx:
        of_brands = {one.id: one.name for one in brands.brands(tx)}
        schedule = _schedule(tx, wanted)
    with card("jobs-runs", gap="small"):
        card_head("Runs of the whole installation" if wanted.is_installation else "Runs", _order(wanted, found))
        run_filters.filters(wanted, _names(board, wanted), of_brands, schedule, may_system=may_system)
        with st.container(horizontal=True, gap="small", key="jobs-list-acts"):
            saved_views(app, scope, "jobs", run_place.NAMES, changed=run_place.first_page)
            csv_button("loopdesk-runs", csv_header(wanted), lambda: csv_rows(app, scope, wanted), key="jobs-csv")
            if may_act and found.lines:
                _acts(app, scope, zone, wanted, found)
        if not found.lines:
            no_match(key="jobs", clear=run_place.clear)
            return None
        is_lost = wanted.shown is Shown.LOST
        told = runs(
            found.lines, key=KEY, titles=_TITLES, dense=True, selectable=may_act and not is_lost,
            page=run_place.page(),
        )  # fmt: skip
        if told.act:
            run_bulk.act(app, scope, wanted, *told.act)
        if found.page:
            _paging(found.page)
    return found.opens.get(told.opened) if told.opened else None


def _acts(app: App, scope: Scope, zone: str, wanted: RunFilter, found: Listed) -> None:
    shown = [line.id for line in found.lines if line.id.isdigit()]
    chosen = [int(one) for one in ticked(KEY, set(shown))]
    run_bulk.buttons(app, scope, zone, wanted, shown, chosen, found.page.runs if found.page else ())


def _order(wanted: RunFilter, found: Listed) -> str:
    """In what order they stand, and how many there are beside those shown."""
    if wanted.shown is Shown.WAITING:
        count = len(found.lines)
        return (
            f"the next to start first, {count:,} of {found.total:,}"
            if count < found.total
            else "the next to start first"
        )
    if wanted.shown is Shown.LOST and len(found.lines) >= jobs.SHOWN_MOST:
        return f"the newest {jobs.SHOWN_MOST}"
    return "newest first"


def _schedule(tx: Tx, wanted: RunFilter) -> str:
    """The name of the schedule whose runs are asked for."""
    if wanted.schedule_id is None:
        return ""
    if wanted.is_installation:
        return "one schedule"
    return next((one.name for one in jobs.list_schedules(tx) if one.id == wanted.schedule_id), "a removed schedule")


def _names(board: jobs.Board, wanted: RunFilter) -> Mapping[str, str]:
    """Tasks that ran or wait, and every kind, by their words."""
    found = {line.name: title(line.name) for line in board.lines}
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
