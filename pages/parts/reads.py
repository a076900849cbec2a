"""
Reads worth keeping between runs. The only file with cached data.

Cached data is shared by every visitor, so each function takes the scope as a hashed argument and all it depends on.
"""

from base64 import b64encode
from dataclasses import dataclass

import streamlit as st

from pages.parts import doors
from services import creative, media
from services.kit.crypto import sha256_hex
from services.kit.db import Scope
from services.kit.files import FileMissing

Widths = tuple[tuple[creative.Placement, int], ...]


@dataclass(frozen=True)
class Drawn:
    """A small picture of an ad for the screen. `safe` is left, top, right, bottom in percent of the picture."""

    src: str
    ratio: float
    safe: tuple[float, float, float, float]
    warnings: tuple[creative.AdWarning, ...]


def previews(scope: Scope, brief: creative.Brief, widths: Widths) -> dict[creative.Placement, Drawn]:
    """
    The sizes asked for, each as many pixels wide as asked.

    :raises PictureUnreadable: a stored picture cannot be opened
    :raises FileMissing: a stored file is gone
    """
    return _previews(scope, brief.model_dump_json(), widths)


@st.cache_data(ttl=900, max_entries=200, show_spinner=False)
def _previews(scope: Scope, brief_json: str, widths: Widths) -> dict[creative.Placement, Drawn]:
    brief = creative.Brief.model_validate_json(brief_json)
    drawn = creative.draw_previews(doors.app(), brief, dict(widths))
    return {place: _shown(one) for place, one in drawn.items()}


def are_intact(scope: Scope, pictures: tuple[tuple[str, str], ...]) -> bool:
    """Whether the stored files, by key, still have these SHA-256 hashes. Looked at once a minute."""
    return _are_intact(scope, pictures)


@st.cache_data(ttl=60, max_entries=500, show_spinner=False)
def _are_intact(scope: Scope, pictures: tuple[tuple[str, str], ...]) -> bool:
    try:
        return all(sha256_hex(media.asset_bytes(doors.app(), key)) == sha256 for key, sha256 in pictures)
    except FileMissing:
        return False


def _shown(one: creative.Rendered) -> Drawn:
    box, wide, high = one.safe_box, one.width / 100, one.height / 100
    return Drawn(
        src=f"data:{one.media_type};base64,{b64encode(one.content).decode()}",
        ratio=one.width / one.height,
        safe=(box.left / wide, box.top / high, 100 - box.right / wide, 100 - box.bottom / high),
        warnings=one.warnings,
    )
