"""When a new ad is wanted: from the calendar's address to the draft, and from the draft to the question."""

from datetime import date, datetime, time

from pages.parts.zones import wall_now
from services import schedule
from services.kit.errors import UserError

_USUAL = time(9)  # where a day was pressed, not an hour


def wanted_from(on: str, zone: str, now: datetime) -> datetime | None:
    """
    The instant of a pressed day or hour ("2026-11-27", "2026-11-27T14:00"); None where it makes no sense or has passed.
    """
    try:
        wall = datetime.combine(date.fromisoformat(on), _USUAL) if len(on) == 10 else datetime.fromisoformat(on)
        return schedule.future_instant_of(wall.replace(tzinfo=None), zone, now)
    except (ValueError, OverflowError, UserError):
        return None


def wanted_wall(wanted_at: datetime | None, zone: str, now: datetime) -> datetime | None:
    """What the field of the wanted time starts with, on the brand's wall clock; nothing once that has passed."""
    if wanted_at is None or wanted_at <= now:
        return None
    return wall_now(wanted_at, zone).replace(tzinfo=None)
