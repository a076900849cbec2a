"""The form of a schedule: what, when, limits, what follows, whose; beside it the next five runs and a dry run."""

import math
import time
from dataclasses import dataclass
from uuid import UUID

import streamlit as st

from pages.parts import doors, paths, schedule_acts, session
from pages.parts.look import card, card_head, header
from pages.parts.markup import chip, html
from pages.parts.notices import notices, tell
from pages.parts.schedule_begun import Held, held, keep, start_over
from pages.parts.schedule_desk import Desk, read
from pages.parts.schedule_drawer import does
from pages.parts.schedule_entered import Entered
from pages.parts.schedule_more import people_card, rules_card, then_card
from pages.parts.schedule_params import wrong
from pages.parts.schedule_what import what_card
from pages.parts.schedule_when import preview_card, when_card
from pages.parts.zones import when
from services import jobs
from services.kit.errors import UserError

_SAVED: session.Slot[float] = session.Slot("schedule", "saved", -math.inf)
_DOUBLE_SECONDS = 1.0


@dataclass(frozen=True)
class Editor:
    """`key` names the form: one per kind that is new, per schedule that is changed and per one that is copied."""

    key: str
    title: str
    first: Entered
    schedule_id: UUID | None = None


def draw(editor: Editor, kinds: list[jobs.Kind], desk: Desk) -> None:
    """The whole view: header with the one primary button, form on the left, what comes of it on the right."""
    before = held(editor.key, editor.first)
    kind = jobs.get_kind(editor.first.kind)
    with header(editor.title, kind.title, chips_html=_kept(before)):
        over = st.empty()
        if st.button("Back", icon=":material/arrow_back:", key="schedules-back"):
            _leave(editor)
        save = st.button("Save" if editor.schedule_id else "Make the schedule", type="primary", icon=":material/check:",
                         key="schedules-save", shortcut="Ctrl+Enter")  # fmt: skip
    checking: session.Slot[bool] = session.Slot("schedules", f"checking-{editor.key}", False)
    if save:
        session.put(checking, True)
    left, right = st.columns([1.6, 1], gap="medium")
    with left:
        entered = _fields(before.entered, kind, kinds, desk, editor.key, is_checked=session.get(checking))
    keep(editor.key, before, entered)
    if entered != before.first:
        over.button("Start over", icon=":material/restart_alt:", type="tertiary", key="schedules-start-over",
                    on_click=start_over, args=(editor.key,))  # fmt: skip
    with right, st.container(key="schedules-beside"):
        preview_card(entered, entered.zone, desk.viewer, desk.now)
        if _trial_card(entered, editor.key) is True:
            session.put(checking, True)
            st.rerun()
    if save:
        _save(editor, entered)


def _kept(before: Held) -> str:
    return chip("Not saved yet: kept as you left it", "yellow", "edit_note") if before.is_found else ""


def _leave(editor: Editor) -> None:
    """Back to where it came from: the drawer of what is changed, or the list."""
    paths.go("schedules", **({schedule_acts.OPEN: str(editor.schedule_id)} if editor.schedule_id else {}))


def _fields(
    entered: Entered, kind: jobs.Kind, kinds: list[jobs.Kind], desk: Desk, key: str, *, is_checked: bool
) -> Entered:
    """Draw every card; returns what stands in them now. Errors of fields are told once somebody asked for more."""
    check = wrong if is_checked else None
    found = {
        **what_card(entered, kind, check, desk, key),
        **when_card(entered, key),
        **rules_card(entered, key),
        **then_card(entered, kinds, check, key),
        **people_card(entered, desk.members, key),
    }
    return entered.model_copy(update=found)


def _trial_card(entered: Entered, key: str) -> bool:
    """Try it without keeping anything; True where its parameters are not right yet."""
    slot: session.Slot[tuple[Entered, tuple[str, ...]] | None] = session.Slot("schedules", f"dry-{key}", None)
    with card("schedules-trial", gap="small"):
        card_head("Try it first")
        with st.container(horizontal=True, gap="small"):
            dry = st.button("Dry run", icon=":material/preview:", key="schedules-dry",
                            help="Says what it would do now, and does nothing.")  # fmt: skip
            now = st.button("Run once now", icon=":material/play_arrow:", key="schedules-run-once",
                            help="Starts it without a schedule.")  # fmt: skip
        is_wrong = bool(wrong(entered.kind, entered.parameters))
        if dry and not is_wrong:
            with notices(), st.spinner("Looking…"):
                told = jobs.rehearse(
                    doors.app(), doors.scope(), entered.kind, entered.parameters, brand_id=entered.brand_id
                )
                session.put(slot, (entered, tuple(told)))
        if now and not is_wrong:
            _run_once(entered)
        schedule_acts.show_started()
        shown = session.get(slot)
        if shown and shown[0].parameters == entered.parameters and shown[0].target == entered.target:
            html(does(shown[1]))
    return (dry or now) and is_wrong


def _run_once(entered: Entered) -> None:
    made: jobs.StartNow | None = None
    with notices():
        draft = entered.draft()
        then = jobs.Then(kind=draft.then_kind, parameters=draft.then_parameters) if draft.then_kind else None
        made = jobs.start_now(
            doors.app(), doors.scope(), draft.kind, draft.parameters, brand_id=draft.brand_id, then=then,
            is_installation=draft.is_installation,
        )  # fmt: skip
    if made is not None:
        schedule_acts.started_without(made, entered.name)


def _save(editor: Editor, entered: Entered) -> None:
    """Keep it, once: a second press of a double click finds the form empty again and does nothing."""
    if time.monotonic() - session.get(_SAVED) < _DOUBLE_SECONDS:
        _leave(editor)
        return
    if wrong(entered.kind, entered.parameters):
        tell("Nothing is kept yet: something in the fields is not right.", failed=True)
        st.rerun()
    try:
        told = _kept_now(editor, entered)
    except UserError as error:
        tell(error.sentence, failed=True)
        return
    session.put(_SAVED, time.monotonic())
    start_over(editor.key)
    tell(told)
    _leave(editor)


def _kept_now(editor: Editor, entered: Entered) -> str:
    """Keep it; the sentence that says when it starts."""
    app, scope, draft = doors.app(), doors.scope(), entered.draft()
    schedule_id = editor.schedule_id
    if schedule_id:
        jobs.change_schedule(app, scope, schedule_id, draft, entered.version)
    else:
        schedule_id = jobs.make_schedule(app, scope, draft)
    desk = read(doors.require())
    kept = desk.one(schedule_id)
    if kept is None or kept.next_fire_at is None:
        return "Kept. No time is left for it."
    if kept.paused_at is not None:
        return "Kept. It stays paused."
    return f"Kept. It starts {when(kept.next_fire_at, entered.zone, desk.now, viewer=desk.viewer)}."
