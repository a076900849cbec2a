"""What was sealed, or would be, as its platform shows it: the same values that the request is built from."""

from collections.abc import Mapping

import streamlit as st

from pages.parts import session
from pages.parts.markup import html
from pages.parts.previews.draw import preview
from pages.parts.previews.shown import Piece, Shown
from pages.parts.previews.words import named
from services import approvals, publishing

_WIDTHS = {"phone": ":material/smartphone: Phone", "desktop": ":material/computer: Desktop"}


def preview_of(
    content: approvals.SealedContent, name: str, handle: str, places: Mapping[str, str], *, is_wide: bool = False
) -> str:
    """
    The preview as safe HTML.

    :param name: the account's name, and its handle where it has one
    :param places: the addresses of the stored files, by key
    """
    spec = spec_for(content)
    return preview(spec.look if spec else "", shown_of(content, name, handle, places, is_wide=is_wide))


def is_wide(page: str) -> bool:
    """Whether this screen shows its preview as on a desktop; the tab remembers."""
    return session.get(_width(page)) == "desktop"


def draw_preview(
    content: approvals.SealedContent, name: str, handle: str, places: Mapping[str, str], *, page: str
) -> None:
    """The preview, with the choice between phone and desktop above it."""
    slot = _width(page)
    session.put(slot, session.get(slot) if session.get(slot) in _WIDTHS else "phone")
    st.segmented_control(
        "Width", list(_WIDTHS), key=slot.key, required=True, format_func=lambda one: _WIDTHS[one],
        label_visibility="collapsed",
    )  # fmt: skip
    html(preview_of(content, name, handle, places, is_wide=is_wide(page)))


def _width(page: str) -> session.Slot[str]:
    return session.Slot(page, "preview-width", "phone")


def shown_of(
    content: approvals.SealedContent, name: str, handle: str, places: Mapping[str, str], *, is_wide: bool = False
) -> Shown:
    """The values of a preview; the fold is the adapter's own."""
    settings = content.settings
    spec = spec_for(content)
    return Shown(
        account=name,
        handle=handle or name,
        text=named(content.text),
        pieces=tuple(_piece(one, content, places) for one in content.media),
        form=settings.get("format", ""),
        title=settings.get("title", ""),
        note=settings.get("description", ""),
        link=content.link if spec and spec.links_apart else "",
        comment=named(content.first_comment),
        fold=((is_wide and spec.fold_wide) or spec.fold) if spec else 0,
        fold_lines=spec.fold_lines if spec else 0,
        is_wide=is_wide,
    )


def _piece(one: approvals.SealedMedia, content: approvals.SealedContent, places: Mapping[str, str]) -> Piece:
    src, ratio = places.get(one.file_key, ""), one.width / max(one.height, 1)
    if not one.is_video:
        return Piece(src, one.alt_text, ratio)
    poster = places.get(content.cover.file_key, "") if content.cover else ""
    moment = publishing.moment_ms(content.settings.get(publishing.COVER_SECOND, "")) or 0
    return Piece(src, one.alt_text, ratio, True, poster, moment / 1_000)


def spec_for(content: approvals.SealedContent) -> publishing.PlatformSpec | None:
    """The limits of its format; None for a post of a platform or format that is no longer known."""
    try:
        return publishing.spec_of(content.platform, content.settings.get("format", ""))
    except (publishing.FormatUnknown, publishing.PlatformUnknown):
        return None
