"""One checked row on its way into the database: what every collector makes and the store writes."""

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from services.research.values.ranges import NOTHING, Range
from services.research.values.wrong import Wrong


class Problem(NamedTuple):
    """Why a row was left out. `row_number` counts the file's rows as a spreadsheet does: the header is row 1."""

    row_number: int
    field: str
    message: str


class StagedAd(NamedTuple):
    """`line` is the row under `COLUMNS` in Postgres's COPY text format, UTF-8; `key` tells ads apart."""

    row_number: int
    key: str
    line: bytes


class StagedReport(NamedTuple):
    """One page of a report; spend in whole units of the currency."""

    row_number: int
    platform: str
    remote_id: str
    name: str
    disclaimer: str
    spend_lower: int | None
    spend_upper: int | None
    spend_currency: str | None
    ads: int | None


COLUMNS = (
    "row_number", "kind", "platform", "remote_id", "owner_id", "owner_name", "bodies", "titles", "descriptions",
    "captions", "link", "started_on", "stopped_on", "placements", "languages", "payer", "impressions_lower",
    "impressions_upper", "spend_lower", "spend_upper", "spend_currency", "reach", "likes", "comments", "shares",
    "views", "content_hash",
)  # fmt: skip

_NULL = "\\N"
_ABSENT_COUNTS = (None,) * 5
_NO_COUNTS = "\t".join([_NULL] * 5)


def stage_ad(
    row_number: int,
    kind: str,
    platform: str,
    remote_id: str,
    owner_id: str,
    owner_name: str,
    *,
    bodies: Sequence[str] = (),
    titles: Sequence[str] = (),
    descriptions: Sequence[str] = (),
    captions: Sequence[str] = (),
    link: str = "",
    started_on: str | None = None,
    stopped_on: str | None = None,
    placements: Sequence[str] = (),
    languages: Sequence[str] = (),
    payer: str = "",
    impressions: Range = NOTHING,
    spend: Range = NOTHING,
    currency: str | None = None,
    reach: int | None = None,
    likes: int | None = None,
    comments: int | None = None,
    shares: int | None = None,
    views: int | None = None,
) -> StagedAd:
    """
    The row, with the hash of everything that may change: equal hashes are equal content. Days are ISO texts;
    `owner_id` and `owner_name` are the page's or account's own, as the platform shows them.

    :raises Wrong: the stop lies before the start, or a text holds half a character
    """
    if started_on and stopped_on and stopped_on < started_on:
        raise Wrong(f"lies before the start, {started_on}", "stopped_on")
    counts = (reach, likes, comments, shares, views)
    cells = (
        f"{_cell(owner_name)}\t{_array(bodies)}\t{_array(titles)}\t{_array(descriptions)}\t{_array(captions)}\t"
        f"{_cell(link)}\t{started_on or _NULL}\t{stopped_on or _NULL}\t{_array(placements)}\t{_array(languages)}\t"
        f"{_cell(payer)}\t{_ranges(*impressions, *spend, currency)}\t"
        f"{_NO_COUNTS if counts == _ABSENT_COUNTS else _figures(*counts)}"
    )
    head = f"{row_number}\t{kind}\t{platform}\t{_cell(remote_id)}\t{_cell(owner_id)}\t"
    return StagedAd(row_number, f"{remote_id}\t{platform}\t{kind}", _line(head, cells))


def _line(head: str, cells: str) -> bytes:
    """The whole row; the hash at its end is of `cells`."""
    try:
        start, content = head.encode(), cells.encode()
    except UnicodeEncodeError:
        raise Wrong("holds half a character: the file was cut or badly converted", "text") from None
    return b"%b%b\t%b\n" % (start, content, blake2b(content, digest_size=16).hexdigest().encode())


def _figures(*figures: int | str | None) -> str:
    """Cells side by side."""
    return "\t".join([_NULL if figure is None else str(figure) for figure in figures])


_ranges = lru_cache(maxsize=4096)(_figures)  # Meta has some twenty steps of each: the same few come again and again


def read_ad(row: StagedAd) -> dict[str, str]:
    """The row's cells by column, as a person reads them: lists with dots between, nothing where there is nothing."""
    cells = row.line.decode().removesuffix("\n").split("\t")
    return {name: _shown(cell) for name, cell in zip(COLUMNS, cells, strict=True)}


def _shown(cell: str) -> str:
    if cell == _NULL:
        return ""
    text = re.sub(r"\\(.)", lambda found: {"n": "\n", "t": "\t", "r": "\r"}.get(found[1], found[1]), cell)
    if not (text.startswith("{") and text.endswith("}")):
        return text
    items = re.findall(r'"((?:[^"\\]|\\.)*)"', text, re.DOTALL)
    return " · ".join(re.sub(r"\\(.)", r"\1", item, flags=re.DOTALL) for item in items)


def _cell(text: str) -> str:
    """A text of COPY: backslash and the characters that end cells and rows escaped."""
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    return _controls(text)


def _controls(text: str) -> str:
    if "\n" in text:
        text = text.replace("\n", "\\n")
    if "\r" in text:
        text = text.replace("\r", "\\r")
    if "\t" in text:
        text = text.replace("\t", "\\t")
    return text


def _array(items: Sequence[str]) -> str:
    """An array literal of Postgres, as a text of COPY."""
    if not items:
        return "{}"
    inside = _item(items[0]) if len(items) == 1 else '","'.join([_item(item) for item in items])
    return f'{{"{inside}"}}'


def _item(text: str) -> str:
    """An array's item: backslash and quote escaped for the array, then what that gives for COPY."""
    if "\\" in text:
        text = text.replace("\\", "\\\\\\\\")
    if '"' in text:
        text = text.replace('"', '\\\\"')
    return _controls(text)
