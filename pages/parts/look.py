"""The one style sheet, and the frame every screen shares: header, cards, selection bar."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts.base import base_css, sheet
from pages.parts.markup import box, esc, html
from pages.parts.tokens import CHANNELS, variables


@cache
def _styles() -> str:
    pills = "".join(
        f'[class*="st-key-channels-{name}"] button::before{{content:"";width:9px;height:9px;border-radius:3px;'
        f"background:var(--c-{name});margin-right:6px;flex:none}}"
        for name in CHANNELS
    )
    # The page's own sheet leaves the reset out: Streamlit has its own.
    base = base_css().replace("* { box-sizing: border-box }\n", "", 1)
    return f"<style>{variables()}{base}{pills}{sheet('page.css')}{sheet('preview.css')}</style>"


def style() -> None:
    """Send the style sheet. Once per run, in the shell, before anything is drawn."""
    # Drawers and popovers hang outside the app's own element, where `light-dark` would follow the machine instead.
    scheme = "dark" if st.context.theme.type == "dark" else "light"
    st.html(f"{_styles()}<style>:root{{color-scheme:{scheme}}}</style>")


def header(title: str, sub: str = "", *, chips_html: str = "", key: str = "pagehead") -> DeltaGenerator:
    """
    Draw the title and its one line on the left.

    Returns the container on the right, for filters and the ONE primary button. Keys C and R belong to the framework:
    no `shortcut` may use them.

    :param sub: how many, how fresh
    :param chips_html: finished markup shown behind the line, such as `state_chip(...)`
    """
    bar = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key=key)
    with bar.container(width="stretch", gap=None):
        html(f'<h1 class="ti">{esc(title)}</h1><div class="subt">{esc(sub)} {chips_html}</div>')
    right = {"horizontal_alignment": "right", "vertical_alignment": "center", "width": "content", "gap": "small"}
    return bar.container(horizontal=True, **right)  # type: ignore[arg-type]


def card(name: str, *, flush: bool = False, **place: Any) -> DeltaGenerator:
    """
    A card. `name` is unique on the screen and starts with the page: `card("home-waiting")`.

    :param flush: no inner margin, for lists that run to the edge
    :param place: goes to st.container (`height="stretch"`, `gap="small"`)
    """
    if flush:
        place.setdefault("gap", None)
    return st.container(border=True, key=f"card-flush-{name}" if flush else f"card-{name}", **place)


def card_head(title: str, note: str = "", *, right_html: str = "") -> None:
    """The first line of a card; `right_html` is finished markup, such as `chip("6", "yellow")`."""
    html(
        f'<div class="row ch"><span class="h">{esc(title)}</span><span class="mut note">{esc(note)}</span>'
        f'<span class="sp row">{right_html}</span></div>'
    )


def tile(figure: str, words: str, note: str, *, symbol: str, tone: str, key: str) -> None:
    """One of the tiles on top of a screen: a big figure, what it counts, one line of detail."""
    with card(f"tile-{key}", height="stretch"):
        html(
            f'<div class="tile">{box(symbol, tone)}<div class="m"><div><b class="big num">{esc(figure)}</b> '
            f'<span class="h">{esc(words)}</span></div><div class="mut cut">{esc(note)}</div></div></div>'
        )


@contextmanager
def kpis(columns: int = 4, *, min_column_width: int = 190) -> Iterator[DeltaGenerator]:
    """A row of `grid.metric(..., border=True)`; on phones it folds by itself."""
    with st.container(key="kpis"):
        yield st.grid(columns, min_column_width=min_column_width, gap="small")


@contextmanager
def selection_bar(count: int, *, key: str) -> Iterator[None]:
    """The dark bar at the foot while things are ticked. Put `width="content"` buttons into it, at most one primary."""
    with st.bottom, st.container(horizontal=True, vertical_alignment="center", key=f"selbar-{key}", gap="small"):
        html(f"<b>{int(count)} selected</b>", width="content")
        yield


@contextmanager
def toolbar(key: str) -> Iterator[None]:
    """The one row of filters between header and content; wraps on phones."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"toolbar-{key}", gap="small"):
        yield
