"""The way from an empty installation to the first published post, and taking the sample away again."""

from dataclasses import dataclass
from uuid import UUID

import streamlit as st

from pages.parts import doors, paths
from pages.parts.look import card, card_head
from pages.parts.markup import box, chip, esc, html
from pages.parts.notices import notices
from pages.parts.rows import Row, rows
from services import identity, media, research


@dataclass(frozen=True)
class Progress:
    """How far this organisation has come."""

    ads: bool
    channel: bool
    draft: bool
    decided: bool


def two_steps(brand_id: UUID, role: identity.Role) -> None:
    """The two next steps of an empty installation: load the sample workspace, or import competitor ads."""
    may = identity.can(role, identity.Act.IMPORT)
    left, right = st.columns(2, gap="small")
    with left, card("home-step-sample", height="stretch", gap="medium"):
        _told(
            "auto_awesome_motion",
            "Load the sample workspace",
            "Real competitor ads and free pictures, to try the whole loop in three minutes. One click takes them away.",
        )
        st.button(
            "Load the sample",
            type="primary",
            icon=":material/download:",
            key="home-load-sample",
            on_click=_load,
            args=(brand_id,),
            disabled=not may,
        )
    with right, card("home-step-import", height="stretch", gap="medium"):
        _told(
            "upload_file",
            "Import competitor ads",
            "An export of the Meta Ad Library (CSV or JSON), its report, or any table of posts.",
        )
        if st.button("Import a file", icon=":material/upload_file:", key="home-import", disabled=not may):
            paths.go("imports")


def _told(symbol: str, title: str, sentence: str) -> None:
    html(
        f'<div class="row">{box(symbol, "violet", 22)}<span class="h">{esc(title)}</span></div>'
        f'<p class="mut" style="margin-top:10px">{esc(sentence)}</p>'
    )


def first_post(done: Progress) -> None:
    """The steps to the first published post; the next one carries its button."""
    steps = (
        (
            done.ads,
            "competitors",
            "See what competitors run",
            "Ads from an export, with how long they have been running.",
        ),
        (
            done.channel,
            "channels",
            "Connect a channel",
            "A practice channel behaves like the real one and posts nowhere.",
        ),
        (done.draft, "creator", "Make an ad", "A template, your words, four sizes at once."),
        (done.decided, "approvals", "Approve and publish it", "Now, or at a time in the brand's zone."),
        (False, "results", "Watch the numbers come back", "After 6, 24 and 72 hours, or whenever you ask."),
    )
    number = next(index for index, step in enumerate(steps) if not step[0])
    with card("home-first", gap="small"):
        card_head("To your first post", right_html=chip(f"{number} of {len(steps)} done", "violet"))
        items = [
            Row(
                id=screen,
                title=title,
                sub=sentence,
                icon="check_circle" if is_done else ("arrow_forward" if index == number else "circle"),
                tone="green" if is_done else ("violet" if index == number else "gray"),
                action="Go" if index == number else "",
            )
            for index, (is_done, screen, title, sentence) in enumerate(steps)
        ]
        opened = rows(items, key="home-first-rows", flat=True).opened
    if opened:
        paths.go(opened)


def remove_sample(role: identity.Role) -> None:
    """One quiet line at the foot while samples are loaded."""
    if not identity.can(role, identity.Act.IMPORT):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="home-sample", gap="small"):
        html('<span class="mut">The sample workspace is loaded.</span>', width="content")
        st.button("Remove the sample", type="tertiary", key="home-remove-sample", on_click=_remove)


def _load(brand_id: UUID) -> None:
    app, scope = doors.app(), doors.scope()
    with notices("Sample loaded. The ads arrive in a moment.", quiet_error=True):
        research.load_sample(app, scope)
        media.load_samples(app, scope, brand_id)


def _remove() -> None:
    with notices("Sample removed. What you made from it stays.", quiet_error=True):
        with doors.app().tx(doors.scope()) as tx:
            research.remove_sample(tx)
            media.remove_samples(tx)
