"""The version in the middle, exactly as it was drawn and stored, with the decision above it."""

from uuid import UUID

import streamlit as st

from pages.parts import approvals_acts as acts
from pages.parts import doors, session
from pages.parts.approvals_decision import decision
from pages.parts.approvals_opened import Opened
from pages.parts.approvals_when import Plan, short
from pages.parts.look import card
from pages.parts.markup import chip, esc, html
from pages.parts.preview_of import draw_preview
from pages.parts.previews.draw import preview
from pages.parts.previews.shown import Piece, Shown
from pages.parts.zones import ago
from services import approvals, media


def head(opened: Opened) -> None:
    """Name, version, who asked and what they said."""
    item = opened.item
    seals = [one.seal for one in opened.given] or [content.seal() for content in opened.contents.values()]
    sealed = f" seal {seals[0][:4]}" if seals else ""
    right = chip(f"v{item.version_number}{sealed}", "", "lock") + ("" if opened.waits else _state(item))
    note = f" · “{esc(item.note)}”" if item.note else ""
    waits = f'<div class="mut">{esc(_waits_for(opened))}</div>' if opened.waits else ""
    html(
        f'<div class="row"><span class="h cut" dir="auto">{esc(item.name)}</span>'
        f'<span class="sp row">{right}</span></div>'
        f'<div class="mut" dir="auto">{esc(item.asked_by_name)} asked {ago(item.asked_at, opened.now)} ago{note}</div>'
        f"{waits}"
    )


def _waits_for(opened: Opened) -> str:
    """Who waits for whom, and since when."""
    if opened.item.mode is approvals.Mode.NONE:
        return "This brand asks nobody: its author decides."
    level = f"Level {opened.at.level} of {opened.at.of}: " if opened.item.mode is approvals.Mode.LEVELS else ""
    all_of = " (all of them)" if opened.at.need is approvals.Need.ALL and len(opened.at.people) > 1 else ""
    waits = f"{level}waits" if level else "Waits"
    return f"{waits} for {opened.people or 'nobody'}{all_of} since {ago(opened.since, opened.now)}"


def _state(item: approvals.QueueItem) -> str:
    tone, symbol = ("green", "check") if item.state is approvals.RequestState.APPROVED else ("red", "close")
    return chip(item.state.value.capitalize(), tone, symbol)


def shown(opened: Opened) -> None:
    """The preview per channel, from the stored files."""
    keys = {item.file_key for content in opened.contents.values() for item in content.files}
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
    more += [f"cover: {content.cover.width}×{content.cover.height}"] if content.cover else []
    settings = [f"{name.replace('_', ' ')}: {value}" for name, value in sorted(content.settings.items())]
    return [f"Seal {content.seal()[:8]}", *sizes, *dict.fromkeys(alts), *more, *settings]


def _as_it_is(opened: Opened) -> str:
    """Without a channel: the files and the words."""
    version = opened.version
    placed = version.files if version.is_post else [one for one in (version.picture("feed"),) if one]
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
