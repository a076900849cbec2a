"""Whom a brand mentions: put into the caption with one click, kept and removed in place."""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from pages.parts import doors
from pages.parts.creator_presets import kept, remove
from pages.parts.markup import esc, html
from pages.parts.notices import notices
from pages.parts.tokens import CHANNELS
from services import creative


def mentions_menu(
    draft: creative.Draft, known: Sequence[creative.Mention], platforms: Sequence[str], *, locked: bool
) -> None:
    """
    People and pages by name; one click writes them at the end of the caption.

    :param platforms: those that the brand is on, for the form
    """
    forms = [one for one in platforms or creative.MENTION_FORMS if one in creative.MENTION_FORMS]
    with st.popover("Mentions", icon=":material/alternate_email:", key="creator-mentions", disabled=locked):
        if not known:
            html('<div class="mut">Nobody is kept yet.</div>')
        for one in known:
            _row(draft.id, one)
        html('<div class="mut">Where a platform or a handle is missing, the name stands as plain words.</div>')
        with st.form("creator-mentions-new", border=False, clear_on_submit=True):
            name = st.text_input("Name", key="creator-mentions-name", max_chars=60, placeholder="Nordic Gelato")
            handles = {
                platform: st.text_input(
                    _named(platform), key=f"creator-mentions-{platform}", max_chars=120,
                    placeholder=creative.MENTION_FORMS[platform].asks,
                )
                for platform in forms
            }  # fmt: skip
            if st.form_submit_button("Keep", key="creator-mentions-keep"):
                given = {platform: told or "" for platform, told in handles.items()}
                kept(lambda tx: creative.keep_mention(tx, draft.brand_id, name or "", given))


def _row(draft_id: UUID, one: creative.Mention) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"creator-mention-{one.id}"):
        st.button(
            one.name, icon=":material/add:", key=f"creator-mention-use-{one.id}", on_click=_insert,
            args=(draft_id, one.name), width="stretch",
        )  # fmt: skip
        st.button(
            "Remove", icon=":material/delete:", type="tertiary", key=f"creator-mention-unkeep-{one.id}",
            on_click=remove, args=(one.id,),
        )  # fmt: skip
    told = " · ".join(f"{_named(platform)} {handle}" for platform, handle in one.handles.items())
    html(f'<div class="mut cut">{esc(told)}</div>')


def _named(platform: str) -> str:
    return CHANNELS[platform].name if platform in CHANNELS else platform


def _insert(draft_id: UUID, name: str) -> None:
    with notices(quiet_error=True), doors.app().tx(doors.scope()) as tx:
        now = creative.draft(tx, draft_id)
        creative.save_draft(tx, draft_id, caption=creative.with_mention(now.caption, name))
