"""What people do to a schedule: run it now, pause and resume it, delete it and take that back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import streamlit as st

from pages.parts import doors, paths, session
from pages.parts.markup import esc, html, icon
from pages.parts.notices import notices, tell
from pages.parts.schedule_words import reader
from pages.parts.zones import when
from services import jobs
from services.jobs import Schedule

OPEN = "schedule"
_SHOWN_FOR = timedelta(minutes=5)


@dataclass(frozen=True)
class Started:
    """What was started last in this tab, when, and when its schedule, if it has one, starts the next by itself."""

    start_id: UUID
    name: str
    then: str
    at: datetime
    schedule_id: UUID | None = None
    happened: str = "was started"


_STARTED: session.Slot[Started | None] = session.Slot("schedules", "started", None)


def run_now(found: Schedule, zone: str) -> None:
    """Start it; what was started is told above the list, with the way to its run."""
    with notices(quiet_error=True):
        app, scope, now = doors.app(), doors.scope(), doors.app().clock.now()
        told = jobs.run_now(app, scope, found.id, is_installation=found.org_id is None)
        then = "It has no next time by itself."
        if told.next_at:
            then = f"Its next time stays {when(told.next_at, zone, now, viewer=reader())}."
        elif found.paused_at:
            then = "It stays paused."
        session.put(_STARTED, Started(told.start_id, found.name, then, now, found.id))


def started_without(made: jobs.StartNow, name: str) -> None:
    """Something was started that has no schedule, or is under way already."""
    now = doors.app().clock.now()
    if made.is_new:
        session.put(_STARTED, Started(made.start_id, name, "It runs this once.", now))
        return
    then = "Somebody started the same before; it was not started a second time."
    session.put(_STARTED, Started(made.start_id, name, then, now, happened="is under way already"))


def show_started(only: UUID | None = None) -> None:
    """
    What was started last, for some minutes or until it is closed.

    :param only: nothing where it was another schedule than this
    """
    found = session.get(_STARTED)
    if found is None or (only and found.schedule_id != only) or doors.app().clock.now() - found.at > _SHOWN_FOR:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="schedules-started-bar"):
        words = f"<b>“{esc(found.name)}”</b> {esc(found.happened)}. {esc(found.then)}"
        html(f'<div class="told blue" role="status">{icon("play_arrow")}<span>{words}</span></div>', width="stretch")
        if st.button("See the run", icon=":material/arrow_forward:", key="schedules-started-see"):
            session.pop(_STARTED)
            see_start(found.start_id)
        st.button("", icon=":material/close:", key="schedules-started-close", type="tertiary", help="Close",
                  on_click=session.pop, args=(_STARTED,))  # fmt: skip


def see_start(start_id: UUID) -> None:
    """Open the run of a start; until it has one, what is known of it."""
    paths.go("jobs", start=str(start_id))


def see_run(run_id: str) -> None:
    paths.go("jobs", run=run_id)


def see(run_or_start: str) -> None:
    """Open what a dot stands for: its run, or the start that has none yet."""
    see_run(run_or_start) if run_or_start.isdigit() else paths.go("jobs", start=run_or_start)


def pause(found: Schedule) -> None:
    with notices("Paused. What runs or waits for its turn goes on.", quiet_error=True):
        jobs.pause(doors.app(), doors.scope(), found.id, is_installation=found.org_id is None)


def resume(found: Schedule, zone: str) -> None:
    with notices(quiet_error=True):
        at = jobs.resume(doors.app(), doors.scope(), found.id, is_installation=found.org_id is None)
        now = doors.app().clock.now()
        tell(f"Goes on {when(at, zone, now, viewer=reader())}." if at else "Goes on, but no time is left for it.")


def remove(found: Schedule) -> None:
    """Delete it; for a few seconds that can be taken back."""
    app, scope = doors.app(), doors.scope()
    with notices(f"“{found.name}” was deleted. What waits is cancelled, what runs goes on.", quiet_error=True,
                 undo=partial(jobs.restore, app, scope, found)):  # fmt: skip
        jobs.remove(app, scope, found.id, is_installation=found.org_id is None)
        session.pop(_STARTED)
    close()


def close() -> None:
    """Leave the drawer."""
    st.query_params.pop(OPEN, None)


def asked() -> UUID | None:
    """The schedule whose drawer the address asks for."""
    return id_of(st.query_params.get(OPEN, ""))


def id_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
