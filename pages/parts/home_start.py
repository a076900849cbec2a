"""The first steps of an empty installation, and taking the sample away again."""

from uuid import UUID

import streamlit as st

from pages.parts import doors, paths
from pages.parts.look import card
from pages.parts.markup import box, html
from pages.parts.notices import notices
from services import identity, media, research


def first_steps(brand_id: UUID, role: identity.Role) -> None:
    """Two next steps: load the sample workspace, or import competitor ads."""
    left, right = st.columns(2, gap="small")
    may = identity.can(role, identity.Act.IMPORT)
    with left:
        _step(
            "auto_awesome_motion",
            "Load the sample workspace",
            "Real competitor ads and free pictures, to try the whole loop in three minutes. One click takes them away.",
        )
        if may:
            st.button(
                "Load the sample",
                type="primary",
                icon=":material/download:",
                key="home-load-sample",
                on_click=_load,
                args=(brand_id,),
            )
    with right:
        _step(
            "upload_file",
            "Import competitor ads",
            "An export of the Meta Ad Library (CSV or JSON), its report, or any table of posts.",
        )
        if may and st.button("Import a file", icon=":material/upload_file:", key="home-import"):
            paths.go("imports")


def _step(symbol: str, title: str, sentence: str) -> None:
    with card(f"home-step-{symbol}", height=190, vertical_alignment="center", gap="small"):
        html(
            f'<div class="row">{box(symbol, "violet", 24)}<span class="h" style="font-size:15px">{title}</span></div>'
            f'<p class="mut" style="margin-top:10px">{sentence}</p>'
        )


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
