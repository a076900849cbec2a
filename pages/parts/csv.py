"""The one way a table leaves a screen as CSV: every cell is guarded against formulas."""

from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from services.kit.text import csv_bytes


def csv_button(
    name: str, header: Sequence[str], rows: Callable[[], Iterable[Sequence[object]]], *, key: str, label: str = "CSV"
) -> None:
    """
    A download button; the rows are read when it is pressed, in a thread without a page.

    :param name: the file's name without ending
    :param rows: reads the rows; opens its own transaction, draws nothing
    """
    st.download_button(
        label,
        data=lambda: csv_bytes(header, rows()),
        file_name=f"{name}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=key,
    )
