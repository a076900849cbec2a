"""Hashtag groups and campaign links of a brand: put into the words with one click, kept and removed in place."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

import streamlit as st

from pages.parts import doors
from pages.parts.markup import esc, html
from pages.parts.notices import notices
from services import creative
from services.kit.db import Tx


def hashtags_menu(draft: creative.Draft, presets: Sequence[creative.TextPreset], *, locked: bool) -> None:
    """Groups to put below the caption; those tags that are there already are left out."""
    groups = [one for one in presets if one.kind is creative.PresetKind.HASHTAGS]
    with st.popover("Hashtags", icon=":material/tag:", key="creator-tags", disabled=locked):
        _rows(groups, partial(_insert, draft.id), none="No group is kept yet.")
        with st.form("creator-tags-new", border=False, clear_on_submit=True):
            name = st.text_input("Name of a group", key="creator-tags-name", max_chars=60, placeholder="Autumn")
            tags = st.text_input("Hashtags", key="creator-tags-body", placeholder="#gelato #oslo")
            if st.form_submit_button("Keep this group", key="creator-tags-keep"):
                kept(lambda tx: creative.keep_hashtags(tx, draft.brand_id, name or "", tags or ""))


def utm_menu(draft: creative.Draft, presets: Sequence[creative.TextPreset], *, locked: bool) -> None:
    """Campaigns to mark the link with: the source is each platform's own name."""
    campaigns = [one for one in presets if one.kind is creative.PresetKind.UTM]
    with st.popover("Campaign link", icon=":material/sell:", key="creator-utm", disabled=locked):
        if not draft.link:
            html('<div class="mut">Write the link first; then mark it for a campaign here.</div>')
        _rows(campaigns, partial(_mark, draft.id), none="No campaign is kept yet.", closed=not draft.link)
        with st.form("creator-utm-new", border=False, clear_on_submit=True):
            name = st.text_input("Name", key="creator-utm-name", max_chars=60, placeholder="Autumn")
            medium = st.text_input("Medium (utm_medium)", "social", key="creator-utm-medium")
            campaign = st.text_input("Campaign (utm_campaign)", key="creator-utm-campaign", placeholder="autumn-2026")
            html('<div class="mut">The source is the platform; the mark we count with is added as always.</div>')
            if st.form_submit_button("Keep this campaign", key="creator-utm-keep"):
                kept(lambda tx: creative.keep_utm(tx, draft.brand_id, name or "", medium or "", campaign or ""))


def _rows(
    kept: Sequence[creative.TextPreset], use: Callable[[creative.TextPreset], None], *, none: str, closed: bool = False
) -> None:
    if not kept:
        html(f'<div class="mut">{none}</div>')
    for one in kept:
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"creator-preset-{one.id}"):
            st.button(
                one.name, icon=":material/add:", key=f"creator-use-{one.id}", disabled=closed, on_click=use,
                args=(one,), help=one.body, width="stretch",
            )  # fmt: skip
            st.button(
                "Remove", icon=":material/delete:", type="tertiary", key=f"creator-unkeep-{one.id}",
                on_click=remove, args=(one.id,),
            )  # fmt: skip
        html(f'<div class="mut cut">{esc(one.body)}</div>')


def _insert(draft_id: UUID, preset: creative.TextPreset) -> None:
    with notices(quiet_error=True), doors.app().tx(doors.scope()) as tx:
        now = creative.draft(tx, draft_id)
        creative.save_draft(tx, draft_id, caption=creative.with_hashtags(now.caption, preset.body))


def _mark(draft_id: UUID, preset: creative.TextPreset) -> None:
    with notices(quiet_error=True), doors.app().tx(doors.scope()) as tx:
        now = creative.draft(tx, draft_id)
        creative.save_draft(tx, draft_id, link=creative.with_utm(now.link, preset.body))


def remove(preset_id: UUID) -> None:
    """Of any kind; for a button."""
    with notices("Removed. Texts made with it stay.", quiet_error=True), doors.app().tx(doors.scope()) as tx:
        creative.remove_preset(tx, preset_id)


def kept(keep: Callable[[Tx], UUID]) -> None:
    """Keep what a form tells, and draw anew; a refusal is told beside it."""
    done = False
    with notices():
        with doors.app().tx(doors.scope()) as tx:
            keep(tx)
        done = True
    if done:
        st.rerun()
