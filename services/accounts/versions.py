"""Dated versions of platforms' APIs: told from 60 days before one stops answering, for then nothing is posted there."""

from datetime import date

from services.kit import linkedin
from services.kit.text import counted

_DATED = {"LinkedIn": linkedin.VERSION}


def ending_versions(today: date) -> list[str]:
    """A sentence for each version that ends within 60 days or has ended; empty where none does."""
    return [
        _told(name, version.name, version.days_left(today))
        for name, version in _DATED.items()
        if version.is_ending(today)
    ]


def _told(platform: str, version: str, days: int) -> str:
    if days < 0:
        gone = f"{platform} no longer answers its API version {version}"
        return f"{gone}: nothing is posted there before Loopdesk is updated."
    left = "today" if days == 0 else "tomorrow" if days == 1 else f"in {counted(days, 'day')}"
    return f"{platform} stops answering its API version {version} {left}. Update Loopdesk before that."
