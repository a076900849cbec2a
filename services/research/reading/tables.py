"""A text file read as a table: delimiter, header row, rows with the numbers a spreadsheet shows."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from services.research.errors import NoRows, UnreadableFile

DELIMITERS = (",", ";", "\t", "|")
LOOKED_AT_ROWS = 60
MOST_COLUMNS = 500
_END = "\ue000end of file\ue000"


class BrokenOff(Exception):
    """The source ends inside a row or record; everything before it was fine."""

    def __init__(self, row_number: int, message: str) -> None:
        super().__init__(message)
        self.row_number = row_number
        self.message = message


@dataclass(frozen=True)
class TableShape:
    """How to read the rows: `header_row` counts from 1; `columns` are unique and never empty."""

    delimiter: str
    header_row: int
    columns: tuple[str, ...]


def plain(name: str) -> str:
    """A column's name for comparing: "Amount spent (THB)" is "amount_spent_thb"."""
    return re.sub(r"[^\w]+", "_", name.strip("\ufeff \t").casefold()).strip("_")


def shape_of(sample: str) -> TableShape:
    """
    Find delimiter and header in the first part of a file.

    :raises UnreadableFile: there is no table here
    :raises NoRows: there is nothing under the header
    """
    named = re.match(r"\ufeff?sep=(.)\r?\n", sample)
    tables = {mark: _first_rows(sample, mark) for mark in ((named[1],) if named else DELIMITERS)}
    delimiter, rows = max(tables.items(), key=lambda item: _regularity(item[1]))
    width = _usual_width(rows)
    if width < 2:
        raise UnreadableFile("No columns were found: this is not a table separated by comma, semicolon, tab or bar")
    if width > MOST_COLUMNS:
        raise UnreadableFile(f"The table has more than {MOST_COLUMNS} columns")
    for number, cells in enumerate(rows, start=1):
        if _may_be_header(cells, width):
            if not any(any(cell.strip() for cell in below) for below in rows[number:]):
                raise NoRows()
            return TableShape(delimiter, number, _unique(cells))
    raise UnreadableFile("No header was found: the first row must name the columns")


def table_rows(lines: Iterable[str], shape: TableShape) -> Iterator[tuple[int, list[str]]]:
    """
    The rows under the header with their numbers; blank ones are passed over.

    :raises BrokenOff: the file ends inside a quoted cell, or a cell never ends
    """
    # The csv module says nothing when a file ends inside quotes; a last line of our own then lands in that cell.
    reader = csv.reader(chain(lines, (_END,)), delimiter=shape.delimiter)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number > shape.header_row and cells:
                if len(cells) == 1:
                    if cells[0] == _END:
                        return
                    if not cells[0].strip():
                        continue
                if _END in cells[-1]:
                    raise BrokenOff(number, "breaks off inside a quoted cell")
                yield number, cells
    except csv.Error:
        raise BrokenOff(number + 1, "holds a cell of more than 131,072 characters: a quote is never closed") from None


def _first_rows(sample: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            rows.append(cells)
            if len(rows) == LOOKED_AT_ROWS:
                break
    except csv.Error:
        pass  # an endless cell: judged by the rows before it
    return rows


def _usual_width(rows: list[list[str]]) -> int:
    widths = Counter(len(cells) for cells in rows if any(cell.strip() for cell in cells))
    return max(widths, key=lambda width: (widths[width], width)) if widths else 0


def _regularity(rows: list[list[str]]) -> tuple[float, int]:
    width = _usual_width(rows)
    if width < 2:
        return 0.0, 0
    return sum(len(cells) == width for cells in rows) / len(rows), width


def _may_be_header(cells: list[str], width: int) -> bool:
    names = [cell.strip() for cell in cells if cell.strip("\ufeff ")]
    if len(names) < max(2, 0.6 * width) or len({plain(name) for name in names}) < len(names):
        return False
    return not any(re.fullmatch(r"[\d.,:/+-]+|https?://.*", name) for name in names)


def _unique(cells: list[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    names = []
    for place, cell in enumerate(cells, start=1):
        name = " ".join(cell.strip("\ufeff ").split())[:120] or f"column {place}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)
