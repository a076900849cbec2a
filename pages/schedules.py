"""Schedules: what starts by itself and when; making, changing, trying and pausing it."""

import streamlit as st

from pages.parts import doors, paths, schedule_acts, schedule_drawer, schedule_editor, schedule_kinds, schedule_list
from pages.parts.base import sheet
from pages.parts.counts import one_or_many
from pages.parts.empty import empty
from pages.parts.look import header
from pages.parts.notices import tell
from pages.parts.schedule_desk import Desk, read
from pages.parts.schedule_first import copied, edited, made_new
from pages.parts.zones import place
from services import identity, jobs

LOOKS_EVERY_SECONDS, IDLE_SECONDS = 3, 15  # while something runs, and until the next time comes


def page() -> None:
    person = doors.require()
    st.html(f"<style>{sheet('schedule.css')}</style>")
    asked = st.query_params
    if any(name in asked for name in ("new", "edit", "copy")):
        doors.require(identity.Act.SCHEDULE)
        _form(read(person))
        return
    _list(read(person))


def _list(desk: Desk) -> None:
    with header("Schedules", _summary(desk)):
        if desk.may and st.button("New schedule", type="primary", icon=":material/add:", key="schedules-new",
                                  shortcut="N"):  # fmt: skip
            paths.go("schedules", new="")
    opened = schedule_acts.asked()
    if opened is None:
        schedule_acts.show_started()
    if not desk.schedules:
        _nothing_yet(desk)
    else:

        def live() -> None:
            fresh = read(desk.person)
            schedule_list.draw(fresh)
            if desk.is_busy is not fresh.is_busy:
                st.rerun()

        st.fragment(live, run_every=LOOKS_EVERY_SECONDS if desk.is_busy else IDLE_SECONDS)()
    if opened is not None:
        schedule_drawer.drawer(opened)


def _summary(desk: Desk) -> str:
    paused = sum(one.paused_at is not None for one in desk.schedules)
    count = len(desk.schedules)
    parts = [
        f"{count or 'No'} {one_or_many(count, 'schedule', 'schedules')}",
        f"{paused} paused" if paused else "",
        f"times in {place(desk.zone)} unless said otherwise" if count else "",
    ]
    return " · ".join(part for part in parts if part)


def _nothing_yet(desk: Desk) -> None:
    sentence = (
        "A schedule starts a job by itself: once, again and again, or at times in words like “every weekday at 09:00”."
    )
    with empty("Nothing starts by itself yet", sentence, key="schedules"):
        if desk.may and st.button("Make the first schedule", icon=":material/add:", key="schedules-first"):
            paths.go("schedules", new="")


def _form(desk: Desk) -> None:
    """The editor, or the cards to choose a kind from first."""
    kinds = schedule_kinds.offered(may_system=desk.may_system)
    try:
        editor = _asked_for(desk, kinds)
    except jobs.ScheduleNotFound as error:
        tell(error.sentence, failed=True)
        paths.go("schedules")
        return
    if editor is None:
        with header("New schedule", "What should it do?"):
            if st.button("Back", icon=":material/arrow_back:", key="schedules-kinds-back"):
                paths.go("schedules")
        schedule_kinds.pick(kinds, {name: st.query_params[name] for name in ("brand",) if name in st.query_params})
        return
    schedule_editor.draw(editor, kinds, desk)


def _asked_for(desk: Desk, kinds: list[jobs.Kind]) -> schedule_editor.Editor | None:
    asked = st.query_params
    if "edit" in asked:
        return edited(desk, schedule_acts.id_of(asked["edit"]))
    if "copy" in asked:
        return copied(desk, schedule_acts.id_of(asked["copy"]))
    kind = next((one for one in kinds if one.name == asked.get("new")), None)
    return made_new(desk, kind, asked.get("brand", "")) if kind else None
