"""The same words on every platform, except where a person says otherwise; how each would show it, and refuse it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.parts import doors, paths, session
from pages.parts.creator_fixes import fix_buttons
from pages.parts.creator_own import own_fields
from pages.parts.look import card, card_head
from pages.parts.markup import chip, esc, html, icon
from pages.parts.preview_of import draw_preview, is_wide
from pages.parts.tokens import CHANNELS
from services import accounts, approvals, creative, media, publishing

_SHOWN: session.Slot[str] = session.Slot("creator", "on", "")


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
        problems = _problems(contents, by_platform)
        if session.get(_SHOWN) not in by_platform:
            session.put(_SHOWN, next(iter(by_platform)))
        chosen = st.segmented_control(
            "Channel", list(by_platform), key=_SHOWN.key, required=True, label_visibility="collapsed", width="stretch",
            format_func=lambda name: _tab(name, bool(draft.per_channel.get(name)), len(problems[name])),
        )  # fmt: skip
        channel, content = by_platform[chosen], contents[chosen]
        if is_wide("creator"):  # a desktop's column needs the room of both
            _looks(content, channel)
            _says(draft, channel, content, problems[chosen], locked=locked)
            return
        left, right = st.columns([1.1, 1], gap="medium")
        with left:
            _says(draft, channel, content, problems[chosen], locked=locked)
        with right:
            _looks(content, channel)


def _problems(
    contents: Mapping[str, approvals.SealedContent], channels: Mapping[str, accounts.Channel]
) -> dict[str, list[publishing.Problem]]:
    """What each platform would refuse, and where a real one could not fetch the files from us."""
    found = {name: publishing.problems_of(content) for name, content in contents.items()}
    real = [name for name in contents if not channels[name].is_practice]
    if real:
        with doors.app().tx(doors.scope()) as tx:
            for name in real:
                found[name] = [*found[name], *publishing.unfetchable(tx, contents[name], is_practice=False)]
    return found


def _looks(content: approvals.SealedContent, channel: accounts.Channel) -> None:
    places = media.addresses(doors.app(), [item.file_key for item in content.files if item.file_key])
    draw_preview(content, channel.name, channel.handle, places, page="creator")


def _says(draft: creative.Draft, channel: accounts.Channel, content: approvals.SealedContent,
          problems: Sequence[publishing.Problem], *, locked: bool) -> None:  # fmt: skip
    own_fields(draft, channel, content, locked=locked)
    html(_told([one.sentence for one in problems]))
    if draft.is_post and problems:
        fix_buttons(draft, content, locked=locked)


def _tab(platform: str, is_own: bool, wrong: int) -> str:
    name = CHANNELS[platform].name if platform in CHANNELS else platform
    return f"{name}{' •' if is_own else ''}{f' ({wrong})' if wrong else ''}"


def _told(problems: Sequence[str]) -> str:
    if not problems:
        return f'<div class="row">{chip("Fits", "green", "check")}</div>'
    return "".join(f'<div class="warn">{icon("error", "red")}<span>{esc(one)}</span></div>' for one in problems)
