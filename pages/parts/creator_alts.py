"""What each picture of a post shows, in words: kept with the file in the library, so that it is written once."""

from uuid import UUID

import streamlit as st

from pages.parts import doors, session
from pages.parts.markup import html
from pages.parts.notices import notices
from services import media

_LONGEST = 1_000  # the library's own limit
_NAG = "Needed before anybody decides: some people only hear this picture."


def alt_field(asset: media.Asset, fallback: str, *, locked: bool) -> None:
    """
    One field, which saves itself; another tab's words are taken over.

    :param fallback: the post's own alt text, which stands in where the file has none
    """
    slot, known = _slot(asset.id), _known(asset.id)
    if session.get(known) != asset.alt_text or session.get(slot) is None:
        session.put(known, asset.alt_text)
        session.put(slot, asset.alt_text)
    st.text_input(
        "Alt text", key=slot.key, label_visibility="collapsed", max_chars=_LONGEST, disabled=locked,
        autocomplete="off", placeholder=fallback or "Alt text: what it shows, in one sentence",
        on_change=_save, args=(asset.id,),
    )  # fmt: skip
    if not (asset.alt_text.strip() or fallback.strip()):
        html(f'<div class="refused">{_NAG}</div>')


def _slot(asset_id: UUID) -> session.Slot[str | None]:
    return session.Slot("creator", f"file-alt-{asset_id}", None)


def _known(asset_id: UUID) -> session.Slot[str | None]:
    return session.Slot("creator", f"file-alt-known-{asset_id}", None)


def _save(asset_id: UUID) -> None:
    words = session.get(_slot(asset_id)) or ""
    with notices(quiet_error=True), doors.app().tx(doors.scope()) as tx:
        media.edit_asset(tx, asset_id, media.Edit(alt_text=words))
