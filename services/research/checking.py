"""A file and its layout -> checked rows, and the preview of them."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import BinaryIO

from services.research.collectors import meta_ads_csv, meta_ads_json, meta_report_csv, posts_table
from services.research.errors import MappingIncomplete
from services.research.models import ImportKind, Layout, Preview, RowProblem
from services.research.reading import encoding as encodings
from services.research.reading.records import flat, json_records
from services.research.reading.tables import BrokenOff, TableShape, table_rows
from services.research.staged import Problem, StagedAd, StagedReport, read_ad

PREVIEW_ROWS = 20
PREVIEW_CHECKED = 1_000
PREVIEW_PROBLEMS = 50

Checked = StagedAd | StagedReport | Problem


def checked_rows(stream: BinaryIO, layout: Layout) -> Iterator[Checked]:
    """
    Every row of the file, checked, in the file's order; memory does not grow with the file. Wrong rows come as
    problems among the right ones.

    :raises BrokenOff: the file ends inside a row or record
    """
    stream.seek(0)
    if layout.collector == meta_ads_json.NAME:
        yield from meta_ads_json.ads(json_records(encodings.pieces(stream, layout.encoding)))
    elif layout.kind is ImportKind.POSTS:
        yield from posts_table.posts(
            _rows_of_posts(stream, layout),
            layout.columns,
            layout.fields,
            advertiser=layout.advertiser,
            platform=layout.platform,
            order=layout.day_order,
        )
    else:
        rows = table_rows(encodings.lines(stream, layout.encoding), _shape(layout))
        if layout.kind is ImportKind.META_REPORT:
            yield from meta_report_csv.advertisers(rows, layout.columns)
        else:
            yield from meta_ads_csv.ads(rows, layout.columns)


def demand_complete(layout: Layout) -> None:
    """
    :raises MappingIncomplete: a table of posts does not say whose posts they are, or nothing is mapped to show
    """
    if layout.kind is not ImportKind.POSTS:
        return
    if unknown := [column for column in layout.fields.values() if column not in layout.columns]:
        raise MappingIncomplete(f"The file has no column {unknown[0]}")
    if layout.platform not in posts_table.PLATFORMS:
        raise MappingIncomplete("Choose the platform these posts are from")
    if "advertiser" not in layout.fields and not layout.advertiser.strip():
        raise MappingIncomplete("Say whose posts these are: choose the column with the account, or write its name")
    if not layout.fields.keys() - {"advertiser"}:
        raise MappingIncomplete("Choose at least one column with text, link, date or figures")


def preview(stream: BinaryIO, layout: Layout) -> Preview:
    """
    The first 20 rows as they would be stored, and what is wrong among the first 1,000. Stores nothing.

    :raises MappingIncomplete: see `demand_complete`
    """
    demand_complete(layout)
    rows: list[dict[str, str]] = []
    problems: list[RowProblem] = []
    checked = wrong = 0
    newest: date | None = None
    try:
        for row in islice(checked_rows(stream, layout), PREVIEW_CHECKED):
            checked += 1
            if isinstance(row, Problem):
                wrong += 1
                problems.append(RowProblem(row_number=row.row_number, field=row.field, message=row.message))
                continue
            named = _named(row)
            if started := named.get("started_on"):
                newest = max(newest or date.min, date.fromisoformat(started))
            if len(rows) < PREVIEW_ROWS:
                rows.append(named)
    except BrokenOff as broken:
        wrong += 1
        problems.append(RowProblem(row_number=broken.row_number, field="", message=broken.message))
    return Preview(
        layout=layout,
        rows=tuple(rows),
        problems=tuple(problems[:PREVIEW_PROBLEMS]),
        checked=checked,
        wrong=wrong,
        newest_on=newest,
    )


def _shape(layout: Layout) -> TableShape:
    return TableShape(layout.delimiter, layout.header_row, layout.columns)


def _rows_of_posts(stream: BinaryIO, layout: Layout) -> Iterator[tuple[int, list[object]]]:
    if layout.header_row:
        for number, cells in table_rows(encodings.lines(stream, layout.encoding), _shape(layout)):
            yield number, list(cells)
        return
    for number, record in json_records(encodings.pieces(stream, layout.encoding)):
        row = flat(record)
        yield number, [row.get(column) for column in layout.columns]


def _named(row: StagedAd | StagedReport) -> dict[str, str]:
    if isinstance(row, StagedAd):
        return {name: cell for name, cell in read_ad(row).items() if name != "content_hash"}
    return {name: "" if value is None else str(value) for name, value in row._asdict().items()}


def guessed_day(file_name: str, newest: date | None, today: date) -> date:
    """The day the file was made: as its name says where that is plausible, else today."""
    for year, month, day in re.findall(r"(20\d\d)-(\d\d)-(\d\d)", file_name):
        try:
            named = date(int(year), int(month), int(day))
        except ValueError:
            continue
        if (newest or date.min) <= named <= today:
            return named
    return today
