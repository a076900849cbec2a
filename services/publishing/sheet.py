"""
Posts from a table: read, checked row by row, and saved as drafts. A draft goes out only after a person approved it.

Columns by name, in any order, in English: date, time, text; and where wanted channel, title, link, alt text.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services import accounts, creative, schedule
from services.kit.db import Tx
from services.kit.errors import Invalid, UserError
from services.kit.text import clip
from services.publishing.registry import formats, publisher

ROWS_MAX = 2_000
BYTES_MAX = 8 * 1024 * 1024
COLUMNS = ("date", "time", "channel", "text", "title", "link", "alt text")
_NEEDED = ("date", "text")
_USUAL = time(9)
_TITLE_MAX = 80
_TEXT_MAX, _LINK_MAX, _ALT_MAX = 63_206, 2_000, 1_000  # as a draft takes


class SheetRefused(Invalid):
    """This file is no table of posts."""


class SheetRow(BaseModel):
    """One row: the draft it becomes, or why it cannot. `number` as a spreadsheet counts, the names being row 1."""

    model_config = ConfigDict(frozen=True)

    number: int
    post: creative.NewPost
    error: str = ""


class Sheet(BaseModel):
    """A file as it was read; nothing is saved yet."""

    model_config = ConfigDict(frozen=True)

    rows: tuple[SheetRow, ...]

    @property
    def good(self) -> list[creative.NewPost]:
        return [row.post for row in self.rows if not row.error]

    @property
    def wrong(self) -> list[SheetRow]:
        return [row for row in self.rows if row.error]


def read_sheet(
    body: bytes, zone: str, now: datetime, channels: Sequence[accounts.Channel], new_id: Callable[[], UUID]
) -> Sheet:
    """
    Read a CSV file (comma, semicolon or tab; UTF-8, else Windows-1252) and check every row. Saves nothing.

    :param zone: the brand's, in which dates and times are meant
    :param channels: the brand's own; a row names a platform, or a channel by its name or handle
    :raises SheetRefused: no table, a missing column, no row, or more than 2,000
    """
    lines = _lines(body)
    if not lines:
        raise SheetRefused("The file is empty.")
    names = [" ".join(cell.replace("_", " ").split()).casefold() for cell in lines[0][1]]
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise SheetRefused(f"The first row needs a column called “{missing[0]}”. Known are: {', '.join(COLUMNS)}.")
    if len(lines) - 1 > ROWS_MAX:
        raise SheetRefused(f"{len(lines) - 1:,} rows are too many at once: up to {ROWS_MAX:,} fit.")
    if len(lines) == 1:
        raise SheetRefused("There is no row below the names.")
    known = _platforms(channels)
    cells_of = [(number, dict(zip(names, cells, strict=False))) for number, cells in lines[1:]]
    return Sheet(rows=tuple(_once([_row(number, cells, zone, now, known, new_id()) for number, cells in cells_of])))


def save_sheet(tx: Tx, brand_id: UUID, sheet: Sheet) -> int:
    """Make a draft of every good row, all or none; returns how many are new: a second time it is none."""
    return creative.create_posts(tx, brand_id, sheet.good)


def _lines(body: bytes) -> list[tuple[int, list[str]]]:
    """Rows that hold something, with their numbers. :raises SheetRefused: no text, or no table"""
    if len(body) > BYTES_MAX:
        raise SheetRefused(f"The file is larger than {BYTES_MAX // 1024 // 1024} MB.")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("cp1252", "replace")
    if "\0" in text:
        raise SheetRefused("This is no text file. Save the table as CSV.")
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except csv.Error as error:
        raise SheetRefused(f"The table cannot be read: {error}.") from None
    return [(number, cells) for number, cells in enumerate(found, 1) if any(cell.strip() for cell in cells)]


def _platforms(channels: Sequence[accounts.Channel]) -> dict[str, str]:
    """Platform by what a row may call it."""
    known = {}
    for one in channels:
        for name in (one.platform, one.name, one.handle, f"@{one.handle}"):
            if name.strip(" @"):
                known[name.strip().casefold()] = one.platform
    return known


def _row(
    number: int, cells: Mapping[str, str], zone: str, now: datetime, known: Mapping[str, str], new_id: UUID
) -> SheetRow:
    text, link, alt = (_unguarded(cells.get(name, "").strip()) for name in ("text", "link", "alt text"))
    title = clip(" ".join((_unguarded(cells.get("title", "")) or text).split()), _TITLE_MAX) or "Untitled post"
    called = cells.get("channel", "").strip()
    platform = known.get(called.casefold(), "")
    wanted_at, error = None, _wrong_words(text, link, alt, called, platform)
    try:
        wanted_at = schedule.future_instant_of(_wall(cells.get("date", ""), cells.get("time", "")), zone, now)
    except UserError as refusal:
        error = refusal.sentence
    post = creative.NewPost(
        id=new_id, name=title, text=text, link=link, alt_text=alt, platform=platform, wanted_at=wanted_at
    )
    return SheetRow(number=number, post=post, error=error)


def _wrong_words(text: str, link: str, alt: str, called: str, platform: str) -> str:
    if not text:
        return "The text is missing."
    if len(text) > _TEXT_MAX or len(link) > _LINK_MAX or len(alt) > _ALT_MAX:
        return "A cell is longer than any channel takes."
    if link and (not link.startswith("https://") or any(sign.isspace() for sign in link)):
        return "The link needs to begin with https:// and hold no space."
    if called and not platform:
        return f"No channel of this brand is called “{clip(called, 40)}”."
    if platform and formats(platform):
        spec = publisher(platform).spec
        length = spec.count(text)
        if length > spec.text_max:
            return f"{spec.label} takes {spec.text_max:,} characters; this has {length:,}."
    return ""


def _wall(day: str, clock: str) -> datetime:
    """ "2026-11-27" or "27.11.2026", "14:30"; without a time nine o'clock. :raises SheetRefused: neither"""
    day, clock = day.strip(), clock.strip()
    if not day:
        raise SheetRefused("The date is missing.")
    try:
        if "." in day:
            numbers = [int(part) for part in day.split(".")]
            on = date(numbers[2], numbers[1], numbers[0])
        else:
            on = date.fromisoformat(day)
    except (ValueError, IndexError, OverflowError):
        raise SheetRefused(f"“{clip(day, 30)}” is no date: write 2026-11-27 or 27.11.2026.") from None
    if not 2000 <= on.year <= 2100:
        raise SheetRefused(f"“{clip(day, 30)}” lies too far away.")
    try:
        at = datetime.strptime(clock, "%H:%M").time() if clock else _USUAL
    except ValueError:
        raise SheetRefused(f"“{clip(clock, 30)}” is no time: write 14:30.") from None
    return datetime.combine(on, at)


def _once(rows: list[SheetRow]) -> list[SheetRow]:
    """The same words for the same channel at the same time are one post; the second is told."""
    seen: dict[tuple[object, ...], int] = {}
    checked = []
    for row in rows:
        first = seen.setdefault((row.post.platform, row.post.wanted_at, row.post.text), row.number)
        same = "" if row.error or first == row.number else f"The same as row {first}."
        checked.append(row.model_copy(update={"error": row.error or same}))
    return checked


def _unguarded(text: str) -> str:
    """A cell as it was before an export guarded it against being run as a formula."""
    return text[1:] if text.startswith("'") and text[1:2] in ("=", "+", "-", "@") else text
