"""Jobs: what waits, what runs, what failed and how late things start; every run with its error."""

import streamlit as st

from pages.parts import doors, run_drawer, run_list, run_place, run_tiles
from pages.parts.empty import empty
from pages.parts.look import header
from pages.parts.markup import html
from pages.parts.notices import notices, tell
from pages.parts.run_words import job_line, trouble_first
from pages.parts.runs import legend, runs
from services import brands, identity, jobs
from services.kit.app import App
from services.kit.db import Scope

LOOKS_EVERY_SECONDS = 2


def page() -> None:
    person = doors.require()
    app, scope = doors.app(), doors.scope_of(person)
    may_retry = identity.can(person.role, identity.Act.SCHEDULE)
    with app.tx(scope) as tx:
        known, board = brands.brands(tx), jobs.board(tx)
    zone = known[0].time_zone if known else "UTC"
    right = header("Jobs", run_tiles.summary(board))
    if not board.lines:
        empty("Nothing has run yet", "Imports, posts and readings of results are listed here as they run.", key="jobs")
        return
    if may_retry and board.failed:
        right.button(
            f"Retry {len(board.failed)} failed", type="primary", icon=":material/refresh:", key="jobs-retry-all",
            on_click=_retry, args=(app, scope, None),
        )  # fmt: skip
    is_busy = bool(board.running or board.waiting)

    def live() -> None:
        _live(app, scope, zone, was_busy=is_busy, may_retry=may_retry)

    asked = run_drawer.asked_run() or _run_of_start(app, scope)
    st.fragment(live, run_every=LOOKS_EVERY_SECONDS if is_busy else None)()
    if asked is not None:
        run_drawer.drawer(asked, zone)


def _run_of_start(app: App, scope: Scope) -> int | None:
    """What people are told of a start names it by its own id: its latest run, or the list of lost ones."""
    start_id = st.query_params.pop("start", None)
    if not start_id:
        return None
    with app.tx(scope) as tx:
        found = jobs.newest_of(tx, start_id)
        is_lost = found is None and any(str(one.id) == start_id for one in jobs.lost_starts(tx, jobs.RunFilter()))
    if is_lost:
        run_place.go_to(state="lost")
    if found:
        st.query_params[run_drawer.OPEN] = str(found.id)
    return found.id if found else None


def _live(app: App, scope: Scope, zone: str, *, was_busy: bool, may_retry: bool) -> None:
    """Everything that changes by itself, read anew on every look; the last look ends the looking."""
    with app.tx(scope) as tx:
        board, now = jobs.board(tx), tx.now
    if was_busy and not (board.running or board.waiting):
        st.rerun()
    run_tiles.tiles(board, now)
    lines = [job_line(line, zone, now, may_retry=may_retry) for line in sorted(board.lines, key=trouble_first)]
    told = runs(lines, key="jobs-board")
    html(legend())
    if told.act:
        _retry(app, scope, told.act[1])
        st.rerun()
    newest = next((line.runs[0].id for line in board.lines if line.task == told.opened and line.runs), None)
    opened = run_list.draw(app, scope, zone, board, may_act=may_retry) or newest
    if opened:
        st.query_params[run_drawer.OPEN] = str(opened)
        st.rerun()


def _retry(app: App, scope: Scope, task: str | None) -> None:
    with notices(quiet_error=True):
        count = jobs.retry_failed(app, scope, task)
        waits = "It waits in the queue already."
        tell(f"Started {count} again. You can leave this page." if count else waits)
