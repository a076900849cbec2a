"""The files of a post: what is chosen, in order, and the drawer with the library."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import streamlit as st

from pages.parts import doors
from pages.parts.creator_alts import alt_field
from pages.parts.creator_clips import clip_lines
from pages.parts.look import card, card_head
from pages.parts.markup import box, esc, html, safe_image
from pages.parts.media_words import length, size
from pages.parts.notices import notices, tell
from pages.parts.shelf import File, shelf
from services import creative, media

SHOWN = 60
KINDS = ["jpg", "jpeg", "png", "webp", "avif", "heic", "gif", "mp4", "mov", "webm"]


def files_card(
    draft: creative.Draft, chosen: Mapping[str, media.Asset], fixes: Sequence[creative.ClipFix], *, locked: bool
) -> None:
    """The files one under the other, each to be moved or taken out; one button adds more."""
    with card("creator-files", gap="small"):
        count = len(draft.media_ids)
        card_head("Files", f"{count} in this order" if count > 1 else "pictures and clips, as they are")
        if not count:
            html(_bare("perm_media", "", "Words alone", "Add a picture or a clip for channels that want one."))
        places = media.addresses(doors.app(), [one.thumb_key or one.file_key for one in chosen.values()])
        for place, asset_id in enumerate(draft.media_ids):
            asset = chosen.get(str(asset_id))
            _line(draft, place, asset, places, locked=locked)
            if asset is not None and asset.kind is media.Kind.IMAGE:
                alt_field(asset, draft.alt_text, locked=locked)
        clip_lines(draft, fixes, locked=locked)
        if st.button("Add from the library", icon=":material/photo_library:", key="creator-files-add", disabled=locked):
            _drawer(draft.id, draft.brand_id)


def _line(
    draft: creative.Draft, place: int, asset: media.Asset | None, places: Mapping[str, str], *, locked: bool
) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"creator-file-{place}"):
        with st.container(width="stretch"):
            html(_shown(asset, places))
        for label, symbol, step in (
            ("Up", "arrow_upward", -1),
            ("Down", "arrow_downward", 1),
            ("Take out", "close", 0),
        ):
            out_of_reach = step and not 0 <= place + step < len(draft.media_ids)
            st.button(
                label, type="tertiary", icon=f":material/{symbol}:", key=f"creator-file-{symbol}-{place}",
                disabled=locked or bool(out_of_reach), on_click=_move, args=(draft.id, draft.media_ids, place, step),
            )  # fmt: skip


def _shown(asset: media.Asset | None, places: Mapping[str, str]) -> str:
    if asset is None:
        return _bare("broken_image", "red", "Left the library", "Take it out or choose another.")
    src = safe_image(places.get(asset.thumb_key or asset.file_key, ""))
    picture = f'<img src="{esc(src)}" alt="">' if asset.thumb_key or asset.kind is media.Kind.IMAGE else box("movie")
    facts = [f"{asset.width:,} × {asset.height:,}", length(asset.duration_seconds), size(asset.size_bytes)]
    return (
        f'<div class="chosen">{picture}<div class="m"><div class="n">{esc(asset.original_name)}</div>'
        f'<div class="g num">{esc(" · ".join(fact for fact in facts if fact))}</div></div></div>'
    )


def _bare(symbol: str, tone: str, name: str, note: str) -> str:
    words = f'<div class="n">{esc(name)}</div><div class="g">{esc(note)}</div>'
    return f'<div class="chosen">{box(symbol, tone)}<div class="m">{words}</div></div>'


def _move(draft_id: UUID, ids: Sequence[UUID], place: int, step: int) -> None:
    """Exchange a file with its neighbour; a step of 0 takes it out."""
    changed = list(ids)
    if step:
        changed[place], changed[place + step] = changed[place + step], changed[place]
    else:
        del changed[place]
    _save(draft_id, changed)


def _save(draft_id: UUID, ids: Sequence[UUID]) -> None:
    with notices(quiet_error=True), doors.app().tx(doors.scope()) as tx:
        creative.choose_media(tx, draft_id, ids)


@st.dialog("Add files", position="right", width="large", icon=":material/photo_library:")
def _drawer(draft_id: UUID, brand_id: UUID) -> None:
    wanted = st.text_input(
        "Search the library", type="search", live="300ms", key="creator-files-search", placeholder="Name or tag",
        label_visibility="collapsed", icon=":material/search:",
    )  # fmt: skip
    given = st.file_uploader("Add a file", type=KINDS, key="creator-files-upload", label_visibility="collapsed")
    if given is not None:
        with notices():
            outcome = media.store_upload(doors.app(), doors.scope(), brand_id, given.name, given.getvalue())
            if outcome.asset:
                _add(draft_id, [outcome.asset.id])
                st.rerun()
            tell(outcome.note, failed=True)
    with doors.app().tx(doors.scope()) as tx:
        found = media.page(tx, media.Filters(text=wanted or ""), size=SHOWN).assets
    if not found:
        html(f'<div class="mut">{"Nothing matches." if wanted else "The library is empty: add a file above."}</div>')
        return
    places = media.addresses(doors.app(), [asset.thumb_key or asset.file_key for asset in found])
    files = [
        File(
            str(asset.id), asset.original_name, places.get(asset.thumb_key or asset.file_key, ""), asset.width,
            asset.height, clip=length(asset.duration_seconds), colour=asset.colours[0] if asset.colours else "",
        )
        for asset in found
    ]  # fmt: skip
    opened = shelf(files, key="creator-files-shelf", selectable=False, row_height=130).opened
    if opened:
        _add(draft_id, [UUID(opened)])
        st.rerun()


def _add(draft_id: UUID, ids: Sequence[UUID]) -> None:
    with notices(quiet_error=True), doors.app().tx(doors.scope()) as tx:
        now = creative.draft(tx, draft_id)
        creative.choose_media(tx, draft_id, [*now.media_ids, *ids])
