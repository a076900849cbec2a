"""Choosing a picture for an ad: what is chosen, and the drawer with the library."""

from collections.abc import Callable, Mapping
from uuid import UUID

import streamlit as st

from pages.parts import doors
from pages.parts.markup import box, esc, html, safe_image
from pages.parts.notices import notices, tell
from pages.parts.shelf import File, shelf
from services import creative, media
from services.kit.db import Tx

SHOWN = 60
KINDS = ["jpg", "jpeg", "png", "webp", "avif", "heic", "gif"]


def picture_field(
    draft: creative.Draft, one: creative.TemplateField, chosen: Mapping[str, media.Asset], *, locked: bool
) -> None:
    """The field of a picture or a logo: what is chosen, a button to choose, one to take it out."""
    asset = chosen.get(draft.fields.get(one.name, ""))
    need = "" if one.required else " (optional)"
    html(f'<div class="fieldlab">{esc(one.label)}{need}</div>')
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"creator-pic-{one.name}"):
        with st.container(width="stretch"):
            html(_chosen(draft, one, asset))
        if asset and not one.required:
            st.button(
                "Take out", type="tertiary", key=f"creator-pic-out-{one.name}", disabled=locked, on_click=_choose,
                args=(draft.id, one.name, "", ""),
            )  # fmt: skip
        word = "Change" if asset else "Choose"
        if st.button(word, icon=":material/photo_library:", key=f"creator-pic-choose-{one.name}", disabled=locked):
            picture_drawer(
                draft.brand_id, one.name, draft.fields.get(one.name, ""),
                lambda asset: _choose(draft.id, one.name, str(asset.id), asset.alt_text),
            )  # fmt: skip


def _chosen(draft: creative.Draft, one: creative.TemplateField, asset: media.Asset | None) -> str:
    if asset is None:
        gone = bool(draft.fields.get(one.name))
        note = "The chosen picture left the library." if gone else one.hint or "From your library, or a new file."
        word = "Gone" if gone else "No picture yet" if one.kind is creative.FieldKind.IMAGE else "Brand's own"
        return f'<div class="chosen">{box("image")}<div class="m"><div class="n">{word}</div>{_note(note)}</div></div>'
    src = safe_image(media.address(doors.app(), asset.thumb_key or asset.file_key))
    size = _note(f"{asset.width:,} × {asset.height:,}")
    return (
        f'<div class="chosen"><img src="{esc(src)}" alt=""><div class="m"><div class="n">{esc(asset.original_name)}'
        f"</div>{size}</div></div>"
    )


def _note(text: str) -> str:
    return f'<div class="g">{esc(text)}</div>'


def _choose(draft_id: UUID, name: str, asset_id: str, alt_text: str) -> None:
    """Put the picture in; the ad's alt text follows the picture's where nobody wrote one."""
    with notices(quiet_error=True), doors.app().tx(doors.scope()) as tx:
        now = creative.draft(tx, draft_id)
        words = {"alt_text": alt_text} if alt_text and not now.alt_text.strip() else {}
        creative.save_draft(tx, draft_id, {name: asset_id}, **words)


@st.dialog("Choose a picture", position="right", width="large", icon=":material/photo_library:")
def picture_drawer(brand_id: UUID, name: str, active: str, choose: Callable[[media.Asset], None]) -> None:
    """
    The library's pictures and a field to add one; closes when one is chosen.

    :param name: of what it is chosen for, in the widgets' keys
    :param active: the id of the one that is chosen now
    """
    wanted = st.text_input(
        "Search the library", type="search", live="300ms", key=f"creator-pic-search-{name}",
        placeholder="Name or tag", label_visibility="collapsed", icon=":material/search:",
    )  # fmt: skip
    _upload(brand_id, name, choose)
    with doors.app().tx(doors.scope()) as tx:
        today, found = tx.now.date(), _pictures(tx, wanted or "")
    if not found:
        html(f'<div class="mut">{"Nothing matches." if wanted else "No pictures yet: add one above."}</div>')
        return
    places = media.addresses(doors.app(), [asset.thumb_key or asset.file_key for asset in found])
    files = [_file(asset, places) for asset in found]
    opened = shelf(
        files, key=f"creator-pic-shelf-{name}", selectable=False, row_height=130, active=active
    ).opened  # fmt: skip
    if opened:
        asset = next(asset for asset in found if str(asset.id) == opened)
        choose(asset)
        ended = media.rights_problem(asset, today)
        if ended:
            tell(ended, failed=True)
        st.rerun()


def _pictures(tx: Tx, wanted: str) -> list[media.Asset]:
    """The newest pictures that came from outside: finished ads are no material for ads."""
    found: list[media.Asset] = []
    for source in (media.Source.UPLOAD, media.Source.SAMPLE):
        filters = media.Filters(text=wanted, kind=media.Kind.IMAGE, source=source)
        found += media.page(tx, filters, size=SHOWN).assets
    return sorted(found, key=lambda asset: asset.created_at, reverse=True)[:SHOWN]


def _file(asset: media.Asset, places: Mapping[str, str]) -> File:
    src = places.get(asset.thumb_key or asset.file_key, "")
    colour = asset.colours[0] if asset.colours else ""
    return File(str(asset.id), asset.original_name, src, asset.width, asset.height, colour=colour)


def _upload(brand_id: UUID, name: str, choose: Callable[[media.Asset], None]) -> None:
    given = st.file_uploader(
        "Add a picture", type=KINDS, key=f"creator-pic-upload-{name}", label_visibility="collapsed"
    )
    if given is None:
        return
    outcome = None
    with notices():
        outcome = media.store_upload(doors.app(), doors.scope(), brand_id, given.name, given.getvalue())
    if outcome and outcome.asset and outcome.asset.kind is media.Kind.IMAGE:
        choose(outcome.asset)
        st.rerun()
