"""The list of ads being made."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import streamlit as st

from pages.parts import doors, paths
from pages.parts.empty import empty
from pages.parts.look import card, header, selection_bar
from pages.parts.notices import notices
from pages.parts.rows import Row, rows
from pages.parts.ticks import clear_ticks
from pages.parts.tokens import state_of
from pages.parts.zones import ago
from services import brands, creative, media
from services.kit.errors import UserError
from services.kit.text import counted

_ROWS = "creator-rows"


def list_screen(*, may_make: bool) -> None:
    """Every draft, the last changed first; ticked ones can be archived."""
    with doors.app().tx(doors.scope()) as tx:
        drafts, now = creative.list_drafts(tx), tx.now
        pictures = media.find_assets(tx, [asset_id for draft in drafts if (asset_id := _picture_of(draft))])
        homes = brands.brands(tx)
    with header("Ad creator", _line(drafts, now)):
        if may_make:
            _post_button()
            _new_button(homes)
    if not drafts:
        with empty("No ads yet", "An ad is made from a template, your words and a picture, in four sizes at once.",
                   key="creator"):  # fmt: skip
            if may_make:
                st.button(
                    "Make the first ad", type="primary", icon=":material/add:", key="creator-first", on_click=_new
                )
            if paths.has("competitors") and st.button("See what others run", key="creator-look"):
                paths.go("competitors")
        return
    thumbs = _thumbs(drafts, {str(asset.id): asset for asset in pictures})
    with card("creator-list", flush=True):
        told = rows([_row(draft, thumbs, now) for draft in drafts], key=_ROWS, selectable=may_make)
    if told.opened:
        st.query_params.from_dict({"draft": told.opened})
        st.rerun()
    if told.ticked:
        with selection_bar(len(told.ticked), key="creator"):
            st.button(
                "Archive", icon=":material/archive:", key="creator-archive", on_click=_archive, args=(told.ticked,)
            )
            st.button("Clear", key="creator-clear", shortcut="Escape", on_click=clear_ticks, args=(_ROWS,))


def _post_button() -> None:
    st.button("New post", icon=":material/perm_media:", key="creator-new-post", on_click=_new_post)


def _new_post() -> None:
    st.query_params.from_dict({"media": ""})


def _new_button(homes: Sequence[brands.Brand]) -> None:
    if len(homes) < 2:
        st.button("New ad", type="primary", icon=":material/add:", key="creator-new", shortcut="N", on_click=_new)
    elif st.button("New ad", type="primary", icon=":material/add:", key="creator-new", shortcut="N"):
        _which_brand(homes)


@st.dialog("New ad", icon=":material/add:")
def _which_brand(homes: Sequence[brands.Brand]) -> None:
    chosen = st.selectbox("For which brand?", homes, format_func=lambda home: home.name, key="creator-new-brand")
    if st.button("Start", type="primary", key="creator-new-start"):
        st.query_params.from_dict({"new": "1", "brand": str(chosen.id)})
        st.rerun()


def _new() -> None:
    st.query_params.from_dict({"new": "1"})


def _archive(ids: Sequence[str]) -> None:
    """Archive what can be; what waits for a decision stays, with the reason."""
    done: list[UUID] = []
    refused = ""
    for one in ids:
        try:
            with doors.app().tx(doors.scope()) as tx:
                creative.archive_draft(tx, UUID(one))
            done.append(UUID(one))
        except UserError as error:
            refused = error.sentence

    def back() -> None:
        with doors.app().tx(doors.scope()) as tx:
            for draft_id in done:
                creative.unarchive_draft(tx, draft_id)

    clear_ticks(_ROWS)
    if done:
        with notices(f"{len(done)} archived", undo=back):
            pass
    if refused:
        with notices(quiet_error=True):
            raise UserError(refused)


def _line(drafts: Sequence[creative.DraftListing], now: datetime) -> str:
    if not drafts:
        return "nothing is being made"
    waiting = sum(draft.review_state == "waiting" for draft in drafts)
    wait = f" · {counted(waiting, 'waits', 'wait')} for a decision" if waiting else ""
    many = counted(len(drafts), "ad")
    return f"{many}{wait} · last change {ago(drafts[0].updated_at, now)} ago"


def _row(draft: creative.DraftListing, thumbs: Mapping[UUID, str], now: datetime) -> Row:
    label = creative.template(draft.template).label
    version = f"version {draft.version_number}" if draft.version_number else "not sent yet"
    state = draft.review_state if draft.review_state in ("waiting", "approved", "rejected") else "draft"
    return Row(
        id=str(draft.id),
        title=draft.name,
        sub=f"{label} · {version}",
        thumb=thumbs.get(draft.id, ""),
        icon="edit_note",
        right=f"{ago(draft.updated_at, now)} ago",
        right_chip=tuple(state_of(state)),  # type: ignore[arg-type]
    )


def _picture_of(draft: creative.DraftListing) -> UUID | None:
    """The picture a draft is made from, where it was never kept as a version."""
    if draft.media_ids:
        return draft.media_ids[0]
    for one in creative.picture_fields(draft.template):
        chosen = draft.fields.get(one.name, "")
        if one.kind is creative.FieldKind.IMAGE and chosen:
            return UUID(chosen)
    return None


def _thumbs(drafts: Sequence[creative.DraftListing], pictures: Mapping[str, media.Asset]) -> dict[UUID, str]:
    keys = {}
    for draft in drafts:
        asset = pictures.get(str(_picture_of(draft)))
        key = draft.thumb_key or (asset and (asset.thumb_key or asset.file_key))
        if key:
            keys[draft.id] = key
    places = media.addresses(doors.app(), list(dict.fromkeys(keys.values())))
    return {draft_id: places[key] for draft_id, key in keys.items() if key in places}
