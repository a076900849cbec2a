"""Posts from a table: the file, what becomes of each row, and only then the drafts."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import doors, session
from pages.parts.csv import csv_button
from pages.parts.markup import chip, esc, html, icon, mark
from pages.parts.notices import offer_undo, plain
from pages.parts.zones import place, when
from services import accounts, brands, creative, publishing
from services.kit.errors import UserError
from services.kit.text import counted

SHOWN = 12  # rows of each kind in the preview; the rest is counted
_READ: session.Slot[tuple[str, publishing.Sheet] | None] = session.Slot("calendar", "sheet-read", None)
_EXAMPLE = (("2026-12-01", "09:00", "instagram", "What the post says", "A name for our own lists", "https://", ""),)


def start() -> None:
    """Forget the file of the last time; for the button that opens the dialog."""
    session.put(_READ, None)


@st.dialog("Import posts", width="large", icon=":material/upload:")
def sheet_dialog(brand: brands.Brand, channels: Sequence[accounts.Channel]) -> None:
    """The dialog. Nothing is saved before its last button, and what is saved are drafts."""
    words = (
        f"A CSV file with one post in a row, up to {publishing.ROWS_MAX:,}. Each becomes a draft, wanted at its time"
    )
    html(f'<div class="mut">{words} in {esc(place(brand.time_zone))}. Nothing goes out without approval.</div>')
    csv_button("loopdesk-posts-example", publishing.COLUMNS, lambda: _EXAMPLE, key="calendar-sheet-example",
               label="Example")  # fmt: skip
    file = st.file_uploader("Table of posts", ["csv", "txt", "tsv"], key="calendar-sheet-file", max_upload_size=8,
                            label_visibility="collapsed")  # fmt: skip
    if file is None:
        return
    try:
        sheet = _read(file.file_id, file.getvalue(), brand, channels)
    except UserError as error:
        st.error(plain(error.sentence), icon=":material/error:")
        return
    _preview(sheet, brand.time_zone)
    good = sheet.good
    label = f"Save {counted(len(good), 'draft')}"
    if st.button(label, type="primary", icon=":material/save:", key="calendar-sheet-save", disabled=not good):
        _save(sheet, brand)


def _read(file_id: str, body: bytes, brand: brands.Brand, channels: Sequence[accounts.Channel]) -> publishing.Sheet:
    """Read once per file: the ids chosen here keep a second press from making a second draft."""
    kept = session.get(_READ)
    if kept is None or kept[0] != file_id:
        app = doors.app()
        found = publishing.read_sheet(body, brand.time_zone, app.clock.now(), channels, app.ids.new)
        kept = (file_id, found)
        session.put(_READ, kept)
    return kept[1]


def _preview(sheet: publishing.Sheet, zone: str) -> None:
    good, wrong = sheet.good, sheet.wrong
    told = chip(f"{len(good):,} fine", "green", "check_circle") if good else ""
    bad = chip(f"{len(wrong):,} left out", "red", "error") if wrong else ""
    html(f'<div class="row">{told}{bad}</div>')
    now = doors.app().clock.now()
    lines = [
        f'<div class="row say">{icon("error", "red")}<span class="num mut">Row {row.number}</span>'
        f'<span style="overflow-wrap:anywhere">{esc(row.error)}</span></div>'
        for row in wrong[:SHOWN]
    ]
    if len(wrong) > SHOWN:
        lines.append(f'<div class="mut">and {len(wrong) - SHOWN:,} more rows that are left out</div>')
    lines += [_line(post, when(post.wanted_at, zone, now) if post.wanted_at else "") for post in good[:SHOWN]]
    if len(good) > SHOWN:
        lines.append(f'<div class="mut">and {len(good) - SHOWN:,} more drafts</div>')
    html("".join(lines))


def _line(post: creative.NewPost, wanted: str) -> str:
    where = mark(post.platform) if post.platform else icon("edit_note", "gray")
    return (
        f'<div class="row say">{where}<span class="num" style="flex:none">{esc(wanted)}</span>'
        f'<span class="cut" dir="auto">{esc(post.text)}</span></div>'
    )


def _save(sheet: publishing.Sheet, brand: brands.Brand) -> None:
    ids = [post.id for post in sheet.good]

    def back() -> None:
        with doors.app().tx(doors.scope()) as tx:
            creative.archive_drafts(tx, ids)

    try:
        with doors.app().tx(doors.scope()) as tx:
            made = publishing.save_sheet(tx, brand.id, sheet)
    except UserError as error:
        st.error(plain(error.sentence), icon=":material/error:")
        return
    session.put(_READ, None)
    offer_undo(f"{counted(made, 'draft')} saved. Nothing goes out before somebody approves.", back)
    st.rerun()
