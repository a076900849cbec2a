"""Ads of the Meta Ad Library as a table: the library's own CSV download and flattened API answers."""

from collections.abc import Iterator
from operator import itemgetter

from services.research.meta import FIELDS, IDS, KNOWN, NAMES, checked_ad
from services.research.reading.tables import plain
from services.research.staged import Problem, StagedAd
from services.research.values import Wrong

NAME = "meta_ads_csv"


def fits(columns: tuple[str, ...]) -> bool:
    """Whether this is a table of the library's ads: an id and at least two more fields of an ad."""
    names = {plain(column) for column in columns}
    return bool(names & IDS) and len(names & (KNOWN - IDS - {"page_id", "page_name", "currency"})) >= 2


def columns_used(columns: tuple[str, ...]) -> dict[str, str]:
    """Our field -> the column it is read from."""
    by_name = {plain(column): column for column in reversed(columns)}
    found = {field: next((by_name[name] for name in NAMES[field] if name in by_name), None) for field in FIELDS}
    return {field: column for field, column in found.items() if column}


def ads(rows: Iterator[tuple[int, list[str]]], columns: tuple[str, ...]) -> Iterator[StagedAd | Problem]:
    """The rows, checked. :raises BrokenOff: from the source"""
    used = columns_used(columns)
    width = len(columns)
    pick = itemgetter(*(columns.index(used[field]) if field in used else width for field in FIELDS))
    for number, cells in rows:
        if len(cells) < width:
            yield Problem(number, "", f"has {len(cells)} of {width} columns: the row is cut off")
            continue
        cells[width:] = ("",)  # what absent fields are read from; also drops cells beyond the header
        try:
            yield checked_ad(number, pick(cells))
        except Wrong as wrong:
            yield Problem(number, used.get(wrong.field, wrong.field), wrong.message)
