"""
When a schedule is due: values in, instants in UTC out.

Wall times follow Debian's cron. A fixed time that a change of clocks leaves out comes at the first minute after the
gap; one that comes twice counts the first time only. Expressions whose minutes or hours begin with a star follow the
clock: the left-out hour is left out, the doubled hour runs twice.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice, pairwise
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from cronsim import CronSim, CronSimError

from services.jobs.schedules.errors import CadenceWrong
from services.jobs.schedules.models import Cadence

SHORTEST_SECONDS = 60
LONGEST_SECONDS = 366 * 86_400
MISSED_MOST = 1_000
_WINDOWS = tuple(timedelta(hours=hours) for hours in (1, 24, 24 * 8, 24 * 63, 24 * 400))
_INSTANT = timedelta(microseconds=1)


def zone_of(name: str) -> ZoneInfo:
    """:raises CadenceWrong: no such time zone"""
    if name not in _zones():
        raise CadenceWrong(f"There is no time zone called “{name}”.")
    return ZoneInfo(name)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def wall_instant(at: datetime, zone: str) -> datetime:
    """
    The instant of a wall time; of a time that comes twice the first.

    :raises CadenceWrong: clocks skip this time, or there is no such zone
    """
    wall = at.replace(tzinfo=None, fold=0)
    instant = wall.replace(tzinfo=zone_of(zone)).astimezone(UTC)
    if instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall:
        raise CadenceWrong(f"{wall:%H:%M} does not exist on {wall:%d %B %Y} in {zone}: clocks go forward then.")
    return instant


def check(cadence: Cadence) -> None:
    """:raises CadenceWrong: with what is wrong in a sentence"""
    zone = zone_of(cadence.zone)
    if cadence.type == "once":
        if cadence.at is None:
            raise CadenceWrong("Say at which time.")
        wall_instant(cadence.at, cadence.zone)
    elif cadence.type == "interval":
        if cadence.seconds is None or not SHORTEST_SECONDS <= cadence.seconds <= LONGEST_SECONDS:
            raise CadenceWrong("An interval is between one minute and a year.")
    elif _next_of_cron(cadence.cron or "", zone, datetime(2026, 1, 1, tzinfo=UTC)) is None:
        raise CadenceWrong("This never happens.")


def due_times(
    cadence: Cadence, after: datetime, *, starts_at: datetime | None = None, ends_at: datetime | None = None
) -> Iterator[datetime]:
    """Every due instant later than `after`, in UTC, from `starts_at` to `ends_at`, both included."""
    at = after.astimezone(UTC)
    if starts_at is not None:
        at = max(at, starts_at.astimezone(UTC) - _INSTANT)
    while (found := _next(cadence, at)) is not None and (ends_at is None or found <= ends_at):
        yield found
        at = found


def next_due(
    cadence: Cadence, after: datetime, *, starts_at: datetime | None = None, ends_at: datetime | None = None
) -> datetime | None:
    """The first due instant later than `after`; None where there is none."""
    return next(due_times(cadence, after, starts_at=starts_at, ends_at=ends_at), None)


def last_due(cadence: Cadence, first: datetime, until: datetime, *, ends_at: datetime | None = None) -> datetime:
    """The latest due instant from `first`, which is one, up to `until`. Looks back in growing windows."""
    for window in _WINDOWS:
        since = until - window
        if since <= first:
            break
        found = _latest(due_times(cadence, since, ends_at=ends_at), until)
        if found is not None:
            return found
    return _latest(due_times(cadence, first, ends_at=ends_at), until) or first


def missed(cadence: Cadence, first: datetime, latest: datetime) -> int:
    """How many instants lie from `first` up to before `latest`; counts to 1,000."""
    if latest <= first:
        return 0
    between = due_times(cadence, first, ends_at=latest - _INSTANT)
    return 1 + sum(1 for _ in islice(between, MISSED_MOST - 1))


def jitter(schedule_id: UUID, due_at: datetime, most_seconds: int) -> timedelta:
    """How long after its due instant a schedule starts: for the same two always the same, at most `most_seconds`."""
    if not most_seconds:
        return timedelta(0)
    digest = hashlib.sha256(f"{schedule_id}/{due_at.astimezone(UTC).isoformat()}".encode()).digest()
    return timedelta(seconds=int.from_bytes(digest[:8], "big") % (most_seconds + 1))


def shortest_gap(cadence: Cadence, after: datetime) -> timedelta | None:
    """Between any two of the next twenty instants; None where there is at most one."""
    times = list(islice(due_times(cadence, after), 20))
    return min((late - early for early, late in pairwise(times)), default=None)


def _latest(times: Iterator[datetime], until: datetime) -> datetime | None:
    found = None
    for one in times:
        if one > until:
            break
        found = one
    return found


def _next(cadence: Cadence, after: datetime) -> datetime | None:
    if cadence.type == "once":
        instant = _shifted(cadence.at, cadence.zone) if cadence.at else None
        return instant if instant and instant > after else None
    if cadence.type == "interval":
        anchor, step = cadence.anchor or datetime.fromtimestamp(0, UTC), timedelta(seconds=cadence.seconds or 0)
        return anchor if after < anchor else anchor + step * ((after - anchor) // step + 1)
    return _next_of_cron(cadence.cron or "", ZoneInfo(cadence.zone), after)


def _shifted(at: datetime, zone: str) -> datetime:
    """A stored wall time that a change of the zone's law has since left out comes at the same instant, an hour on."""
    return at.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def _next_of_cron(expression: str, zone: ZoneInfo, after: datetime) -> datetime | None:
    """:raises CadenceWrong: this cannot be read"""
    if len(expression.split()) != 5:
        raise CadenceWrong("A cron expression has five fields: minute, hour, day, month, day of the week.")
    try:
        times = _WallCron(expression, after.astimezone(zone))
    except CronSimError as error:
        raise CadenceWrong(f"This cron expression cannot be read: {error}.") from error
    return next((instant for wall in times if (instant := wall.astimezone(UTC)) > after), None)


class _WallCron(CronSim):
    """
    Cronsim where clocks change at a quarter to, by half an hour, or at midnight.

    It steps over whole hours of elapsed time, and so over part of an hour that clocks repeat on the Chatham Islands and
    on Lord Howe Island; and it begins a day at a midnight that may not exist. `./test dst` found each. Clocks change at
    quarters of an hour, everywhere: no step here is longer.
    """

    def advance_hour(self) -> bool:
        if self.dt.tzinfo in (None, UTC):
            return super().advance_hour()
        day = self.dt.date()
        has_moved = False
        while self.dt.hour not in self.hours and self.dt.date() == day:
            self._to_quarter()
            has_moved = True
        return has_moved

    def advance_minute(self) -> bool:
        if self.dt.tzinfo in (None, UTC):
            return super().advance_minute()
        has_moved = False
        while self.dt.minute not in self.minutes and self.dt.hour in self.hours:
            if any(one // 15 == self.dt.minute // 15 and one > self.dt.minute for one in self.minutes):
                self.tick(60 - self.dt.second)
            else:
                self._to_quarter()
            has_moved = True
        return has_moved

    def _to_quarter(self) -> None:
        self.tick(900 - 60 * (self.dt.minute % 15) - self.dt.second)

    def advance_month(self) -> None:
        super().advance_month()
        self._make_real()

    def advance_day(self) -> bool:
        has_moved = super().advance_day()
        self._make_real()
        return has_moved

    def _make_real(self) -> None:
        """A midnight that the clocks skip becomes the time they show instead."""
        if self.dt.tzinfo is not None:
            self.dt = self.dt.astimezone(UTC).astimezone(self.dt.tzinfo)
