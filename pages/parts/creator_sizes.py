"""The four sizes of an ad as they will be sent, what is wrong with each, and in words."""

import streamlit as st

from pages.parts import doors, reads
from pages.parts.look import card, card_head
from pages.parts.markup import chip, esc, html, icon
from services import creative
from services.kit.errors import UserError

# Twice the width on screen, so that they are sharp on fine displays; in the order of the well.
SHOWN = (
    (creative.Placement.FEED, 400),
    (creative.Placement.SQUARE, 320),
    (creative.Placement.STORY, 360),
    (creative.Placement.LINK, 480),
)
VERDICTS = {
    creative.WarningCode.MISSING_FIELD: ("Not filled", "gray", "edit_note"),
    creative.WarningCode.OVERFLOW: ("Text is cut", "red", "content_cut"),
    creative.WarningCode.LOW_CONTRAST: ("Hard to read", "orange", "contrast"),
    creative.WarningCode.OUTSIDE_SAFE: ("Over the edge", "orange", "crop_free"),
    creative.WarningCode.MISSING_GLYPHS: ("Letters missing", "red", "font_download_off"),
    creative.WarningCode.SMALL_PICTURE: ("Picture too small", "orange", "photo_size_select_small"),
}
Drawn = dict[creative.Placement, reads.Drawn]


def sizes_card(brief: creative.Brief, draft: creative.Draft) -> Drawn:
    """Draw the card; returns what was drawn, empty where a picture cannot be read."""
    with card("creator-sizes", gap="small"):
        head = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
        with head.container(width="stretch"):
            card_head("Four sizes", "as they will be sent")
        with head:
            margins = st.toggle("Safe margins", value=True, key="creator-margins", width="content")
        try:
            drawn = reads.previews(doors.scope(), brief, SHOWN)
        except UserError as error:
            html(f'<div class="told red">{icon("broken_image")}<span>{esc(error.sentence)}</span></div>')
            return {}
        html(f'<div class="sizes">{"".join(_size(place, drawn[place], draft, margins) for place, _ in SHOWN)}</div>')
        html(_told(drawn, creative.missing_parts(draft)))
    return drawn


def _size(place: creative.Placement, one: reads.Drawn, draft: creative.Draft, margins: bool) -> str:
    spec = creative.PLACEMENTS[place]
    left, top, right, bottom = one.safe
    edge = f"left:{left:.2f}%;top:{top:.2f}%;right:{right:.2f}%;bottom:{bottom:.2f}%"
    safe = f'<span class="safe" style="{edge}"></span>' if margins else ""
    verdicts = [VERDICTS[code] for code in dict.fromkeys(warning.code for warning in one.warnings)]
    chips = chip(*(verdicts[0] if verdicts else ("Fits", "green", "check")))
    more = f' <span class="mut note">+{len(verdicts) - 1}</span>' if len(verdicts) > 1 else ""
    return (
        f'<div class="z {place.value}"><div class="pic" style="aspect-ratio:{one.ratio:.4f}">'
        f'<img src="{one.src}" alt="{esc(draft.alt_text or draft.name)}, {esc(spec.label)}">{safe}</div>'
        f'<div class="cap">{esc(spec.label)} {spec.ratio} <span>· {spec.width}×{spec.height}</span></div>'
        f"{chips}{more}</div>"
    )


def _told(drawn: Drawn, missing: list[str]) -> str:
    """One line per thing to look at, with the sizes it is about, and one for what is fine."""
    places: dict[tuple[str, str], list[creative.Placement]] = {}
    for place, one in drawn.items():
        for warning in one.warnings:
            places.setdefault((warning.code, warning.sentence), []).append(place)
    lines = []
    for (code, sentence), where in places.items():
        _, tone, symbol = VERDICTS[creative.WarningCode(code)]
        whose = (
            "" if len(where) == len(drawn) else ", ".join(creative.PLACEMENTS[place].label for place in where) + ": "
        )
        head = f"<b>{esc(whose)}</b>" if whose else ""
        lines.append(f'<div class="warn">{icon(symbol, tone)}<span>{head}{esc(sentence)}</span></div>')
    fine = _fine({warning.code for one in drawn.values() for warning in one.warnings}, missing)
    if fine:
        lines.append(f'<div class="warn">{icon("check_circle", "green")}<span>{esc(fine)}</span></div>')
    return "".join(lines)


def _fine(found: set[creative.WarningCode], missing: list[str]) -> str:
    checks = (
        ("text fits in all sizes", {creative.WarningCode.OVERFLOW}),
        ("contrast is good", {creative.WarningCode.LOW_CONTRAST}),
        ("inside the margins", {creative.WarningCode.OUTSIDE_SAFE}),
        ("every letter is there", {creative.WarningCode.MISSING_GLYPHS}),
    )
    fine = [words for words, codes in checks if not codes & found]
    if "Alt text" not in missing:
        fine.append("alt text set")
    return " · ".join(fine).capitalize()
