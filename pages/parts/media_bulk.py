"""What can be done with many ticked files at once."""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from pages.parts import doors
from pages.parts.look import selection_bar
from pages.parts.markup import esc, html
from pages.parts.notices import notices
from pages.parts.ticks import clear_ticks
from services import media
from services.kit.text import counted


def bulk_bar(ticked: Sequence[str], shelf_key: str) -> None:
    """The bar at the foot while files are ticked; its dialogs act on exactly those."""
    ids = [UUID(one) for one in ticked]
    with selection_bar(len(ids), key="media"):
        if st.button("Tag", icon=":material/sell:", key="media-bulk-tag", width="content"):
            _tag(ids, shelf_key)
        if st.button("Set rights", icon=":material/shield:", key="media-bulk-rights", width="content"):
            _rights(ids, shelf_key)
        if st.button("Delete", icon=":material/delete:", key="media-bulk-delete", width="content"):
            _delete(ids, shelf_key)
        st.button(
            "Clear", key="media-bulk-clear", shortcut="Escape", on_click=clear_ticks, args=(shelf_key,), width="content"
        )


@st.dialog("Tag files", icon=":material/sell:")
def _tag(ids: list[UUID], shelf_key: str) -> None:
    with doors.app().tx(doors.scope()) as tx:
        known = media.tags(tx)
    tags = st.multiselect("Tags", known, accept_new_options=True, key="media-bulk-tags")
    if st.button("Add tags", type="primary", key="media-bulk-tag-ok", disabled=not tags):
        _change(ids, media.Edit(add_tags=tuple(tags)), f"Tagged {_files(ids)}", shelf_key)


@st.dialog("Set the end of rights", icon=":material/shield:")
def _rights(ids: list[UUID], shelf_key: str) -> None:
    html(f'<p class="mut">{esc(_files(ids))}. The last day still counts; no date means no end.</p>')
    ends_on = st.date_input("Rights end on", None, format="YYYY-MM-DD", key="media-bulk-ends")
    if st.button("Set", type="primary", key="media-bulk-rights-ok"):
        edit = media.Edit(rights_end_on=ends_on, clear_rights_end=ends_on is None)
        _change(ids, edit, f"Rights set for {_files(ids)}", shelf_key)


@st.dialog("Delete files?", icon=":material/delete:")
def _delete(ids: list[UUID], shelf_key: str) -> None:
    html(f"<p>{esc(_files(ids))} leave the library. What was published with them stays as it is.</p>")
    if st.button("Delete", type="primary", key="media-bulk-delete-ok"):
        is_done = False
        with notices(f"Deleted {_files(ids)}"):
            with doors.app().tx(doors.scope()) as tx:
                media.delete_assets(tx, ids)
            is_done = True
        if is_done:
            clear_ticks(shelf_key)
            st.rerun()


def _change(ids: list[UUID], edit: media.Edit, done: str, shelf_key: str) -> None:
    is_done = False
    with notices(done):
        with doors.app().tx(doors.scope()) as tx:
            media.edit_assets(tx, ids, edit)
        is_done = True
    if is_done:
        clear_ticks(shelf_key)
        st.rerun()


def _files(ids: Sequence[UUID]) -> str:
    return counted(len(ids), "file")
