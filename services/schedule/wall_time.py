"""From the clock on a brand's wall to an instant: gaps are refused, the first of a repeated hour is meant."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.schedule.errors import TimePast, TimeSkipped


def instant_of(wall: datetime, zone: str) -> datetime:
    """
    The instant, in UTC, at which the wall clock of `zone` shows `wall` (naive).

    In the hour that happens twice in autumn the first is meant.

    :raises TimeSkipped: in spring the clock never shows that time
    """
    local = wall.replace(tzinfo=ZoneInfo(zone), fold=0)
    instant = local.astimezone(UTC)
    if instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise TimeSkipped(f"{wall:%H:%M} does not exist on {wall:%d %b %Y} in {zone}: the clocks go forward.")
    return instant


def future_instant_of(wall: datetime, zone: str, now: datetime) -> datetime:
    """As `instant_of`. :raises TimePast: it is not after `now`"""
    instant = instant_of(wall, zone)
    if instant <= now:
        raise TimePast(f"{wall:%H:%M} on {wall:%d %b %Y} has passed in {zone}.")
    return instant


def moved_to_day(instant: datetime, day: date, zone: str) -> datetime:
    """The same time of day on another day of the brand's calendar. :raises TimeSkipped: as `instant_of`"""
    return instant_of(datetime.combine(day, wall_clock(instant, zone).time()), zone)


def moved_to_hour(instant: datetime, day: date, hour: int, zone: str) -> datetime:
    """Another hour of a day, the same minute of it. :raises TimeSkipped: as `instant_of`"""
    return instant_of(datetime.combine(day, wall_clock(instant, zone).time().replace(hour=hour)), zone)


def wall_clock(instant: datetime, zone: str) -> datetime:
    """What the wall clock of `zone` shows, naive."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def days_window(first: date, days: int, zone: str) -> tuple[datetime, datetime]:
    """So many days of the wall calendar from `first` on, in UTC; a day has 23 to 25 hours."""
    return day_start(first, zone), day_start(first + timedelta(days=days), zone)


def day_start(day: date, zone: str) -> datetime:
    """The first instant of a day, in UTC; where midnight is skipped, the day begins later."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
