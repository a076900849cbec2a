"""One schedule: what it does and when, its next five times, what became of its latest, and all that may be done."""

from uuid import UUID

import streamlit as st

from pages.parts import doors, paths, schedule_acts, session
from pages.parts.base import sheet
from pages.parts.look import card_head
from pages.parts.markup import chip, esc, html, icon
from pages.parts.notices import notices
from pages.parts.schedule_course import follow
from pages.parts.schedule_desk import Desk, read
from pages.parts.schedule_params import told_parameters
from pages.parts.schedule_words import (
    STATES,
    for_whom,
    kind_title,
    owner_words,
    state_of,
    zone_of,
)
from pages.parts.zones import span, when
from services import jobs

_DRY: session.Slot[tuple[str, ...]] = session.Slot("schedules", "drawer-told", ())


@st.dialog("Schedule", position="right", width="medium", icon=":material/event_repeat:",
           on_dismiss=schedule_acts.close)  # fmt: skip
def drawer(schedule_id: UUID) -> None:
    """The drawer on the right; its address can be sent to a colleague."""
    st.html(f"<style>{sheet('schedule.css')}</style>")
    desk = read(doors.require())
    found = desk.one(schedule_id)
    if found is None:
        html(f'<p class="mut">{esc(jobs.ScheduleNotFound().sentence)}</p>')
        return
    zone = zone_of(found, desk.brands)
    html(
        f'<div class="h" style="font-size:17px;overflow-wrap:anywhere">{esc(found.name)}</div>'
        f'<div class="row" style="margin-top:8px;flex-wrap:wrap">{chip(*STATES[state_of(found)])}'
        f"<span>{esc(kind_title(found.kind))} · {esc(for_whom(found, desk.brands))}</span></div>"
    )
    if found.problem:
        html(f'<div class="told red" role="alert">{icon("error")}<span>{esc(found.problem)}</span></div>')
    schedule_acts.show_started(found.id)
    if desk.may:
        _acts(found, zone)
    follow(found, zone, desk)
    card_head("Facts")
    html("".join(_fact(name, value) for name, value in _facts(found, desk, zone) if value))


def _acts(found: jobs.Schedule, zone: str) -> None:
    with st.container(horizontal=True, gap="small", key="schedules-drawer-acts"):
        if st.button("Run now", type="primary", icon=":material/play_arrow:", key="schedules-drawer-run"):
            schedule_acts.run_now(found, zone)
            st.rerun()
        if st.button("Dry run", icon=":material/preview:", key="schedules-drawer-dry"):
            session.put(_DRY, _rehearsed(found))
        if found.paused_at and st.button("Resume", icon=":material/resume:", key="schedules-drawer-resume"):
            schedule_acts.resume(found, zone)
            st.rerun()
        if not found.paused_at and st.button("Pause", icon=":material/pause:", key="schedules-drawer-pause"):
            schedule_acts.pause(found)
            st.rerun()
        if st.button("Edit", icon=":material/edit:", key="schedules-drawer-edit"):
            paths.go("schedules", edit=str(found.id))
        if st.button("Duplicate", icon=":material/content_copy:", key="schedules-drawer-copy"):
            paths.go("schedules", copy=str(found.id))
        if st.button("Delete", icon=":material/delete:", type="tertiary", key="schedules-drawer-delete"):
            schedule_acts.remove(found)
            st.rerun()
    if told := session.pop(_DRY):
        html(does(told))


def _rehearsed(found: jobs.Schedule) -> tuple[str, ...]:
    told: list[str] = []
    with notices(), st.spinner("Looking…"):
        told = jobs.rehearse(doors.app(), doors.scope(), found.kind, found.parameters, brand_id=found.brand_id)
    return tuple(told)


def does(told: tuple[str, ...]) -> str:
    """The sentences of a dry run, as safe HTML."""
    lines = "".join(f"<li>{icon('chevron_right')}<span>{esc(one)}</span></li>" for one in told)
    return f'<div class="well" role="status"><ul class="does">{lines}</ul></div>'


def _facts(found: jobs.Schedule, desk: Desk, zone: str) -> list[tuple[str, str]]:
    return [
        *told_parameters(found.kind, found.parameters),
        ("When it still runs", found.overlap.words),
        ("A missed time", found.misfire.words),
        ("On time up to", f"{span(found.grace_seconds)} late"),
        ("Starts are spread over", span(found.jitter_seconds) if found.jitter_seconds else ""),
        ("From", when(found.starts_at, zone, desk.now) if found.starts_at else ""),
        ("Until", when(found.ends_at, zone, desk.now) if found.ends_at else ""),
        ("Then", kind_title(found.then_kind) if found.then_kind else ""),
        ("Owner", owner_words(found, desk.members)),
        ("Note", found.note),
        ("Last changed", when(found.updated_at, zone, desk.now)),
    ]


def _fact(name: str, value: str) -> str:
    return (
        f'<div class="row say"><span class="mut">{esc(name)}</span>'
        f'<span class="sp" style="overflow-wrap:anywhere;text-align:right">{esc(value)}</span></div>'
    )
