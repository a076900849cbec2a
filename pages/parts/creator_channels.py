"""The same words on every platform, except where a person says otherwise; how each would show it, and refuse it."""

from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID

import streamlit as st

from pages.parts import creator_lists as lists
from pages.parts import creator_stored as stored
from pages.parts import creator_typing as typing
from pages.parts import doors, paths, session
from pages.parts.look import card, card_head
from pages.parts.markup import chip, esc, html, icon
from pages.parts.notices import notices
from pages.parts.preview_of import draw_preview
from pages.parts.tokens import CHANNELS
from pages.parts.writing import told_text, writing
from services import accounts, approvals, creative, media, publishing

_SHOWN: session.Slot[str] = session.Slot("creator", "on", "")


def text_names(draft: creative.Draft, platforms: Sequence[str]) -> list[str]:
    """The names of every text that a platform may have of its own, for `creator_typing`."""
    return [
        stored.on(platform, name)
        for platform in platforms
        for name in ("text", *(one.name for one in _spec(draft, platform).settings if not (one.choices or one.reads)))
    ]


def channels_card(draft: creative.Draft, as_is: creative.Version, channels: Sequence[accounts.Channel], *,
                  locked: bool) -> None:  # fmt: skip
    """One platform at a time; a dot marks those with something of their own, a number those that would refuse."""
    places = list(CHANNELS)
    by_platform = {one.platform: one for one in sorted(channels, key=lambda one: places.index(one.platform))}
    with card("creator-channels", gap="small"):
        card_head("Channels", "one text for all, changed only where it must be")
        if not by_platform:
            html('<div class="mut">No channel of this brand is connected. Connect one to see it as it will look.</div>')
            if paths.has("channels") and st.button("Connect a channel", icon=":material/link:", key="creator-connect"):
                paths.go("channels")
            return
        contents = {name: approvals.compose(as_is, channel) for name, channel in by_platform.items()}
        problems = {name: publishing.problems_of(content) for name, content in contents.items()}
        if session.get(_SHOWN) not in by_platform:
            session.put(_SHOWN, next(iter(by_platform)))
        chosen = st.segmented_control(
            "Channel", list(by_platform), key=_SHOWN.key, required=True, label_visibility="collapsed", width="stretch",
            format_func=lambda name: _tab(name, bool(draft.per_channel.get(name)), len(problems[name])),
        )  # fmt: skip
        left, right = st.columns([1.1, 1], gap="medium")
        with left:
            _own(draft, by_platform[chosen], locked=locked)
            html(_told([one.sentence for one in problems[chosen]]))
        with right:
            channel, keys = by_platform[chosen], [item.file_key for item in contents[chosen].media if item.file_key]
            places = media.addresses(doors.app(), keys)
            draw_preview(contents[chosen], channel.name, channel.handle, places, page="creator")


def _tab(platform: str, is_own: bool, wrong: int) -> str:
    name = CHANNELS[platform].name if platform in CHANNELS else platform
    return f"{name}{' •' if is_own else ''}{f' ({wrong})' if wrong else ''}"


def _spec(draft: creative.Draft, platform: str) -> publishing.PlatformSpec:
    try:
        return publishing.spec_of(platform, draft.per_channel.get(platform, {}).get("format", ""))
    except publishing.FormatUnknown:
        return publishing.spec_of(platform)


def _own(draft: creative.Draft, channel: accounts.Channel, *, locked: bool) -> None:
    platform = channel.platform
    own = draft.per_channel.get(platform, {})
    _format(draft, platform, own, locked=locked)
    name, key = stored.on(platform, "text"), f"creator-own-{platform}-{draft.id}"
    limits = [(platform, _spec(draft, platform).text_max)]
    writing(
        "Own text" if own.get("text") else "Own text (optional)", own.get("text", ""), typing.stamp(draft.id, name),
        key=key, limits=limits, locked=locked, on_text=typing.saver(draft.id, name, lambda: told_text(key)),
        placeholder=draft.caption or "As the caption", hint="" if own.get("text") else "Empty: the caption.",
    )  # fmt: skip
    for setting in _spec(draft, platform).settings:
        _setting(draft, channel, setting, own, locked=locked)


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
    if setting.choices or setting.reads:
        live = lists.offered(channel.id, setting.reads) if setting.reads else lists.NOTHING
        labels = lists.labels_of(setting, live, chosen)
        _select(draft.id, platform, setting.name, label, labels, chosen, locked=locked, hint=setting.help)
        if live.problem:
            html(f'<div class="warn">{icon("cloud_off", "red")}<span>{esc(live.problem)}</span></div>')
        return
    name = stored.on(platform, setting.name)
    st.text_input(
        label, key=typing.slot(draft.id, name).key, live="500ms", max_chars=setting.text_max or None, disabled=locked,
        help=setting.help or None, autocomplete="off", on_change=typing.saver(draft.id, name),
    )  # fmt: skip


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


def _told(problems: Sequence[str]) -> str:
    if not problems:
        return f'<div class="row">{chip("Fits", "green", "check")}</div>'
    return "".join(f'<div class="warn">{icon("error", "red")}<span>{esc(one)}</span></div>' for one in problems)
