"""Jobs: what waits, what runs, what failed and how late things start; every run with its error."""

from datetime import datetime

import streamlit as st

from pages.parts import doors, run_bulk, run_drawer, run_list, run_place, run_start, run_tiles, session
from pages.parts.empty import empty
from pages.parts.look import header
from pages.parts.markup import html
from pages.parts.notices import notices, tell
from pages.parts.run_words import job_line, trouble_first
from pages.parts.runs import legend, runs
from services import brands, identity, jobs
from services.kit.app import App
from services.kit.db import Scope

LOOKS_EVERY_SECONDS, IDLE_SECONDS = 2, 15  # while something runs or waits, and while nothing does


def page() -> None:
    person = doors.require()
    app, scope = doors.app(), doors.scope_of(person)
    may_retry = identity.can(person.role, identity.Act.SCHEDULE)
    may_system = identity.can(person.role, identity.Act.SYSTEM)
    with app.tx(scope) as tx:
        known, board = brands.brands(tx), jobs.board(tx)
    zone = known[0].time_zone if known else "UTC"
    session.pop(run_bulk.ASKING)
    wanted = run_place.asked_filter(zone, may_system=may_system)
    own = wanted.is_installation
    right = header("Jobs", "of the whole installation" if own else run_tiles.summary(board))
    if board.lines or not wanted.is_empty:
        if may_retry and board.failed and not own:
            right.button(
                f"Retry {len(board.failed)} failed", type="primary", icon=":material/refresh:", key="jobs-retry-all",
                on_click=_retry, args=(app, scope, None),
            )  # fmt: skip
        is_busy = _is_busy(app, scope, board, own=own)

        def live() -> None:
            _live(app, scope, zone, was_busy=is_busy, may_retry=may_retry, may_system=may_system)

        _open(app, scope)
        st.fragment(live, run_every=LOOKS_EVERY_SECONDS if is_busy else IDLE_SECONDS)()
    else:
        _open(app, scope)
        _nothing_yet(may_system=may_system)
    if (run_id := run_drawer.asked_run()) is not None:
        run_drawer.drawer(run_id, zone)
    elif (start_id := run_start.asked_start()) is not None:
        run_start.drawer(start_id, zone)


def _nothing_yet(*, may_system: bool) -> None:
    sentence = "Imports, posts and readings of results are listed here as they run."
    with empty("Nothing has run yet", sentence, key="jobs"):
        if may_system:
            st.button(
                "Jobs of the whole installation", icon=":material/dns:", key="jobs-installation",
                on_click=run_place.go_to, kwargs={"brand": run_place.INSTALLATION},
            )  # fmt: skip


def _is_busy(app: App, scope: Scope, board: jobs.Board, *, own: bool) -> bool:
    """Whether what is shown changes by itself."""
    if not own:
        return bool(board.running or board.waiting)
    with jobs.runs_tx(app, scope, is_installation=True) as tx:
        return bool(jobs.running(tx) or jobs.count_waiting(tx, jobs.RunFilter(until=tx.now)))


def _open(app: App, scope: Scope) -> None:
    """What people are told of a start names it by its own id: its latest run opens, or what is known without one."""
    start_id = run_start.asked_start()
    if start_id is None or run_drawer.asked_run() is not None or run_start.is_lost(app, scope, start_id):
        return
    if found := jobs.run_of_start(app, scope, start_id):
        st.query_params.pop(run_start.OPEN)
        st.query_params[run_drawer.OPEN] = str(found.id)


def _live(app: App, scope: Scope, zone: str, *, was_busy: bool, may_retry: bool, may_system: bool) -> None:
    """Everything that changes by itself, read anew on every look, oftener while something runs."""
    with app.tx(scope) as tx:
        board, now = jobs.board(tx), tx.now
    own = run_place.asked_filter(zone, may_system=may_system).is_installation
    if was_busy and not session.get(run_bulk.ASKING) and not _is_busy(app, scope, board, own=own):
        st.rerun()
    newest = None if own or not board.lines else _board(app, scope, zone, board, now, may_retry=may_retry)
    opened = run_list.draw(app, scope, zone, board, may_act=may_retry, may_system=may_system)
    if opened or newest:
        name, value = opened or (run_drawer.OPEN, str(newest))
        st.query_params[name] = value
        st.rerun()


def _board(app: App, scope: Scope, zone: str, board: jobs.Board, now: datetime, *, may_retry: bool) -> int | None:
    """The organisation's own figures and kinds of job; the latest run of the one that was pressed in this run."""
    run_tiles.tiles(board, now)
    lines = [job_line(line, zone, now, may_retry=may_retry) for line in sorted(board.lines, key=trouble_first)]
    told = runs(lines, key="jobs-board")
    html(legend())
    if told.act:
        _retry(app, scope, told.act[1])
        st.rerun()
    return next((line.runs[0].id for line in board.lines if line.name == told.opened and line.runs), None)


def _retry(app: App, scope: Scope, name: str | None) -> None:
    with notices(quiet_error=True):
        count = jobs.retry_failed(app, scope, name)
        waits = "It waits in the queue already."
        tell(f"Started {count} again. You can leave this page." if count else waits)
