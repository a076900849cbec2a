"""The buttons above the version: approve, one yes of several, reject, edit, withdraw; or why this person has none."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.parts import approvals_acts as acts
from pages.parts import paths
from pages.parts.approvals_opened import Opened
from pages.parts.approvals_when import Plan
from pages.parts.markup import esc, html, icon
from pages.parts.notices import notices
from pages.parts.zones import when
from services import approvals
from services.kit.text import counted


def decision(opened: Opened, plan: Plan) -> None:
    """The buttons: approve, reject, edit; or why this person has none."""
    item = opened.item
    if not opened.may_decide:
        _no_decision(opened)
        return
    if not opened.is_final:
        _one_yes(opened)
        return
    press = {"type": "primary", "icon": ":material/check:", "key": f"approvals-ok-{item.id}", "shortcut": "A",
             "width": "stretch", "disabled": not plan.channels or bool(plan.refusal)}  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        if plan.wall is None or opened.say is approvals.Say.CONFIRM:
            words = "Approve & publish" if plan.wall is None else "Approve & schedule"
            if st.button(words, **press):  # type: ignore[arg-type]
                _sure(opened, plan)
        else:
            st.button("Approve & schedule", **press, on_click=_approval(opened, plan))  # type: ignore[arg-type]
        _reject(opened)
        _edit(item)
        if opened.say is approvals.Say.CONFIRM and opened.asked_by_me:
            _withdraw(opened)


def _one_yes(opened: Opened) -> None:
    """A yes at a level after which others decide: nothing is sealed or planned by it."""
    item, at = opened.item, opened.at
    told = f"Your yes to “{item.name}” is kept"
    with st.container(horizontal=True, gap="small"):
        st.button(f"Approve level {at.level} of {at.of}", type="primary", icon=":material/check:", width="stretch",
                  key=f"approvals-ok-{item.id}", shortcut="A",
                  on_click=acts.approve,
                  args=(item.id, (), None, opened.brand.time_zone, told, opened.then))  # fmt: skip
        _reject(opened)
        _edit(item)


def _reject(opened: Opened) -> None:
    if st.button("Reject", icon=":material/close:", key=f"approvals-no-{opened.item.id}", shortcut="X"):
        _reason(opened)


def _no_decision(opened: Opened) -> None:
    item = opened.item
    html(f'<div class="told blue">{icon("info")}<span>{esc(_why_not(opened))}</span></div>')
    with st.container(horizontal=True, gap="small"):
        if opened.is_mine:
            _edit(item)
        if opened.asked_by_me:
            _withdraw(opened)
        if item.signed and opened.me in {one.user_id for one in item.signed if one.level == item.signed[-1].level}:
            st.button("Take it back", icon=":material/undo:", key=f"approvals-back-{item.id}",
                      on_click=acts.take_back, args=(item.id,))  # fmt: skip


def _why_not(opened: Opened) -> str:
    if opened.say is approvals.Say.OTHERS:
        said = "You said yes. " if opened.me in {one.user_id for one in opened.item.signed} else ""
        return f"{said}Level {opened.at.level} of {opened.at.of} waits for {opened.people}."
    mine = "You made this, so somebody else decides on it."
    return mine if opened.is_mine else "Your role looks and does not decide."


def _withdraw(opened: Opened) -> None:
    st.button("Withdraw", icon=":material/undo:", key=f"approvals-withdraw-{opened.item.id}",
              on_click=acts.withdraw, args=(opened.item.id, opened.then))  # fmt: skip


def _approval(opened: Opened, plan: Plan) -> Callable[[], None]:
    """The act behind the button, with everything as it is on screen now."""
    ids, zone = [channel.id for channel in plan.channels], opened.brand.time_zone
    out = "now" if plan.wall is None else when(plan.due_at, zone, opened.now)
    told = f"“{opened.item.name}” goes out {out}"
    confirmed = opened.say is approvals.Say.CONFIRM
    return partial(acts.approve, opened.item.id, ids, plan.wall, zone, told, opened.then, confirmed=confirmed)


def _edit(item: approvals.QueueItem) -> None:
    if st.button("Edit", icon=":material/edit:", key=f"approvals-edit-{item.id}", shortcut="E"):
        paths.go("creator", draft=str(item.draft_id))


def _sure(opened: Opened, plan: Plan) -> None:
    (_now_drawer if plan.wall is None else _alone_drawer)(opened, plan)


@st.dialog("Publish now?", icon=":material/send:")
def _now_drawer(opened: Opened, plan: Plan) -> None:
    many = counted(len(plan.channels), "channel")
    html(f"Publish “{esc(opened.item.name)}” to {many} now? This cannot be taken back.{_alone(opened)}")
    _yes_or_no(opened, plan, "Publish now")


@st.dialog("Without another look?", icon=":material/person_check:")
def _alone_drawer(opened: Opened, plan: Plan) -> None:
    out = when(plan.due_at, opened.brand.time_zone, opened.now)
    html(f"“{esc(opened.item.name)}” goes out {esc(out)}.{_alone(opened)}")
    _yes_or_no(opened, plan, "Schedule it")


def _alone(opened: Opened) -> str:
    if opened.say is not approvals.Say.CONFIRM:
        return ""
    return " You made it, and nobody else looked at it; the approval will say so."


def _yes_or_no(opened: Opened, plan: Plan, yes: str) -> None:
    with st.container(horizontal=True, gap="small"):
        if st.button(yes, type="primary", key="approvals-now-yes"):
            _approval(opened, plan)()
            st.rerun()
        if st.button("Keep waiting", key="approvals-now-no"):
            st.rerun()


@st.dialog("Reject", icon=":material/close:")
def _reason(opened: Opened) -> None:
    name = opened.item.name
    reason = st.text_area("Why?", key=f"approvals-reason-{opened.item.id}", max_chars=approvals.REASON_MAX,
                          placeholder="What would make the next version better?")  # fmt: skip
    if st.button("Reject", type="primary", key="approvals-reject-now", shortcut="Ctrl+Enter"):
        if not reason.strip():
            with notices():
                raise approvals.ReasonMissing()
            return
        acts.reject(opened.item.id, reason, f"“{name}” goes back with your reason", opened.then)
        st.rerun()
