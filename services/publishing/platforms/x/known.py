"""
Is this post of the timeline ours? By its media first, else by its words.

Media keys come from our own upload and belong to nobody else, so where they are known nothing else counts: same words
under another picture are another post. Without media the words decide. X gives them back changed: links as t.co, a
link to the media at the end, `&amp;` for `&`.
"""

import html
import unicodedata
from typing import Any

from services.kit.x_text import link_spans
from services.publishing.platforms.x.wire import Row
from services.publishing.publisher import Remote


def is_ours(row: Row, text: str, remote: Remote) -> bool:
    """Same media, or the same words where our media has no keys."""
    keys = media_keys(remote)
    if keys:
        return bool(keys & _keys_of(row))
    return bool(text.strip()) and _bare(_restored(row)) == _bare(text)


def media_keys(remote: Remote) -> set[str]:
    return {value for name, value in remote.items() if name.startswith("key") and value}


def replied_to(row: Row) -> str:
    """The id of the post that this one answers, empty for one that stands alone."""
    told = row.get("referenced_tweets") or row.get("referenced_posts")
    for one in _dicts(told):
        if one.get("type") == "replied_to" and isinstance(one.get("id"), str):
            return str(one["id"])
    return ""


def _keys_of(row: Row) -> set[str]:
    attached = row.get("attachments")
    keys = attached.get("media_keys") if isinstance(attached, dict) else None
    return {key for key in keys if isinstance(key, str)} if isinstance(keys, list) else set()


def _restored(row: Row) -> str:
    """The words as they were sent: each t.co replaced by what it stands for, the one of the media taken away."""
    text = row.get("text") if isinstance(row.get("text"), str) else ""
    entities = row.get("entities")
    for link in _dicts(entities.get("urls") if isinstance(entities, dict) else None):
        short, full = link.get("url"), link.get("expanded_url")
        if isinstance(short, str) and short and isinstance(full, str):
            text = str(text).replace(short, "" if link.get("media_key") else full)
    return html.unescape(str(text))


def _bare(text: str) -> str:
    """For comparing: one form of every letter, of a link (no scheme, no last slash) and of a gap."""
    text = unicodedata.normalize("NFC", text)
    out, end = [], 0
    for start, stop in link_spans(text):
        link = text[start:stop]
        out += [text[end:start], link.partition("://")[2].rstrip("/") if "://" in link else link.rstrip("/")]
        end = stop
    return " ".join("".join([*out, text[end:]]).split())


def _dicts(rows: object) -> list[dict[str, Any]]:
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
