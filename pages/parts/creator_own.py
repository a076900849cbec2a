"""What one platform has of its own: format, text, first comment, and the format's settings."""

from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID

import streamlit as st

from pages.parts import creator_lists as lists
from pages.parts import creator_stored as stored
from pages.parts import creator_typing as typing
from pages.parts import doors, session
from pages.parts.creator_counts import of_content
from pages.parts.creator_cover import cover_field
from pages.parts.markup import esc, html, icon
from pages.parts.notices import notices
from pages.parts.preview_of import spec_for
from pages.parts.writing import told_text, writing
from services import accounts, approvals, creative, publishing


def text_names(platforms: Sequence[str]) -> list[str]:
    """The names of every text that a platform may have of its own, in any of its formats, for `creator_typing`."""
    return [stored.on(platform, name) for platform in platforms for name in _names(platform)]


def _names(platform: str) -> list[str]:
    specs = [publishing.spec_of(platform, name) for name in publishing.formats(platform)]
    free = [one.name for spec in specs for one in spec.settings if not (one.choices or one.reads)]
    return list(dict.fromkeys(["text", "first_comment", *free]))


def own_fields(draft: creative.Draft, channel: accounts.Channel, content: approvals.SealedContent, *,
               locked: bool) -> None:  # fmt: skip
    """Every field saves itself; which ones there are follows from the format that `content` has."""
    own, spec = draft.per_channel.get(channel.platform, {}), spec_for(content)
    _format(draft, channel.platform, own, locked=locked)
    if approvals.has_words(channel.platform, content.settings.get("format", "")):
        _words(draft, content, own, locked=locked)
    else:
        html('<div class="mut">This format shows the file alone: no words reach it.</div>')
    for setting in spec.settings if spec else ():
        if setting.name != publishing.COVER_SECOND:
            _setting(draft, channel, setting, own, locked=locked)
    if spec:
        cover_field(draft, content, spec, locked=locked)


def _words(draft: creative.Draft, content: approvals.SealedContent, own: Mapping[str, str], *, locked: bool) -> None:
    name, key = stored.on(content.platform, "text"), f"creator-own-{content.platform}-{draft.id}"
    writing(
        "Own text" if own.get("text") else "Own text (optional)", own.get("text", ""), typing.stamp(draft.id, name),
        key=key, limits=of_content(content), locked=locked, placeholder=draft.caption or "As the caption",
        on_text=typing.saver(draft.id, name, lambda: told_text(key)),
        hint="" if own.get("text") else "Empty: the caption.",
    )  # fmt: skip
    if publishing.takes_comments(content.platform):
        place = stored.on(content.platform, "first_comment")
        st.text_area(
            "First comment (optional)", key=typing.slot(draft.id, place).key, height=68, disabled=locked,
            help="Posted under the post right after it, by the account itself.",
            on_change=typing.saver(draft.id, place),
        )  # fmt: skip


def _format(draft: creative.Draft, platform: str, own: Mapping[str, str], *, locked: bool) -> None:
    names = publishing.formats(platform)
    if len(names) < 2:
        return
    labels = {"": "As the files suggest", **{name: publishing.spec_of(platform, name).format_label for name in names}}
    _select(draft.id, platform, "format", "Format", labels, own.get("format", ""), locked=locked)


def _setting(draft: creative.Draft, channel: accounts.Channel, setting: publishing.Setting, own: Mapping[str, str], *,
             locked: bool) -> None:  # fmt: skip
    platform, chosen = channel.platform, own.get(setting.name, setting.default)
    label = setting.label if setting.required or setting.default else f"{setting.label} (optional)"
    if setting.reads:
        _listed(draft, channel, setting, label, chosen, locked=locked)
        return
    if setting.choices:
        labels = lists.labels_of(setting, lists.NOTHING, chosen)
        _select(draft.id, platform, setting.name, label, labels, chosen, locked=locked, hint=setting.help)
        return
    name = stored.on(platform, setting.name)
    st.text_input(
        label, key=typing.slot(draft.id, name).key, live="500ms", max_chars=setting.text_max or None, disabled=locked,
        help=setting.help or None, autocomplete="off", on_change=typing.saver(draft.id, name),
    )  # fmt: skip


def _listed(draft: creative.Draft, channel: accounts.Channel, setting: publishing.Setting, label: str, chosen: str, *,
            locked: bool) -> None:  # fmt: skip
    """A choice among what the account offers now, with a button to ask it again."""
    live = lists.offered(channel.id, setting.reads)
    labels = lists.labels_of(setting, live, chosen)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        with st.container(width="stretch"):
            _select(draft.id, channel.platform, setting.name, label, labels, chosen, locked=locked, hint=setting.help)
        st.button(
            "Read again", icon=":material/refresh:", type="tertiary", help="Ask the account what it offers now.",
            key=f"creator-read-{setting.reads}-{channel.id}", on_click=lists.forget, args=(channel.id, setting.reads),
        )  # fmt: skip
    if live.problem:
        html(f'<div class="warn">{icon("cloud_off", "red")}<span>{esc(live.problem)}</span></div>')


def _select(draft_id: UUID, platform: str, name: str, label: str, labels: Mapping[str, str], chosen: str, *,
            locked: bool, hint: str = "") -> None:  # fmt: skip
    """A choice that saves itself; what another tab chose is taken over."""
    slot: session.Slot[str] = session.Slot("creator", f"choice-{platform}-{name}-{draft_id}", "")
    session.put(slot, chosen if chosen in labels else next(iter(labels)))
    st.selectbox(
        label, list(labels), key=slot.key, format_func=lambda one: labels[one], disabled=locked, help=hint or None,
        on_change=partial(_save, draft_id, platform, name, slot),
    )  # fmt: skip


def _save(draft_id: UUID, platform: str, name: str, slot: session.Slot[str]) -> None:
    with notices(quiet_error=True), doors.app().tx(doors.scope()) as tx:
        creative.save_for_channel(tx, draft_id, platform, {name: session.get(slot)})
