"""Which backups are kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Keep:
    """How many days, weeks and months are kept, each by its latest backup. Those without one do not count."""

    daily: int = 7
    weekly: int = 4
    monthly: int = 12


def kept(taken: Iterable[datetime], keep: Keep) -> set[datetime]:
    """
    The backups to keep of these, by when they were taken (UTC): the latest always, and the latest of each of the last
    days, ISO weeks and months that have one. Choosing again among the kept changes nothing.
    """
    found = sorted(taken, reverse=True)
    periods: tuple[tuple[int, Callable[[datetime], tuple[int, ...]]], ...] = (
        (keep.daily, lambda at: (at.year, at.month, at.day)),
        (keep.weekly, lambda at: tuple(at.isocalendar()[:2])),
        (keep.monthly, lambda at: (at.year, at.month)),
    )
    chosen = set(found[:1])
    for most, period in periods:
        latest: dict[tuple[int, ...], datetime] = {}
        for at in found:
            latest.setdefault(period(at), at)
        chosen.update(sorted(latest.values(), reverse=True)[:most])
    return chosen
