"""Taking secrets out of what is kept, shown or given away: tokens, and addresses that are rights in themselves."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from services.kit.secret_shapes import HIDDEN as HIDDEN
from services.kit.secret_shapes import NAMED, SHAPES
from services.kit.text import clip

# A name that holds one of these names a secret: TikTok's upload_url and YouTube's session let anybody upload.
_NAMES = re.compile(
    r"token|secret|session|upload_?(url|uri|id|param|instruction)|resumable|signature|password|authori[sz]ation|cookie"
    r"|credential|api[_.-]?key|client_?key|access_?key|private_?key|passwd|passphrase|^pwd$|^dsn$|assertion|hmac|verifier"
    r"|(^|[_.-])sid$|sessid|webhook|^code$|^sig$|^location$|^x-goog|^policy$",
    re.IGNORECASE,
)
_PUBLIC = frozenset({"permalink", "permalink_url", "share_url"})
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_TEXT_MOST, _ITEMS_MOST, _DEPTH_MOST = 300, 30, 8


def redact(text: str) -> str:
    """`text` with what looks like a secret replaced: for logs, traces, errors and screens."""
    lower = text.lower()
    is_named = any(needle in lower for needle in NAMED)
    for shape in SHAPES:
        is_likely = is_named if shape.needles is NAMED else any(needle in lower for needle in shape.needles)
        if is_likely or not shape.needles:
            text = shape.pattern.sub(shape.instead, text)
    return text


def clean(value: Any, name: str = "") -> Any:
    """A value of any depth, whole but for its secrets: for what is sent on and not shown."""
    if isinstance(value, str):
        return HIDDEN if name and value and names_secret(name) else redact(value)
    if isinstance(value, Mapping):
        return {key: clean(item, str(key)) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean(item, name) for item in value]
    return value


def hide_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What is said beside an error: numbers as they are, everything else as clean text."""
    return {
        name: value if isinstance(value, int | float) else clean(str(value), name) for name, value in fields.items()
    }


def names_secret(name: str) -> bool:
    """Is what goes by this name a secret?"""
    return _NAMES.search(name) is not None


def hide(value: Any, name: str = "", depth: int = 0) -> Any:
    """
    A JSON value as it may be shown: what a secret's name names is hidden, addresses keep their host, texts are cut.

    Only what platforms call the public address of a post stays whole, without its query.
    """
    if name and names_secret(name) and value not in (None, "", [], {}):
        return HIDDEN
    if depth > _DEPTH_MOST:
        return "…"
    if isinstance(value, Mapping):
        pairs = list(value.items())[:_ITEMS_MOST]
        return {clip(str(key), 80): hide(item, str(key), depth + 1) for key, item in pairs}
    if isinstance(value, list | tuple):
        return [hide(item, name, depth + 1) for item in value[:_ITEMS_MOST]]
    return hide_text(value, name in _PUBLIC) if isinstance(value, str) else value


def hide_text(text: str, is_public: bool = False) -> str:
    """One text: addresses inside it keep their host only."""
    return clip(redact(_ADDRESS.sub(lambda found: _shown(found[0], is_public), text)), _TEXT_MOST)


def _shown(address: str, is_public: bool) -> str:
    try:
        parts = urlsplit(address)
        place = f"{parts.scheme}://{parts.hostname or ''}"
    except ValueError:
        return HIDDEN
    return f"{place}{parts.path}" if is_public else f"{place}/…"
