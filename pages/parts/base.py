"""What every drawn component starts with: one style sheet, one set of browser functions, one way to mount."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from pages.parts.markup import IMAGE_ADDRESS, LINK_ADDRESS, drawing_rules
from pages.parts.tokens import CHANNELS, STATES, tone_rules

WEB = Path(__file__).resolve().parent / "web"
_TICKED = {"rows", "runs"}  # lists with a box to tick in each line


@cache
def sheet(name: str) -> str:
    """The text of one file beside the parts, such as "rows.css"."""
    return (WEB / name).read_text(encoding="utf-8")


@cache
def base_css() -> str:
    """Chips, marks and icons: in the page and again in every component, whose shadow root sees no page rule."""
    return sheet("base.css") + tone_rules() + drawing_rules() + "\n"


@cache
def common_js() -> str:
    """Functions every component draws with. Text reaches the page through textContent only."""
    facts = {
        "GLYPH": {name: one.glyph for name, one in CHANNELS.items()},
        "NAME": {name: one.name for name, one in CHANNELS.items()},
        "STATE": {name: list(state) for name, state in STATES.items()},
        "IMAGE_ADDRESS": IMAGE_ADDRESS,
        "LINK_ADDRESS": LINK_ADDRESS,
    }
    return "".join(f"const {name} = {json.dumps(value)}\n" for name, value in facts.items()) + sheet("common.js")


@cache
def _renderer(name: str) -> Any:
    # On first use and not on import: a component belongs to the runtime, which must be up by then.
    ticks = sheet("ticks.css") if name in _TICKED else ""
    css, js = base_css() + ticks + sheet(f"{name}.css"), common_js() + sheet(f"{name}.js")
    return st.components.v2.component(f"loopdesk_{name}", css=css, js=js)


def _nothing() -> None:
    """A trigger needs a callback for its value to be offered."""


def mount(name: str, data: dict[str, Any], *, key: str, events: dict[str, Any], **place: Any) -> Any:
    """
    Draw a component and return its result.

    :param events: what the browser may tell, by name; the value is the callback, or None
    """
    calls = {f"on_{event}_change": call or _nothing for event, call in events.items()}
    return _renderer(name)(key=key, data=data, **calls, **place)


def one_of(told: object, known: set[str]) -> str | None:
    """What the browser told, if it is one of the things drawn; the browser can tell anything."""
    return told if isinstance(told, str) and told in known else None
