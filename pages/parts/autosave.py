"""Saving while a person types: one callback for every field, one line that says how it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pages.parts import session
from pages.parts.zones import ago
from services.kit.errors import UserError


@dataclass(frozen=True)
class Saved:
    """How the last save of a page ended: the instant, or the sentence of the refusal."""

    at: datetime | None = None
    refused: str = ""


def _slot(page: str) -> session.Slot[Saved]:
    return session.Slot(page, "autosaved", Saved())


def saves(page: str, save: Callable[[], None], now: Callable[[], datetime]) -> Callable[[], None]:
    """
    The `on_change` callback of every field of a form: runs `save`, remembers when or why not.

    A refusal keeps the time of the last good save, because that is what is still stored.

    :param now: the application's clock
    """

    def changed() -> None:
        try:
            save()
        except UserError as error:
            session.put(_slot(page), Saved(session.get(_slot(page)).at, error.sentence))
        else:
            session.put(_slot(page), Saved(now()))

    return changed


def mark_saved(page: str, at: datetime) -> None:
    """Start from what is stored: the instant the version on screen was saved."""
    session.put(_slot(page), Saved(at))


def saved_line(page: str, now: datetime) -> str:
    """ "Saved 8 s ago", or why the last change is not saved. Plain text."""
    saved = session.get(_slot(page))
    if saved.refused:
        return f"Not saved: {saved.refused}"
    return f"Saved {ago(saved.at, now)} ago" if saved.at else "Nothing to save yet"
