"""Text that leaves for spreadsheets and logs."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_cell(value: object) -> object:
    """
    A cell that no spreadsheet runs as a formula: text starting like one gets a leading apostrophe.

    Numbers stay numbers; instants are ISO 8601. Rule: OWASP, CSV Injection.
    """
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return csv_cell(", ".join(str(item) for item in value))
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file in UTF-8 with BOM (spreadsheets then read umlauts), every cell guarded by `csv_cell`."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([csv_cell(name) for name in header])
    for row in rows:
        writer.writerow([csv_cell(value) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def storable(text: str) -> str:
    """Foreign words without what PostgreSQL refuses: NUL, and halves of a character, which cut texts end in."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def clip(text: str, limit: int) -> str:
    """At most `limit` characters that can be stored, ending in an ellipsis where something was left off."""
    text = storable(text)
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
