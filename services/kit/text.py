"""Text that leaves for spreadsheets and logs."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

# U+202A to U+202E and U+2066 to U+2069: Unicode Bidirectional Algorithm, explicit formatting characters.
_SPOILING = dict.fromkeys(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]), "") | dict.fromkeys(
    map(chr, [*range(0x20), *range(0x7F, 0xA0)]), " "
)


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


def one_line(text: str) -> str:
    """Foreign words on one line, without what reorders or hides the words beside them: controls and bidi overrides."""
    return " ".join("".join(_SPOILING.get(sign, sign) for sign in text).split())


def storable(text: str) -> str:
    """Foreign words without what PostgreSQL refuses: NUL, and halves of a character, which cut texts end in."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def clip(text: str, limit: int) -> str:
    """At most `limit` characters that can be stored, ending in an ellipsis where something was left off."""
    text = storable(text)
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def counted(count: float, one: str, many: str = "") -> str:
    """
    "1 run", "0 runs", "1,234 tries".

    :param one: the word of a single one; `many` where its plural is not that with an s
    """
    figure = f"{count:,g}" if isinstance(count, float) else f"{count:,}"
    return f"{figure} {one_or_many(count, one, many or f'{one}s')}"


def one_or_many(count: float, one: str, many: str) -> str:
    """The word that fits how many there are: "needs" or "need"."""
    return one if count == 1 else many
