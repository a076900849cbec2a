"""Media: every picture and clip, with its rights and where it is used."""

from collections.abc import Iterator
from uuid import UUID

import streamlit as st

from pages.parts import doors, media_drawer, media_upload, session
from pages.parts.csv import csv_button
from pages.parts.empty import empty, no_match
from pages.parts.look import header, toolbar
from pages.parts.media_bulk import bulk_bar
from pages.parts.media_words import CSV_HEADER, KINDS, RIGHTS, SORTS, SOURCES, csv_row, shelf_file, summary
from pages.parts.shelf import shelf
from services import brands, identity, media
from services.kit.app import App
from services.kit.db import Scope

_SHELF = "media-shelf"
_AT = "at"
_ANY_TAG = "Any tag"
_FILTERS = tuple(
    session.Slot("media", thing, default)
    for thing, default in (
        ("q", ""),
        ("kind", "All"),
        ("rights", "Any rights"),
        ("source", "Any origin"),
        ("tag", _ANY_TAG),
        ("sort", "Newest first"),
    )
)


def page() -> None:
    person = doors.require()
    app, scope = doors.app(), doors.scope_of(person)
    may_add = identity.can(person.role, identity.Act.UPLOAD)
    with app.tx(scope) as tx:
        told, tags, found_brands = media.counts(tx), media.tags(tx), brands.brands(tx)
        today = tx.now.date()
    right = header("Media", summary(told))
    zone = found_brands[0].time_zone if found_brands else "UTC"
    if told.files == 0:
        _nothing_yet(may_add, found_brands)
        return
    filters = _filters(tags)
    with app.tx(scope) as tx:
        shown = media.page(tx, filters, **_place())
        uses = media.count_uses(tx, [asset.id for asset in shown.assets])
    with right:
        csv_button("loopdesk-media", CSV_HEADER, lambda: _rows(app, scope, filters), key="media-csv")
        if may_add:
            _add_button(found_brands)
    if not shown.assets:
        no_match(key="media", clear=_clear)
        return
    keys = [asset.thumb_key or asset.file_key for asset in shown.assets]
    addresses = media.addresses(app, keys)
    picked = shelf(
        [shelf_file(asset, addresses, uses, today) for asset in shown.assets], key=_SHELF, selectable=may_add
    )
    _feet(shown)
    if picked.ticked:
        bulk_bar(picked.ticked, _SHELF)
    _open(picked.opened, zone)


def _add_button(found: list[brands.Brand]) -> None:
    label = {"type": "primary", "icon": ":material/upload:", "shortcut": "N", "on_click": media_upload.start}
    if st.button("Add files", key="media-add", **label):
        media_upload.upload([(brand.name, brand.id) for brand in found])


def _nothing_yet(may_add: bool, found: list[brands.Brand]) -> None:
    sentence = "Pictures and clips for your ads: checked, searchable, with their rights and where they are used."
    with empty("No files yet", sentence, key="media"):
        if may_add:
            _add_button(found)


def _filters(tags: list[str]) -> media.Filters:
    """The row of filters; each is part of the address, and changing one goes back to the first page."""
    plain = {"label_visibility": "collapsed", "bind": "query-params", "on_change": _first_page}
    with toolbar("media"):
        text = st.text_input(
            "Search", key="media-q", placeholder="Name or tag", icon=":material/search:", width=250, **plain
        )
        kind = st.segmented_control("Kind", list(KINDS), default="All", required=True, key="media-kind", **plain)
        rights = st.selectbox("Rights", list(RIGHTS), key="media-rights", width=150, **plain)
        source = st.selectbox("Origin", list(SOURCES), key="media-source", width=150, **plain)
        tag = st.selectbox("Tag", [_ANY_TAG, *tags], key="media-tag", width=150, **plain)
        sort = st.selectbox("Order", list(SORTS), key="media-sort", width=150, **plain)
    return media.Filters(
        text=text or "",
        kind=KINDS.get(kind or "All"),
        rights=RIGHTS.get(rights or ""),
        source=SOURCES.get(source or ""),
        tag="" if tag in (None, _ANY_TAG) else tag,
        sort=SORTS.get(sort or "", media.Sort.NEWEST),
    )


def _place() -> dict[str, media.Cursor | None]:
    """Where the address stands in the library: `at=a<cursor>` behind it, `at=b<cursor>` in front of it."""
    at = st.query_params.get(_AT, "")
    cursor = media.Cursor.parse(at[1:])
    return {"before": cursor} if at.startswith("b") else {"after": cursor}


def _feet(shown: media.Page) -> None:
    if shown.before is None and shown.after is None:
        return
    with st.container(horizontal=True, horizontal_alignment="center", key="media-feet"):
        for word, symbol, sign, cursor in (
            ("Previous", "chevron_left", "b", shown.before),
            ("Next", "chevron_right", "a", shown.after),
        ):
            st.button(
                word, icon=f":material/{symbol}:", key=f"media-{word.lower()}", disabled=cursor is None,
                on_click=_go_to, args=(f"{sign}{cursor}",),
            )  # fmt: skip


def _go_to(at: str) -> None:
    st.query_params[_AT] = at


def _first_page() -> None:
    st.query_params.pop(_AT, None)


def _clear() -> None:
    for slot in _FILTERS:
        session.put(slot, slot.default)
    _first_page()


def _open(opened: str | None, zone: str) -> None:
    if opened:
        st.query_params[media_drawer.OPEN] = opened
    try:
        asset_id = UUID(st.query_params.get(media_drawer.OPEN, ""))
    except ValueError:
        return
    media_drawer.drawer(asset_id, zone)


def _rows(app: App, scope: Scope, filters: media.Filters) -> Iterator[tuple[object, ...]]:
    """Everything that matches, page by page, each in its own short transaction."""
    cursor = None
    while True:
        with app.tx(scope) as tx:
            found = media.page(tx, filters, after=cursor, size=2000)
        yield from (csv_row(asset) for asset in found.assets)
        cursor = found.after
        if cursor is None:
            return
