"""What somebody or a schedule wished and has no run: what happened, why, what to do, and once more."""

import json
from datetime import datetime
from uuid import UUID

import streamlit as st

from pages.parts import doors, paths
from pages.parts.look import card_head
from pages.parts.markup import chip, esc, html
from pages.parts.notices import notices
from pages.parts.rows import Chip
from pages.parts.run_bulk import start_again
from pages.parts.run_drawer import fact
from pages.parts.run_rows import names_of, started_by
from pages.parts.run_story import well
from pages.parts.run_words import title
from pages.parts.zones import when
from services import brands, identity, jobs
from services.jobs import StartState
from services.kit.app import App
from services.kit.db import Scope
from services.kit.errors import NotFound

OPEN = "start"
_STATES: dict[StartState, Chip] = {
    StartState.WAITING: ("Waiting", "blue", "hourglass_top"),
    StartState.RUNNING: ("Running", "violet", "sync"),
    StartState.RETRYING: ("Retrying", "yellow", "refresh"),
    StartState.SUCCEEDED: ("Done", "green", "check_circle"),
    StartState.FAILED: ("Failed", "red", "error"),
    StartState.CRASHED: ("Crashed", "red", "bolt"),
    StartState.CANCELLED: ("Cancelled", "gray", "block"),
    StartState.LOST: ("Lost, never ran", "red", "help"),
}


def asked_start() -> UUID | None:
    """The start whose drawer the address asks for."""
    try:
        return UUID(st.query_params.get(OPEN, ""))
    except ValueError:
        return None


def is_lost(app: App, scope: Scope, start_id: UUID) -> bool:
    """Whether it never ran, and its own drawer says more than any run."""
    try:
        return jobs.find_start(app, scope, start_id).state is StartState.LOST
    except NotFound:
        return False


def _closed() -> None:
    st.query_params.pop(OPEN, None)


@st.dialog("Job", position="right", width="medium", icon=":material/sync:", on_dismiss=_closed)
def drawer(start_id: UUID, zone: str) -> None:
    """The drawer on the right; its address can be sent to a colleague."""
    person = doors.require()
    app, scope = doors.app(), doors.scope_of(person)
    try:
        start = jobs.find_start(app, scope, start_id)
    except NotFound as error:
        html(f'<p class="mut">{esc(error.sentence)}</p>')
        return
    told = jobs.start_words(start)
    html(
        f'<div class="h" style="font-size:17px">{esc(title(start.kind))}</div>'
        f'<div class="row" style="margin-top:8px;flex-wrap:wrap">{chip(*_STATES[start.state])}</div>'
    )
    for head, said in (("What happened", told.happened), ("Why", told.why), ("What to do", told.to_do)):
        if said:
            card_head(head)
            html(f'<p style="overflow-wrap:anywhere">{esc(said)}</p>')
    _acts(app, scope, start, person.role)
    if start.parameters:
        card_head("Given")
        html(well(json.dumps(start.parameters, indent=1, ensure_ascii=False)))
    card_head("Facts")
    html("".join(fact(name, value) for name, value in _facts(app, scope, start, zone, app.clock.now()) if value))


def _acts(app: App, scope: Scope, start: jobs.Start, role: identity.Role) -> None:
    own = start.org_id is None
    may_act = identity.can(role, identity.Act.SYSTEM if own else identity.Act.SCHEDULE)
    with jobs.runs_tx(app, scope, is_installation=own) as tx:
        again = jobs.again_of(tx, start.id)
    with st.container(horizontal=True, gap="small", key="jobs-start-acts"):
        if again:
            if st.button("Started again: see it", icon=":material/arrow_forward:", key="jobs-start-see"):
                paths.go("jobs", start=str(again))
        elif may_act and start.state.is_over:
            if st.button("Start again", type="primary", icon=":material/refresh:", key="jobs-start-again"):
                start_again(app, scope, start.id, is_installation=own)
                st.rerun()
        elif may_act and st.button("Cancel", icon=":material/block:", key="jobs-start-cancel"):
            with notices("Cancelled.", quiet_error=True):
                jobs.cancel_start(app, scope, start.id, is_installation=own)
            st.rerun()
        if start.schedule_id and st.button("Its schedule", icon=":material/event_repeat:", key="jobs-start-schedule"):
            paths.go("schedules", schedule=str(start.schedule_id))


def _facts(app: App, scope: Scope, start: jobs.Start, zone: str, now: datetime) -> list[tuple[str, str]]:
    names = names_of(app, scope, [start], is_installation=start.org_id is None)
    with app.tx(scope) as tx:
        brand = next((one.name for one in brands.brands(tx) if one.id == start.brand_id), "")
    return [
        ("Due", when(start.due_at, zone, now) if start.due_at else ""),
        ("Wished", when(start.created_at, zone, now)),
        ("Ended", when(start.finished_at, zone, now) if start.finished_at else ""),
        ("Works for", "The whole installation" if start.org_id is None else brand),
        ("Started by", started_by(start, names)),
        ("Then", title(start.then_kind) if start.then_kind else ""),
        ("Start", str(start.id)),
    ]
