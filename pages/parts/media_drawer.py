"""One file: the picture or clip itself, its rights, tags, where it is used, and what it is."""

from datetime import datetime
from uuid import UUID

import streamlit as st

from pages.parts import doors, paths
from pages.parts.markup import chip, esc, html, link, mark, safe_image, state_chip
from pages.parts.media_words import length, rights_chip, size
from pages.parts.notices import notices
from pages.parts.zones import day, near
from services import identity, media
from services.kit.errors import NotFound

OPEN = "asset"


def _closed() -> None:
    st.query_params.pop(OPEN, None)


@st.dialog("File", position="right", width="medium", icon=":material/photo_library:", on_dismiss=_closed)
def drawer(asset_id: UUID, zone: str) -> None:
    """The drawer on the right; its address can be sent to a colleague."""
    person = doors.require()
    app, scope = doors.app(), doors.scope_of(person)
    try:
        with app.tx(scope) as tx:
            uses = media.where_used(tx, asset_id)
            asset = media.find_asset(tx, asset_id)
            known = media.tags(tx)
            now = tx.now
    except NotFound as error:
        html(f'<p class="mut">{esc(error.sentence)}</p>')
        return
    if asset is None:
        return
    badge = rights_chip(asset.rights_end_on, now.date())
    html(
        f'<div class="h" style="font-size:17px;overflow-wrap:anywhere">{esc(asset.original_name)} '
        f"{chip(*badge) if badge else ''}</div>"
    )
    _show(asset, media.address(app, asset.file_key), media.address(app, asset.thumb_key))
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        if identity.can(person.role, identity.Act.MAKE) and st.button(
            "Post this", icon=":material/send:", key=f"media-post-{asset.id}", help="Starts a post with this file."
        ):
            paths.go("creator", media=str(asset.id))
        html(link("Download", media.download_address(app, asset.file_key, asset.original_name), "download"))
    if identity.can(person.role, identity.Act.UPLOAD):
        _form(asset, known)
    else:
        _told(asset)
    _uses(uses, zone, now)
    _facts(asset, day(asset.created_at.date(), now.date()))


def _show(asset: media.Asset, address: str, poster: str) -> None:
    source, still = esc(safe_image(address)), esc(safe_image(poster))
    style = "display:block;margin:0 auto;max-width:100%;max-height:330px;border-radius:8px"
    if asset.kind is media.Kind.VIDEO:
        inside = f'<video controls preload="metadata" src="{source}" poster="{still}" style="{style}"></video>'
    else:
        inside = f'<img src="{source}" alt="{esc(asset.alt_text or asset.original_name)}" style="{style}">'
    html(f'<div class="well">{inside}</div>')


def _form(asset: media.Asset, known: list[str]) -> None:
    key = f"media-{{}}-{asset.id}".format
    with st.form(key("edit"), border=False):
        ends_on = st.date_input("Rights end on", asset.rights_end_on, format="YYYY-MM-DD", key=key("rights"))
        # a date that is there cannot be emptied in the field itself
        is_endless = asset.rights_end_on is not None and st.checkbox("The rights have no end", key=key("endless"))
        options = sorted({*known, *asset.tags})
        tags = st.multiselect("Tags", options, list(asset.tags), accept_new_options=True, key=key("tags"))
        alt_text = st.text_area(
            "Alternative text", asset.alt_text, max_chars=1000, height=80, key=key("alt"),
            help="What the picture shows, for people who cannot see it.",
        )  # fmt: skip
        wants = st.form_submit_button("Save", type="primary", icon=":material/check:", key=key("save"))
    if not wants:
        return
    edit = media.Edit(
        add_tags=tuple(set(tags) - set(asset.tags)),
        remove_tags=tuple(set(asset.tags) - set(tags)),
        alt_text=alt_text or "",
        rights_end_on=None if is_endless else ends_on,
        clear_rights_end=is_endless,
    )
    is_done = False
    with notices("Saved"):
        with doors.app().tx(doors.scope()) as tx:
            media.edit_asset(tx, asset.id, edit)
        is_done = True
    if is_done:
        st.rerun()


def _told(asset: media.Asset) -> None:
    ends = asset.rights_end_on.isoformat() if asset.rights_end_on else "no end recorded"
    _pairs({"Rights end": ends, "Tags": ", ".join(asset.tags) or "none", "Alternative text": asset.alt_text or "none"})


def _uses(uses: list[media.Use], zone: str, now: datetime) -> None:
    html('<div class="h" style="margin-top:8px">Where it is used</div>')
    if not uses:
        html('<p class="mut">Nowhere yet.</p>')
    for use in uses:
        where = mark(use.platform) if use.platform else ""
        version = f"Version {use.version_number}" if use.version_number else "Being made"
        state = state_chip(use.state) if use.state else ""
        html(
            f'<div class="row" style="padding:6px 0"><div style="min-width:0"><div class="cut"><b>{esc(use.draft_name)}'
            f'</b></div><div class="row mut">{where}<span>{esc(version)}</span>{state}</div></div>'
            f'<span class="sp mut num">{esc(near(use.at, zone, now))}</span></div>'
        )


def _facts(asset: media.Asset, added: str) -> None:
    html('<div class="h" style="margin-top:8px">File</div>')
    _pairs(
        {
            "Type": asset.content_type,
            "Size": f"{asset.width} × {asset.height} pixels · {size(asset.size_bytes)}",
            "Length": length(asset.duration_seconds),
            "Added": added,
            "SHA-256": f"{asset.sha256[:12]}…",
        }
    )
    swatches = "".join(
        f'<span title="{esc(colour)}" role="img" aria-label="{esc(colour)}" style="width:26px;height:26px;'
        f'border-radius:7px;border:1px solid var(--ld-line);background:{esc(colour)}"></span>'
        for colour in asset.colours
    )
    if swatches:
        name = '<span class="mut" style="width:110px">Colours</span>'
        html(f'<div class="row" style="padding:4px 0">{name}{swatches}</div>')


def _pairs(pairs: dict[str, str]) -> None:
    html(
        "".join(
            f'<div class="row" style="padding:6px 0;border-bottom:1px solid var(--ld-line);align-items:baseline">'
            f'<span class="mut" style="width:110px;flex:none">{esc(name)}</span>'
            f'<span style="overflow-wrap:anywhere">{esc(value)}</span></div>'
            for name, value in pairs.items()
            if value
        )
    )
