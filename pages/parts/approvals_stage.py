"""The version in the middle, exactly as it was drawn and stored, with the decision above it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

import streamlit as st

from pages.parts import approvals_acts as acts
from pages.parts import doors, paths, session
from pages.parts.approvals_when import Plan, short
from pages.parts.look import card
from pages.parts.markup import chip, esc, html, icon
from pages.parts.notices import notices
from pages.parts.preview_of import draw_preview
from pages.parts.previews.draw import preview
from pages.parts.previews.shown import Piece, Shown
from pages.parts.zones import ago, when
from services import accounts, approvals, brands, creative, media


@dataclass(frozen=True)
class Opened:
    """One request with all that is shown of it, read in one transaction. `contents` and `problems` by channel."""

    item: approvals.QueueItem
    version: creative.Version
    before: creative.Version | None
    brand: brands.Brand
    channels: Sequence[accounts.Channel]
    contents: Mapping[UUID, approvals.SealedContent]
    problems: Mapping[UUID, Sequence[str]]
    given: Sequence[approvals.Approval]
    may_decide: bool
    is_mine: bool
    asked_by_me: bool
    now: datetime
    then: UUID | None

    @property
    def waits(self) -> bool:
        return self.item.state is approvals.RequestState.WAITING


def head(opened: Opened) -> None:
    """Name, version, who asked and what they said."""
    item = opened.item
    seals = [one.seal for one in opened.given] or [content.seal() for content in opened.contents.values()]
    sealed = f" seal {seals[0][:4]}" if seals else ""
    right = chip(f"v{item.version_number}{sealed}", "", "lock") + ("" if opened.waits else _state(item))
    note = f" · “{esc(item.note)}”" if item.note else ""
    html(
        f'<div class="row"><span class="h cut" dir="auto">{esc(item.name)}</span>'
        f'<span class="sp row">{right}</span></div>'
        f'<div class="mut" dir="auto">{esc(item.asked_by_name)} asked {ago(item.asked_at, opened.now)} ago{note}</div>'
    )


def _state(item: approvals.QueueItem) -> str:
    tone, symbol = ("green", "check") if item.state is approvals.RequestState.APPROVED else ("red", "close")
    return chip(item.state.value.capitalize(), tone, symbol)


def decision(opened: Opened, plan: Plan) -> None:
    """The buttons: approve, reject, edit; or why this person has none."""
    item = opened.item
    if not opened.may_decide:
        _no_decision(opened)
        return
    press = {"type": "primary", "icon": ":material/check:", "key": f"approvals-ok-{item.id}", "shortcut": "A",
             "width": "stretch", "disabled": not plan.channels or bool(plan.refusal)}  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        if plan.wall is None:
            if st.button("Approve & publish", **press):  # type: ignore[arg-type]
                _now_drawer(opened, plan)
        else:
            st.button("Approve & schedule", **press, on_click=_approval(opened, plan))  # type: ignore[arg-type]
        if st.button("Reject", icon=":material/close:", key=f"approvals-no-{item.id}", shortcut="X"):
            _reason(opened)
        _edit(item)


def _no_decision(opened: Opened) -> None:
    item = opened.item
    why = "You made this, so somebody else decides on it." if opened.is_mine else "Your role looks and does not decide."
    html(f'<div class="told blue">{icon("info")}<span>{why}</span></div>')
    if opened.is_mine:
        with st.container(horizontal=True, gap="small"):
            _edit(item)
            if opened.asked_by_me:
                st.button("Withdraw", icon=":material/undo:", key=f"approvals-withdraw-{item.id}",
                          on_click=acts.withdraw, args=(item.id, opened.then))  # fmt: skip


def _approval(opened: Opened, plan: Plan) -> Callable[[], None]:
    """The act behind the button, with everything as it is on screen now."""
    ids, zone = [channel.id for channel in plan.channels], opened.brand.time_zone
    out = "now" if plan.wall is None else when(plan.due_at, zone, opened.now)
    told = f"“{opened.item.name}” goes out {out}"
    return partial(acts.approve, opened.item.id, ids, plan.wall, zone, told, opened.then)


def _edit(item: approvals.QueueItem) -> None:
    if st.button("Edit", icon=":material/edit:", key=f"approvals-edit-{item.id}", shortcut="E"):
        paths.go("creator", draft=str(item.draft_id))


@st.dialog("Publish now?", icon=":material/send:")
def _now_drawer(opened: Opened, plan: Plan) -> None:
    many = f"{len(plan.channels)} channel{'s' if len(plan.channels) != 1 else ''}"
    html(f"Publish “{esc(opened.item.name)}” to {many} now? This cannot be taken back.")
    with st.container(horizontal=True, gap="small"):
        if st.button("Publish now", type="primary", key="approvals-now-yes"):
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


def shown(opened: Opened) -> None:
    """The preview per channel, from the stored files."""
    keys = {item.file_key for content in opened.contents.values() for item in content.media}
    by_id = {channel.id: channel for channel in opened.channels if channel.id in opened.contents}
    if not by_id:
        html(_as_it_is(opened))
        return
    slot: session.Slot[UUID | None] = session.Slot("approvals", "preview-of", None)
    if session.get(slot) not in by_id:
        session.put(slot, next(iter(by_id)))
    chosen = st.segmented_control(
        "Preview", list(by_id), key=slot.key, required=True, format_func=lambda one: short(by_id[one], by_id.values()),
        label_visibility="collapsed", width="stretch",
    )  # fmt: skip
    channel, content = by_id[chosen], opened.contents[chosen]
    places = media.addresses(doors.app(), list(keys))
    draw_preview(content, channel.name, channel.handle, places, page="approvals")
    html(f'<div class="mut note num">{" · ".join(map(esc, _facts(content)))}</div>')


def _facts(content: approvals.SealedContent) -> list[str]:
    """What the preview does not show of what is sealed: sizes, alt texts, first comment, settings."""
    sizes = [f"{item.width}×{item.height}" for item in content.media]
    alts = [f"alt: {item.alt_text}" for item in content.media if item.alt_text]
    more = [f"first comment: {content.first_comment}"] if content.first_comment else []
    settings = [f"{name.replace('_', ' ')}: {value}" for name, value in sorted(content.settings.items())]
    return [f"Seal {content.seal()[:8]}", *sizes, *dict.fromkeys(alts), *more, *settings]


def _as_it_is(opened: Opened) -> str:
    """Without a channel: the files and the words."""
    version = opened.version
    placed = version.media if version.is_post else [one for one in (version.picture("feed"),) if one]
    places = media.addresses(doors.app(), [one.file_key for one in placed])
    pieces = tuple(
        Piece(
            places.get(one.file_key, ""),
            one.alt_text,
            one.width / max(one.height, 1),
            one.content_type.startswith("video/"),
        )
        for one in placed
    )
    return preview("", Shown(opened.brand.name, opened.brand.name, version.caption, pieces))


def stage(opened: Opened, plan: Plan) -> None:
    """The card in the middle."""
    with card("approvals-stage", gap="small"):
        head(opened)
        if opened.waits:
            decision(opened, plan)
        elif any((opened.given, opened.item.state is approvals.RequestState.REJECTED)) and opened.may_decide:
            st.button("Take it back", icon=":material/undo:", key=f"approvals-back-{opened.item.id}",
                      on_click=acts.take_back, args=(opened.item.id,))  # fmt: skip
        shown(opened)
