"""Before an import: what the file is, which column is what, the first rows, what would be left out."""

from datetime import date
from typing import Any, BinaryIO, cast
from uuid import UUID

import streamlit as st

from pages.parts import doors, paths, session
from pages.parts.import_words import FIELDS, KINDS, field_words, layout_words, preview_rows
from pages.parts.look import card, card_head
from pages.parts.markup import chip, esc, html
from pages.parts.notices import notices, plain
from pages.parts.zones import day
from services import research
from services.kit.errors import UserError
from services.kit.text import counted

MOST_MEGABYTES = 1_000
_NOT_HERE = "Not in this file"
_ORDERS = {"Write them out": "", "Day first, 31/12/2026": "day first", "Month first, 12/31/2026": "month first"}
_TURN = session.Slot("imports", "turn", 0)
_SHOWN_PROBLEMS = 8


def upload_card() -> None:
    """The way in: choose a file, look at it, start."""
    with card("imports-file", gap="small"):
        card_head("Import a file", "CSV, TSV or JSON")
        turn = session.get(_TURN)
        file: Any = st.file_uploader(
            "An export of the Meta Ad Library (CSV or JSON), its report, or any table of posts",
            key=f"imports-file-{turn}",
            max_upload_size=MOST_MEGABYTES,
        )
    if file is None:
        return
    stream = cast(BinaryIO, file)
    try:
        layout = research.detect(stream, file.name)
    except UserError as error:
        with card("imports-refused"):
            html(
                f'<div class="row">{chip("Cannot be imported", "red", "error")}<b class="cut">{esc(file.name)}</b>'
                f'</div><p style="margin-top:8px">{esc(error.sentence.rstrip("."))}.</p>'
            )
        return
    _recognised(layout, stream, file.name, file.size)


def _recognised(layout: research.Layout, stream: BinaryIO, name: str, size_bytes: int) -> None:
    with card("imports-layout", gap="small"):
        words = " · ".join(layout_words(layout, size_bytes))
        is_table = layout.kind is research.ImportKind.POSTS
        told = (
            chip("Check the columns", "yellow", "edit_note")
            if is_table
            else chip("Recognised", "green", "check_circle")
        )
        card_head(KINDS[layout.kind], words, right_html=told)
        if is_table:
            layout = _mapper(layout, name)
        else:
            used = "".join(
                f'<span class="chip bare">{esc(column)} → {esc(field_words(field))}</span> '
                for field, column in layout.fields.items()
            )
            html(f'<div style="display:flex;flex-wrap:wrap;gap:6px">{used}</div>')
    try:
        seen = research.preview(stream, layout)
    except UserError as error:
        st.info(plain(error.sentence.rstrip(".") + "."), icon=":material/edit_note:")
        return
    _problems(seen)
    _start(seen, stream, name)
    _first_rows(seen)


def _mapper(layout: research.Layout, name: str) -> research.Layout:
    """Which column is what; what looks right is chosen already."""
    grid = st.grid(4, min_column_width=170, gap="small")
    fields: dict[str, str] = {}
    for field in research.POST_FIELDS:
        options = [_NOT_HERE, *layout.columns]
        suggestion = layout.fields.get(field, _NOT_HERE)
        with grid.cell():
            chosen = st.selectbox(
                FIELDS[field], options, index=options.index(suggestion), key=f"imports-{field}-{name}"
            )
        if chosen != _NOT_HERE:
            fields[field] = str(chosen)
    with grid.cell():
        platform = st.selectbox(
            "Platform", research.PLATFORMS, index=research.PLATFORMS.index(layout.platform),
            key=f"imports-platform-{name}", format_func=str.capitalize,
        )  # fmt: skip
    advertiser = ""
    if "advertiser" not in fields:
        with grid.cell():
            advertiser = st.text_input(
                "Whose posts are these", key=f"imports-owner-{name}", placeholder="Brand or page"
            )
    with grid.cell():
        order = st.selectbox("Dates like 03/04/2026", list(_ORDERS), key=f"imports-order-{name}")
    return layout.model_copy(
        update={"fields": fields, "platform": platform, "advertiser": advertiser, "day_order": _ORDERS[order]}
    )


def _problems(seen: research.Preview) -> None:
    if not seen.problems:
        return
    looked = f"{seen.wrong:,} of the first {counted(max(seen.checked, seen.wrong), 'row')} would be left out"
    with card("imports-problems", gap="small"):
        card_head(looked, right_html=chip("Look here", "orange", "warning"))
        lines = "".join(f"<li>{esc(problem.sentence)}</li>" for problem in seen.problems[:_SHOWN_PROBLEMS])
        more = seen.wrong - min(len(seen.problems), _SHOWN_PROBLEMS)
        tail = f'<p class="mut">and {more:,} more of them</p>' if more > 0 else ""
        html(f'<ul style="margin:0;padding-left:18px">{lines}</ul>{tail}')


def _first_rows(seen: research.Preview) -> None:
    if not seen.rows:
        return
    with card("imports-preview", gap="small"):
        card_head("As it would arrive", f"the first {counted(len(seen.rows), 'row')}")
        st.dataframe(preview_rows(seen), hide_index=True, height=min(420, 38 + 35 * len(seen.rows)))


def _start(seen: research.Preview, stream: BinaryIO, name: str) -> None:
    app, scope = doors.app(), doors.scope()
    with app.tx(scope) as tx:
        before, today = research.imported_before(tx, stream), tx.now.date()
    if before is not None:
        st.info(
            plain(f"This very file was imported on {day(before.created_at.date(), today)}. Again, it changes nothing."),
            icon=":material/info:",
        )
    with card("imports-start"), st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        made_on: date = st.date_input(
            "Day the file was made", research.guessed_day(name, seen.newest_on, today), max_value=today,
            key=f"imports-day-{name}", format="YYYY-MM-DD", width=200,
            help="Ads without an end count as running up to this day.",
        )  # fmt: skip
        wants = st.button(
            "Start the import",
            type="primary",
            icon=":material/play_arrow:",
            key="imports-start",
            disabled=not seen.rows,
        )
    if wants:
        _request(stream, name, seen.layout, made_on)


def _request(stream: BinaryIO, name: str, layout: research.Layout, made_on: date) -> None:
    import_id: UUID | None = None
    with notices("Started. You can leave this page."):
        import_id = research.request_import(doors.app(), doors.scope(), name, stream, layout, collected_on=made_on)
    if import_id is not None:
        session.put(_TURN, session.get(_TURN) + 1)  # an empty uploader next time
        paths.go("imports", **{"import": str(import_id)})
