"""Filters kept under a name, for any screen whose filters stand in its address."""

from collections.abc import Callable, Sequence
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

import streamlit as st

from pages.parts import doors, session
from pages.parts.notices import notices, plain
from services import jobs
from services.kit.app import App
from services.kit.db import Scope


def saved_views(app: App, scope: Scope, screen: str, names: Sequence[str], *, changed: Callable[[], None]) -> None:
    """
    Draw the button that offers this person's views, keeps the filters as they are, and forgets one.

    :param names: the parameters of the address that are filters
    :param changed: is called once a view is in the address, before the screen is drawn again
    """
    with app.tx(scope) as tx:
        found = jobs.saved_views(tx, screen)
    here = urlencode([(name, st.query_params[name]) for name in names if st.query_params.get(name)])
    with st.popover("Views", icon=":material/bookmark:", key=f"{screen}-views"):
        for view in found:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.button(
                    plain(view.name), key=f"{screen}-view-{view.id}", width="stretch", on_click=_use,
                    type="primary" if view.query == here else "secondary", args=(view.query, names, changed),
                )  # fmt: skip
                st.button(
                    "", icon=":material/delete:", key=f"{screen}-view-forget-{view.id}", help="Forget this view",
                    on_click=_forget, args=(view.id,),
                )  # fmt: skip
        slot: session.Slot[str] = session.Slot(screen, "view-name", "")
        st.text_input("Name", key=slot.key, placeholder="Failed this week", max_chars=jobs.VIEW_NAME_MOST)
        st.button(
            "Keep these filters", icon=":material/bookmark_add:", key=f"{screen}-view-keep", on_click=_keep,
            args=(screen, slot, here), disabled=not here,
        )  # fmt: skip


def _use(query: str, names: Sequence[str], changed: Callable[[], None]) -> None:
    kept = {name: value for name, value in parse_qsl(query) if name in names}
    for name in names:
        st.query_params.pop(name, None)
    st.query_params.update(kept)
    changed()


def _keep(screen: str, slot: session.Slot[str], query: str) -> None:
    with notices("Kept.", quiet_error=True), doors.app().tx(doors.scope()) as tx:
        jobs.save_view(tx, screen, session.get(slot), query)
        session.put(slot, "")


def _forget(view_id: UUID) -> None:
    with notices("Forgotten.", quiet_error=True), doors.app().tx(doors.scope()) as tx:
        jobs.forget_view(tx, view_id)
