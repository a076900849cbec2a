"""How instants are told, everywhere: in the brand's zone, in the reader's too where the two differ."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS = ((86_400, "d"), (3_600, "h"), (60, "min"))


def when(instant: datetime, zone: str, now: datetime, *, viewer: str = "") -> str:
    """
    "Thu 26 Nov, 09:00"; the year is added where it is not this one.

    In the hour that happens twice in autumn the offset is added. Where the reader's zone shows another clock, both
    are told: "Thu 26 Nov, 09:00 Oslo (03:00 New York)".

    :param instant: aware
    """
    there = _local(instant, zone)
    text = f"{day(there.date(), now.astimezone(ZoneInfo(zone)).date())}, {wall_clock(there)}"
    if not viewer:
        return text
    here = _local(instant, viewer)
    if here.utcoffset() == there.utcoffset():
        return text
    other = wall_clock(here) if here.date() == there.date() else f"{_DAYS[here.weekday()]} {wall_clock(here)}"
    return f"{text} {place(zone)} ({other} {place(viewer)})"


def near(instant: datetime, zone: str, now: datetime) -> str:
    """Short, for rows: "09:00" today, "yesterday 17:00", "Mon 08:15" within six days, else as `when`."""
    there, today = _local(instant, zone), _local(now, zone).date()
    apart = (there.date() - today).days
    if apart == 0:
        return wall_clock(there)
    if apart in (-1, 1):
        return f"{'tomorrow' if apart == 1 else 'yesterday'} {wall_clock(there)}"
    if abs(apart) <= 6:
        return f"{_DAYS[there.weekday()]} {wall_clock(there)}"
    return when(instant, zone, now)


def day(moment: date, today: date) -> str:
    """ "Thu 26 Nov", with the year where it is not this one."""
    text = f"{_DAYS[moment.weekday()]} {moment.day} {_MONTHS[moment.month - 1]}"
    return text if moment.year == today.year else f"{text} {moment.year}"


def day_near(instant: datetime, zone: str, now: datetime) -> str:
    """ "Today", "Yesterday", else as `day`."""
    there, today = _local(instant, zone).date(), _local(now, zone).date()
    return {0: "Today", 1: "Yesterday"}.get((today - there).days) or day(there, today)


def clock(instant: datetime, zone: str) -> str:
    """ "09:00" in the zone."""
    return wall_clock(_local(instant, zone))


def ago(instant: datetime, now: datetime) -> str:
    """How long between the two, in one unit and without a direction: "8 s", "20 min", "5 h", "2 d"."""
    return span(abs((now - instant).total_seconds()))


def span(seconds: float) -> str:
    """A length in its one fitting unit: "0.4 s", "18 s", "6 min", "5 h", "2 d"."""
    for size, unit in _STEPS:
        if round(seconds) >= size:
            return f"{int(round(seconds) // size)} {unit}"
    return f"{seconds:.1f}".removesuffix(".0") + " s" if 0 < seconds < 2 else f"{round(seconds)} s"


def place(zone: str) -> str:
    """ "America/New_York" is told as "New York"."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def _local(instant: datetime, zone: str) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant carries its zone")
    return instant.astimezone(ZoneInfo(zone))


def wall_clock(local: datetime) -> str:
    """ "09:00" of an aware wall time; in the hour that happens twice the offset is added."""
    text = f"{local.hour:02d}:{local.minute:02d}"
    # The same clock under the other fold has another offset only in the hour that happens twice.
    if local.replace(fold=1 - local.fold).utcoffset() == local.utcoffset():
        return text
    minutes = int((local.utcoffset() or timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{text} (UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02d}' if rest else ''})"


def wall_now(now: datetime, zone: str) -> datetime:
    """What the wall clock of the zone shows, aware."""
    return _local(now, zone)
