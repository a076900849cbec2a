"""One run of a job: when, how long, how far, why it failed, and one more try."""

from datetime import datetime
from uuid import UUID

import streamlit as st

from pages.parts import doors, paths
from pages.parts.look import card_head
from pages.parts.markup import bar, chip, esc, html
from pages.parts.notices import notices
from pages.parts.run_rows import cost, names_of, started_by, with_rest
from pages.parts.run_story import LOOKS_EVERY_SECONDS, story
from pages.parts.run_words import STATUS, is_late, lasted, late_words, progress, share, subject_page, title
from pages.parts.zones import when
from services import identity, jobs
from services.kit.app import App
from services.kit.db import Scope
from services.kit.errors import NotFound

OPEN = "run"


def asked_run() -> int | None:
    """The run whose drawer the address asks for."""
    asked = st.query_params.get(OPEN, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None


def _closed() -> None:
    st.query_params.pop(OPEN, None)


@st.dialog("Run", position="right", width="medium", icon=":material/sync:", on_dismiss=_closed)
def drawer(run_id: int, zone: str) -> None:
    """The drawer on the right; its address can be sent to a colleague."""
    person = doors.require()
    app, scope = doors.app(), doors.scope_of(person)
    try:
        run, now = jobs.find_run(app, scope, run_id), app.clock.now()
    except NotFound as error:
        html(f'<p class="mut">{esc(error.sentence)}</p>')
        return
    names = names_of(app, scope, [run], is_installation=run.org_id is None)
    late = chip("late", "orange", "schedule") if is_late(run) else ""
    html(
        f'<div class="h" style="font-size:17px">{esc(title(run.name))}</div>'
        f'<div class="row" style="margin-top:8px;flex-wrap:wrap">{chip(*STATUS[run.status])}'
        f"<span>{esc(lasted(run, now))}</span>{late}</div>"
    )
    if run.status is jobs.RunStatus.RUNNING:
        st.fragment(lambda: _course(app, scope, run), run_every=LOOKS_EVERY_SECONDS)()
    if run.error:
        card_head("Error")
        html(f'<pre class="well" style="white-space:pre-wrap;overflow-wrap:anywhere;margin:0">{esc(run.error)}</pre>')
    if what := jobs.what_to_do(run):
        card_head("What to do")
        html(f"<p>{esc(what)}</p>")
    _acts(run, person.role, _schedule_id(run))
    story(app, scope, run, zone, now)
    card_head("Facts")
    whose = "The whole installation" if run.org_id is None else ""
    facts = [*_facts(run, zone, now), ("Works for", whose), ("Started by", started_by(run, names))]
    html("".join(fact(name, value) for name, value in facts if value))


def _course(app: App, scope: Scope, run: jobs.Run) -> None:
    """How far it is; once it has ended, everything here is drawn anew."""
    with jobs.runs_tx(app, scope, is_installation=run.org_id is None) as tx:
        now = jobs.run(tx, run.id)
    if now.status is not run.status:
        st.rerun()
    done, told = share(now), " ".join(part for part in (progress(now), now.note) if part)
    if told:
        drawn = bar(done, "violet", f"{done:.0%}") if done is not None else ""
        html(f'{drawn}<div class="mut num">{esc(told)}</div>')


def _schedule_id(run: jobs.Run) -> UUID | None:
    """The schedule that set it off, by itself or by "Run now", while there is one."""
    try:
        return jobs.find_start(doors.app(), doors.scope(), UUID(run.subject_id)).schedule_id if run.kind else None
    except (NotFound, ValueError):
        return None


def _acts(run: jobs.Run, role: identity.Role, schedule_id: UUID | None) -> None:
    may_act = identity.can(role, identity.Act.SYSTEM if run.org_id is None else identity.Act.SCHEDULE)
    with st.container(horizontal=True, gap="small", key="jobs-run-acts"):
        if may_act and run.status in (*jobs.ENDED_BADLY, jobs.RunStatus.ABORTED) and not run.retried_at:
            _retry(run)
        if may_act and run.status in (jobs.RunStatus.RUNNING, jobs.RunStatus.RETRYING):
            _stop(run)
        page = subject_page(run)
        if page and paths.has(page[0]) and st.button("Show it", icon=":material/arrow_forward:", key="jobs-run-show"):
            paths.go(page[0], **page[1])
        if schedule_id and st.button("Its schedule", icon=":material/event_repeat:", key="jobs-run-schedule"):
            paths.go("schedules", schedule=str(schedule_id))


def _retry(run: jobs.Run) -> None:
    words = "Release and retry" if run.status is jobs.RunStatus.QUARANTINED else "Retry"
    if st.button(words, type="primary", icon=":material/refresh:", key="jobs-run-retry"):
        with notices("Started. You can leave this page.", quiet_error=True):
            jobs.retry(doors.app(), doors.scope(), run.id, is_installation=run.org_id is None)
        st.rerun()


def _stop(run: jobs.Run) -> None:
    runs_on = "It is asked to stop. Most jobs end within seconds and run to their end."
    if st.button("Cancel", icon=":material/block:", key="jobs-run-stop", help=runs_on):
        with notices("Asked to stop.", quiet_error=True):
            jobs.stop_run(doors.app(), doors.scope(), run.id, is_installation=run.org_id is None)
        st.rerun()


def _facts(run: jobs.Run, zone: str, now: datetime) -> list[tuple[str, str]]:
    return [
        ("Due", when(run.due_at, zone, now) if run.due_at else ""),
        ("Started", when(run.started_at, zone, now)),
        ("After its time", late_words(run)),
        ("Finished", when(run.finished_at, zone, now) if run.finished_at else ""),
        ("Progress", with_rest(run, now)),
        ("Cost", cost(run)),
        ("Note", run.note),
        ("Try", str(run.attempt)),
        ("Task", run.task),
        ("Job", str(run.job_id)),
        ("Works on", run.subject_id or ""),
        ("Trace", run.trace_id or ""),
        ("Started again", when(run.retried_at, zone, now) if run.retried_at else ""),
    ]


def fact(name: str, value: str) -> str:
    """A line of facts, as safe HTML."""
    return (
        f'<div class="row say"><span class="mut">{esc(name)}</span>'
        f'<span class="sp num" style="overflow-wrap:anywhere">{esc(value)}</span></div>'
    )
