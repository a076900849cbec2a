"""One import: how far it is, then what came of it, row by row where rows were left out."""

from datetime import datetime
from uuid import UUID

import streamlit as st

from pages.parts import doors, paths
from pages.parts.csv import csv_button
from pages.parts.import_words import KINDS, STATES, counts, size
from pages.parts.look import card, card_head, header, tile
from pages.parts.markup import chip, esc, html
from pages.parts.notices import notices, plain
from pages.parts.zones import day, span, when
from services import research

LIVE_SECONDS = 2
_PROBLEMS_HEADER = ("Row", "Column", "What is wrong")


def import_page(import_id: UUID, zone: str) -> None:
    """The whole screen of one import."""
    with doors.app().tx(doors.scope()) as tx:
        found = research.get_import(tx, import_id)
        problems = research.import_problems(tx, import_id)
        now = tx.now
    right = header(found.file_name, KINDS[found.kind], chips_html=chip(*STATES[found.state]))
    with right:
        if st.button("All imports", icon=":material/arrow_back:", key="imports-all"):
            paths.go("imports")
        if found.state.is_over and st.button(
            "See the ads", type="primary", icon=":material/travel_explore:", key="imports-see"
        ):
            paths.go("competitors")
    if not found.state.is_over:
        _live(import_id)
        return
    _tiles(found)
    if found.error:
        st.warning(plain(found.error), icon=":material/error:")
    _left_out(found, problems)
    _facts(found, zone, now)


def _live(import_id: UUID) -> None:
    def panel() -> None:
        with doors.app().tx(doors.scope()) as tx:
            one = research.get_import(tx, import_id)
        if one.state.is_over:
            st.rerun()
        with card("imports-progress", gap="small"):
            expected = f" of about {one.rows_total:,}" if one.rows_total else ""
            waiting = one.state is research.ImportState.WAITING
            text = "Waiting for a worker" if waiting else f"{one.rows_done:,}{expected} rows"
            st.progress(one.progress_ratio, text=text)
            html(f'<p class="mut">{esc(counts(one) or "You can leave this page.")}</p>')
            st.button(
                "Cancelling" if one.cancel_asked_at else "Cancel", icon=":material/block:",
                key=f"imports-cancel-{import_id}", on_click=_cancel, args=(import_id,),
                help="What is stored by then stays.",
            )  # fmt: skip

    st.fragment(panel, run_every=LIVE_SECONDS)()


def _cancel(import_id: UUID) -> None:
    with notices("Cancelling. What is stored by then stays.", quiet_error=True):
        with doors.app().tx(doors.scope()) as tx:
            research.cancel_import(tx, import_id)


def _tiles(found: research.Import) -> None:
    grid = st.grid(4, min_column_width=150, gap="small")
    told = (
        (found.rows_added, "new", "were not here before", "add_circle", "green"),
        (found.rows_changed, "changed", "differ from what was here", "change_circle", "blue"),
        (found.rows_same, "as before", "nothing was touched", "check_circle", "gray"),
        (found.rows_wrong, "left out", "see the rows below" if found.rows_wrong else "every row was right",
         "error", "red" if found.rows_wrong else "gray"),
    )  # fmt: skip
    for number, (figure, words, note, symbol, tone) in enumerate(told):
        with grid.cell():
            tile(f"{figure:,}", words, note, symbol=symbol, tone=tone, key=f"imports-{number}")


def _left_out(found: research.Import, problems: list[research.RowProblem]) -> None:
    if not problems:
        return
    table = [(one.row_number, one.field, one.message) for one in problems]
    with card("imports-left-out", gap="small"):
        kept = "" if found.rows_wrong <= len(problems) else f"the first {len(problems):,} of {found.rows_wrong:,}"
        card_head("Rows left out", kept)
        st.dataframe(
            [dict(zip(_PROBLEMS_HEADER, row, strict=True)) for row in table],
            hide_index=True,
            height=min(420, 38 + 35 * len(table)),
        )
        csv_button("loopdesk-rows-left-out", _PROBLEMS_HEADER, lambda: table, key="imports-left-out-csv")


def _facts(found: research.Import, zone: str, now: datetime) -> None:
    pairs = {
        "File": f"{found.file_name}, {size(found.file_bytes)}",
        "Made on": day(found.collected_on, now.date()),
        "Read as": research.spoken_encoding(found.mapping.encoding),
        "Collector": found.collector,
        "Rows": f"{found.rows_done:,}",
        "Asked for": when(found.created_at, zone, now)
        + (f" by {found.created_by_name}" if found.created_by_name else ""),
        "Took": span(found.took_seconds) if found.took_seconds is not None else "–",
    }
    lines = "".join(
        f'<div class="row" style="padding:4px 0"><span class="mut" style="flex:0 0 110px">{esc(name)}</span>'
        f'<span class="num" style="overflow-wrap:anywhere;min-width:0">{esc(value)}</span></div>'
        for name, value in pairs.items()
    )
    with card("imports-facts"):
        card_head("Where it came from")
        html(lines)
