"""The list of screens: what the sidebar shows, in the order of the marketing day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from services import identity


@dataclass(frozen=True)
class Screen:
    """One screen; `section` is its heading in the sidebar, empty for Home; hidden ones are reached by link."""

    name: str
    title: str
    icon: str
    section: str
    page: Callable[[], None]
    act: identity.Act = identity.Act.LOOK
    hidden: bool = False


def build(screens: tuple[Screen, ...], person: identity.Viewer | None, badges: Mapping[str, str]) -> dict[str, Any]:
    """
    The pages of this person by screen name. Signed out all are there but hidden, so that a deep link survives sign-in.

    :param badges: ready-made words behind a title, by screen name, such as ":primary-badge[4]"
    """
    pages = {}
    for screen in screens:
        if person and not identity.can(person.role, screen.act):
            continue
        badge = badges.get(screen.name, "")
        pages[screen.name] = st.Page(
            screen.page,
            title=f"{screen.title} {badge}".strip(),
            icon=f":material/{screen.icon}:",
            url_path="" if screen.name == "home" else screen.name,
            default=screen.name == "home",
            visibility="hidden" if screen.hidden else "visible",
        )
    return pages


def sections(screens: tuple[Screen, ...], pages: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The same pages under their headings, in order."""
    found: dict[str, list[Any]] = {}
    for screen in screens:
        if screen.name in pages:
            found.setdefault(screen.section, []).append(pages[screen.name])
    return found
