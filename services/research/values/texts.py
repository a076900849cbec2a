"""Texts, lists of texts, links. What is stored holds no NUL, no access token and no private person's name as payer."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from services.research.values.ranges import literal
from services.research.values.wrong import ABSENT, Wrong, shown

MOST_CHARACTERS = 20_000
MOST_TEXTS = 50
TOKEN = re.compile(r"(access_token(?:=|%3D))[^&\"'\s\\,;<>]+")
_SECRET = re.compile(r"token|secret|signature|^sig|auth|session|passw|^key$|api_?key", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"\b(inc|llc|ltd|llp|plc|corp|co|company|gmbh|ag|ug|kg|e\.?v|s\.?a|s\.?r\.?l|s\.?l|b\.?v|oy|ab|as|aps|pte|pty|"
    r"committee|campaign|congress|senate|assembly|council|pac|party|fund|foundation|association|society|union|"
    r"institute|center|centre|university|college|school|church|group|media|news|press|team|friends|coalition|alliance|"
    r"network|project|movement|club|government|ministry|department|agency|commission|authority|office|bank|trust|"
    r"international|global|studio|agency|partners|holding|holdings|verein|stiftung|partei|verband|democrats?|"
    r"republicans?|conservatives?|labour|greens?|for|of|the|and|our|&)\b|\d|พรรค|สำนัก|มูลนิธิ|บริษัท|สมาคม",
    re.IGNORECASE,
)


def text(value: object) -> str:
    """
    One text, clipped to 20,000 characters; "" where absent. :raises Wrong: it holds a character that is none
    """
    if value is None:
        return ""
    found = value if isinstance(value, str) else str(value)
    if "\x00" in found:
        raise Wrong("holds a NUL character: the file is damaged or in another encoding")
    if found in ABSENT:
        return ""
    if len(found) > MOST_CHARACTERS:
        found = found[:MOST_CHARACTERS]
    return TOKEN.sub(r"\1removed", found) if "access_token" in found else found


def texts(value: object) -> list[str]:
    """
    The variants of one creative: a list, a list written into a cell, or one text. Empty ones are left out.

    :raises Wrong: a damaged list
    """
    if value is None or value == "":
        return []
    if isinstance(value, str):
        if "[" not in value[:3] or value.lstrip()[:2] not in ('["', "['", "[]", "[ "):
            found = text(value)
            return [found] if found and not found.isspace() else []
        value = literal(value.strip())
    if not isinstance(value, list | tuple):
        raise Wrong(f"is not a list of texts: {shown(value)}")
    return [found for item in value[:MOST_TEXTS] if (found := text(item)).strip()]


def words(value: object) -> list[str]:
    """Short names such as platforms: a list, or one cell with commas; lower case, each once."""
    if value is None or value == "":
        return []
    if isinstance(value, str):
        cell = value.strip()
        value = literal(cell) if cell.startswith("[") else re.split(r"[,|;]", cell)
    if not isinstance(value, list | tuple):
        raise Wrong(f"is not a list of names: {shown(value)}")
    found = (text(item).strip().lower().replace(" ", "_") for item in value[:MOST_TEXTS])
    return list(dict.fromkeys(word for word in found if word))


def link(value: object) -> str:
    """An http(s) address without tokens, signatures or sign-in names; "" where there is none that may be shown."""
    address = text(value).strip()
    if not address.lower().startswith(("http://", "https://")) or re.search(r"[\x00-\x20\x7f\\<>\"]", address):
        return ""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return ""
    if not host or parts.username or parts.password:
        return ""
    kept = [(name, kept) for name, kept in parse_qsl(parts.query, keep_blank_values=True) if not _SECRET.search(name)]
    query = parts.query if len(kept) == len(parse_qsl(parts.query, keep_blank_values=True)) else urlencode(kept)
    return urlunsplit((parts.scheme.lower(), parts.netloc, parts.path, query, ""))[:2000]


def payer(value: object, page_name: str) -> str:
    """
    Who paid, where that is the page itself or an organisation; "" where it may be a private person.

    Meta prints the payer's name on political ads, and it is often a person's; we keep names of pages only.
    """
    if isinstance(value, str):
        return _payer_in_cell(value, page_name)
    return _organisation(_current_payer(value), page_name)


@lru_cache(maxsize=4096)
def _payer_in_cell(cell: str, page_name: str) -> str:
    return _organisation(_current_payer(literal(cell.strip())) if cell.lstrip().startswith("[") else cell, page_name)


def _current_payer(value: object) -> str:
    if not isinstance(value, list):
        return text(value)
    current = [item for item in value if isinstance(item, dict) and item.get("current", True)]
    return text(current[0].get("payer")) if current else ""


def _organisation(payer_name: str, page_name: str) -> str:
    name = " ".join(text(payer_name).split())
    if not name or name.lower().startswith("these ads ran without"):
        return ""
    return name[:300] if name.casefold() == page_name.casefold() or _ORGANISATION.search(name) else ""
