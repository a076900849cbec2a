"""Instants one below the other, in the zone of the brand and in the reader's where the two differ."""

from collections.abc import Sequence
from datetime import datetime

from pages.parts.markup import esc
from pages.parts.schedule_words import differs
from pages.parts.zones import ago, place, when


def times(found: Sequence[datetime], zone: str, viewer: str, now: datetime) -> str:
    """A small table as safe HTML: the day and time, the same for the reader, and how far away it is."""
    is_two = any(differs(one, zone, viewer) for one in found)
    heads = [place(zone), *([f"You, {place(viewer)}"] if is_two else []), "in"]
    lines = "".join(
        "<tr>" + "".join(f"<td>{esc(text)}</td>" for text in _cells(one, zone, viewer, now, is_two=is_two)) + "</tr>"
        for one in found
    )
    return f'<table class="times"><tr>{"".join(f"<th>{esc(one)}</th>" for one in heads)}</tr>{lines}</table>'


def _cells(one: datetime, zone: str, viewer: str, now: datetime, *, is_two: bool) -> list[str]:
    return [when(one, zone, now), *([when(one, viewer, now)] if is_two else []), ago(one, now)]
