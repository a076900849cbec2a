"""One run of a job: when, how long, how far, why it failed, and one more try."""

from datetime import datetime

import streamlit as st

from pages.parts import doors, paths
from pages.parts.look import card_head
from pages.parts.markup import bar, chip, esc, html
from pages.parts.notices import notices
from pages.parts.run_words import STATUS, is_late, lasted, late_words, progress, share, subject_page
from pages.parts.zones import when
from services import identity, jobs
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
    try:
        with doors.app().tx(doors.scope_of(person)) as tx:
            run, now = jobs.run(tx, run_id), tx.now
    except NotFound as error:
        html(f'<p class="mut">{esc(error.sentence)}</p>')
        return
    late = chip("late", "orange", "schedule") if is_late(run) else ""
    html(
        f'<div class="h" style="font-size:17px">{esc(jobs.task_words(run.task))}</div>'
        f'<div class="row" style="margin-top:8px;flex-wrap:wrap">{chip(*STATUS[run.status])}'
        f"<span>{esc(lasted(run, now))}</span>{late}</div>"
    )
    done = share(run)
    if done is not None and run.status is jobs.RunStatus.RUNNING:
        html(bar(done, "violet", f"{done:.0%}") + f'<div class="mut num">{esc(progress(run))} {esc(run.note)}</div>')
    if run.error:
        card_head("Error")
        html(f'<pre class="well" style="white-space:pre-wrap;overflow-wrap:anywhere;margin:0">{esc(run.error)}</pre>')
    _acts(run, person.role)
    card_head("Facts")
    html("".join(_fact(name, value) for name, value in _facts(run, zone, now) if value))


def _acts(run: jobs.Run, role: identity.Role) -> None:
    with st.container(horizontal=True, gap="small", key="jobs-run-acts"):
        may_retry = run.status in jobs.ENDED_BADLY and identity.can(role, identity.Act.SCHEDULE)
        if may_retry and st.button("Retry", type="primary", icon=":material/refresh:", key="jobs-run-retry"):
            with notices("Started. You can leave this page.", quiet_error=True):
                jobs.retry(doors.app(), doors.scope(), run.id)
            st.rerun()
        page = subject_page(run)
        if page and paths.has(page[0]) and st.button("Show it", icon=":material/arrow_forward:", key="jobs-run-show"):
            paths.go(page[0], **page[1])


def _facts(run: jobs.Run, zone: str, now: datetime) -> list[tuple[str, str]]:
    return [
        ("Due", when(run.due_at, zone, now) if run.due_at else ""),
        ("Started", when(run.started_at, zone, now)),
        ("After its time", late_words(run)),
        ("Finished", when(run.finished_at, zone, now) if run.finished_at else ""),
        ("Progress", progress(run)),
        ("Note", run.note),
        ("Try", str(run.attempt)),
        ("Task", run.task),
        ("Job", str(run.job_id)),
        ("Works on", run.subject_id or ""),
    ]


def _fact(name: str, value: str) -> str:
    return (
        f'<div class="row say"><span class="mut">{esc(name)}</span>'
        f'<span class="sp num" style="overflow-wrap:anywhere">{esc(value)}</span></div>'
    )
