"""Identifiers. They are text from the first parse on; a spreadsheet that rounded one has destroyed it."""

import re

from services.research.values.wrong import ABSENT, Wrong, shown

MOST_CHARACTERS = 200
_DIGITS = re.compile(r"[0-9]{1,25}").fullmatch
_ROUNDED = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]+|[0-9]{5,}[.,]0*").fullmatch


def digits(value: object) -> str:
    """
    A Meta id: up to 25 digits. :raises Wrong: absent, or rounded by a spreadsheet, or not digits
    """
    if isinstance(value, str):
        if value.isascii() and value.isdigit() and len(value) <= 25:
            return value
        text = value.strip().lstrip("'")
    elif isinstance(value, int) and not isinstance(value, bool):
        text = str(value)
    elif isinstance(value, float):
        raise Wrong(_rounded(value))
    else:
        text = "" if value is None else str(value)
    if text in ABSENT:
        raise Wrong("is missing")
    if _ROUNDED(text):
        raise Wrong(_rounded(text))
    if not _DIGITS(text):
        raise Wrong(f"is not an id of digits: {shown(text)}")
    return text


def label(value: object) -> str:
    """
    Any platform's id: text without spaces at its ends; "" where absent. :raises Wrong: rounded, or over 200 characters
    """
    if isinstance(value, float):
        raise Wrong(_rounded(value))
    text = "" if value is None else str(value).strip()
    if text in ABSENT:
        return ""
    if _ROUNDED(text):
        raise Wrong(_rounded(text))
    if len(text) > MOST_CHARACTERS:
        raise Wrong(f"is longer than {MOST_CHARACTERS} characters")
    return text


def _rounded(value: object) -> str:
    return f"was rounded by a spreadsheet: {shown(value)}. Export again and import the file unopened"
