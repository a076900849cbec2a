"""Going from screen to screen by name; the shell registers the screens on every run."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

_PAGES: dict[str, Any] = {}


def register(pages: Mapping[str, Any]) -> None:
    """Remember the pages of this run, by screen name ("home", "calendar")."""
    _PAGES.update(pages)


def go(name: str, **query: str) -> None:
    """Open a screen; ends this run. Home where the person has no such screen."""
    st.switch_page(_PAGES.get(name) or _PAGES["home"], query_params=query or None)


def follow(link: str) -> None:
    """Open one of our own links, such as "/calendar?post=<id>"."""
    parts = urlsplit(link)
    go(parts.path.strip("/").split("/")[0] or "home", **dict(parse_qsl(parts.query)))


def has(name: str) -> bool:
    """Whether this person has that screen."""
    return name in _PAGES
