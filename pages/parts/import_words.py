"""Imports in words: what kind of file, how it ended, what our fields are called."""

from datetime import datetime

from pages.parts.rows import Chip, Row
from pages.parts.zones import near
from services import research

KINDS = {
    research.ImportKind.META_ADS: "Ads of the Meta Ad Library",
    research.ImportKind.META_REPORT: "Report of the Meta Ad Library",
    research.ImportKind.POSTS: "Table of posts",
}
STATES: dict[research.ImportState, Chip] = {
    research.ImportState.WAITING: ("Waiting", "yellow", "hourglass_top"),
    research.ImportState.RUNNING: ("Running", "violet", "sync"),
    research.ImportState.DONE: ("Done", "green", "check_circle"),
    research.ImportState.FAILED: ("Stopped short", "red", "error"),
    research.ImportState.CANCELLED: ("Cancelled", "gray", "block"),
}
FIELDS = {
    "id": "Id", "link": "Link", "advertiser": "Advertiser", "text": "Text", "title": "Title",
    "posted_on": "Posted on", "likes": "Likes", "comments": "Comments, number of", "shares": "Shares", "views": "Views",
    "reach": "Reach", "impressions": "Impressions",
}  # fmt: skip
PREVIEW = {
    "row_number": "Row", "owner_name": "Advertiser", "name": "Advertiser", "bodies": "Text", "titles": "Title",
    "descriptions": "Description", "captions": "Leads to", "started_on": "Started", "stopped_on": "Stopped",
    "placements": "Placements", "impressions_lower": "Impressions from", "impressions_upper": "Impressions to",
    "spend_lower": "Spend from", "spend_upper": "Spend to", "spend_currency": "Currency", "reach": "Reach",
    "likes": "Likes", "comments": "Comments", "shares": "Shares", "views": "Views", "ads": "Ads in library",
    "payer": "Paid by", "disclaimer": "Disclaimer", "languages": "Languages", "link": "Link", "remote_id": "Id",
}  # fmt: skip
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def layout_words(layout: research.Layout, size_bytes: int) -> list[str]:
    """What was recognised: "UTF-8 with BOM", "semicolon", "19 columns", "36 kB"."""
    found = [research.spoken_encoding(layout.encoding)]
    if layout.header_row:
        found.append(f"columns apart by {_DELIMITERS.get(layout.delimiter, layout.delimiter)}")
    else:
        found.append("JSON")
    if layout.header_row > 1:
        found.append(f"header in row {layout.header_row}")
    return [*found, f"{len(layout.columns)} columns", size(size_bytes)]


def field_words(field: str) -> str:
    """Our field as a person calls it."""
    words = {"bodies": "text", "titles": "title", "descriptions": "description", "captions": "leads to"}
    return words.get(field, field.removesuffix("_on").replace("_", " "))


def preview_rows(preview: research.Preview) -> list[dict[str, str]]:
    """The first rows by the names people know, without columns that are empty in all of them."""
    used = [name for name in PREVIEW if any(row.get(name) for row in preview.rows)]
    return [{PREVIEW[name]: row.get(name, "") for name in used} for row in preview.rows]


def import_row(one: research.Import, zone: str, now: datetime) -> Row:
    """One import in the history."""
    by = f"by {one.created_by_name}" if one.created_by_name else ""
    parts = [KINDS[one.kind], counts(one), by, "sample" if one.is_sample else ""]
    return Row(
        id=str(one.id),
        title=one.file_name,
        sub=" · ".join(filter(None, parts)),
        icon="upload_file",
        right=near(one.created_at, zone, now),
        right_chip=STATES[one.state],
        progress=one.progress_ratio if one.state is research.ImportState.RUNNING else None,
    )


def counts(one: research.Import) -> str:
    """ "100 new, 3 changed, 2 left out"; nothing while there is nothing to tell."""
    told = (
        (one.rows_added, "new"), (one.rows_changed, "changed"), (one.rows_same, "as before"),
        (one.rows_wrong, "left out"),
    )  # fmt: skip
    return ", ".join(f"{figure:,} {word}" for figure, word in told if figure)


def size(size_bytes: int) -> str:
    """In the unit that fits."""
    if size_bytes < 1_000_000:
        return f"{max(1, round(size_bytes / 1_000)):,} kB"
    return f"{size_bytes / 1_000_000:,.1f} MB"
