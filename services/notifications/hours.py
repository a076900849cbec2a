"""When a message leaves: digests and quiet hours on a person's wall clock. Values in, instants out."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.notifications.models import Held, Rhythm, Terms

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Quiet:
    """From one wall time up to another; over midnight where `to` is the earlier one."""

    start: time
    to: time

    def holds(self, wall: time) -> bool:
        if self.start < self.to:
            return self.start <= wall < self.to
        return wall >= self.start or wall < self.to


def is_quiet(instant: datetime, quiet: Quiet | None, zone: str) -> bool:
    """By the wall clock alone: in the hour that comes twice in autumn, both are quiet."""
    return quiet is not None and quiet.holds(_wall(instant, zone).time())


def leaves(
    now: datetime, rhythm: Rhythm, terms: Terms, *, is_urgent: bool = False, not_before: datetime | None = None
) -> tuple[datetime, Held] | None:
    """
    The instant a message told `now` leaves, and what holds it until then; None: never.

    :param is_urgent: where the terms say so, neither digest nor quiet hours hold it
    :param not_before: the same left shortly before: this one waits until then, urgent or not
    """
    if rhythm is Rhythm.OFF:
        return None
    breaks = is_urgent and terms.urgent_breaks
    due, held = now, Held.NOTHING
    if not breaks and rhythm is not Rhythm.INSTANTLY:
        due = next_hour(now, terms.zone) if rhythm is Rhythm.HOURLY else next_at(now, terms.digest_at, terms.zone)
        held = Held.DIGEST
    if not_before is not None and not_before > due:
        due, held = not_before, Held.REPEAT
    if not breaks and terms.quiet_from is not None and terms.quiet_to is not None:
        end = end_of_quiet(due, Quiet(terms.quiet_from, terms.quiet_to), terms.zone)
        due, held = (end, Held.QUIET) if end > due else (due, held)
    return due, held


def next_hour(now: datetime, zone: str) -> datetime:
    """The next full hour on the wall clock of the zone, after `now`."""
    at = now
    while True:  # a clock change of half an hour lands between full hours: then once more
        wall = _wall(at, zone)
        at += timedelta(hours=1) - timedelta(minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond)
        if _wall(at, zone).minute == 0:
            return at


def next_at(now: datetime, wall_time: time, zone: str) -> datetime:
    """The next instant after `now` at which the wall clock shows this time; in a gap, the first one behind it."""
    today = _wall(now, zone).date()
    return min(
        instant
        for days in (-1, 0, 1, 2)
        if (instant := _first_at(datetime.combine(today + timedelta(days=days), wall_time), zone)) > now
    )


def end_of_quiet(instant: datetime, quiet: Quiet, zone: str) -> datetime:
    """The instant itself, or the first one after it that is not quiet."""
    while is_quiet(instant, quiet, zone):
        wall = _wall(instant, zone).replace(tzinfo=None)
        end = datetime.combine(wall.date(), quiet.to)
        end = end if end > wall else end + timedelta(days=1)
        both = [_at(end, zone, fold) for fold in (0, 1)] + [_first_at(end, zone)]
        instant = min(one for one in both if one > instant)
    return instant


def _first_at(wall: datetime, zone: str) -> datetime:
    """The first instant at which the wall clock of the zone shows at least this."""
    early, late = sorted((_at(wall, zone, 0), _at(wall, zone, 1)))
    if _wall(early, zone).replace(tzinfo=None) == wall:
        return early
    while late - early > _SECOND:  # in a gap: look for the change itself
        middle = early + (late - early) / 2
        early, late = (early, middle) if _wall(middle, zone).replace(tzinfo=None) >= wall else (middle, late)
    return late.replace(microsecond=0)


def _at(wall: datetime, zone: str, fold: int) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def _wall(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone))
