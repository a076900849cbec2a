"""Screens with nothing on them yet, with nothing that matches, or that could not be read."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts.look import card
from pages.parts.markup import box, esc, html


def empty(title: str, sentence: str, *, key: str, height: int = 420) -> DeltaGenerator:
    """
    Nothing here yet: a drawing, what this screen is for, and the row its one or two buttons go into.

        with empty("No files yet", "Pictures and clips for your ads.", key="media"):
            st.button("Add files", type="primary", key="media-add-first")
    """
    art = '<img src="/app/static/art-empty.svg" alt="">'
    return _card(f"{art}<h2>{esc(title)}</h2><p>{esc(sentence)}</p>", key, height)


def could_not(title: str, sentence: str, error_id: str, *, key: str, again: Callable[[], None] | None = None) -> None:
    """Something could not be read: what, what it means, the id to quote, and a way to try again."""
    told = f"<code>id {esc(error_id)}</code>" if error_id else ""
    head = f"{box('cloud_off', 'red', 24)}<h2>{esc(title)}</h2>"
    with _card(f"{head}<p>{esc(sentence)}</p>{told}", key, 420):
        st.button("Try again", type="primary", icon=":material/refresh:", key=f"{key}-again", on_click=again)


def no_match(*, key: str, clear: Callable[[], None], sentence: str = "Nothing matches these filters.") -> None:
    """The filters leave nothing over: say so, and offer to clear them."""
    with _card(f"{box('filter_alt_off', size=24)}<h2>{esc(sentence)}</h2>", key, 260):
        st.button("Clear filters", icon=":material/close:", key=f"{key}-clear-filters", on_click=clear)


def _card(inside_html: str, key: str, height: int) -> DeltaGenerator:
    middle = {"horizontal_alignment": "center", "vertical_alignment": "center", "gap": "small"}
    with card(f"empty-{key}", height=height, **middle):
        html(f'<div class="blank">{inside_html}</div>')
        return st.container(horizontal=True, horizontal_alignment="center", gap="small", key=f"empty-acts-{key}")
