"""Decisions about files: rights, tags, sizes in words."""

from collections.abc import Iterable
from datetime import date, timedelta

from services.media.errors import TagWrong
from services.media.models import Asset, Rights

ENDING_WITHIN_DAYS = 30
ALT_TEXT_LIMIT = 1000
_TAG_LIMIT = 40


def rights_problem(asset: Asset, on: date) -> str:
    """Why the file may not be used on this day, as a sentence; empty where it may. The last day still counts."""
    if asset.rights_end_on is None or on <= asset.rights_end_on:
        return ""
    return f"The rights to {asset.original_name} ended on {asset.rights_end_on:%-d %B %Y}."


def rights_of(rights_end_on: date | None, today: date) -> Rights:
    """No end date is fine; the last thirty days are ending."""
    if rights_end_on is None or rights_end_on > today + timedelta(days=ENDING_WITHIN_DAYS):
        return Rights.FINE
    return Rights.ENDING if rights_end_on >= today else Rights.ENDED


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """
    Lower case, single spaces, sorted, each once.

    :raises TagWrong: longer than 40 characters, or with a comma
    """
    found = {" ".join(tag.lower().split()) for tag in tags} - {""}
    if any(len(tag) > _TAG_LIMIT or "," in tag for tag in found):
        raise TagWrong()
    return tuple(sorted(found))


def earlier_end(first: date | None, second: date | None) -> date | None:
    """When rights end that two files have in common; None where neither ends."""
    return min((one for one in (first, second) if one is not None), default=None)
