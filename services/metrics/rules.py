"""Decisions about results: values in, values out."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import groupby

from services.metrics.models import DayGain, Figures, Snapshot

AFTER: Mapping[str, timedelta] = {"6h": timedelta(hours=6), "24h": timedelta(hours=24), "72h": timedelta(hours=72)}
TRIES = 5


def pull_times(published_at: datetime) -> dict[str, datetime]:
    """When a post is read: 6, 24 and 72 hours after it went out."""
    return {reason: published_at + after for reason, after in AFTER.items()}


def day_gains(snapshots: Iterable[Snapshot]) -> list[DayGain]:
    """
    What each post gained per day: the day's last reading minus the reading before.

    Platforms correct their totals now and then; a total that falls counts as no gain.

    :param snapshots: one per post and day, ordered by post, then day
    """
    gains: list[DayGain] = []
    for post_id, days in groupby(snapshots, key=lambda one: one.post_id):
        views, engagement = 0, 0
        for day in days:
            gains.append(
                DayGain(
                    post_id=post_id,
                    on=day.on,
                    views=None if day.views is None else max(0, day.views - views),
                    engagement=None if day.engagement is None else max(0, day.engagement - engagement),
                )
            )
            views = max(views, day.views or 0)
            engagement = max(engagement, day.engagement or 0)
    return gains


def rate_of(figures: Iterable[Figures]) -> float | None:
    """Engagement per view over several posts; only those with both count. None without views."""
    both = [(one.views, one.engagement) for one in figures if one.views and one.engagement is not None]
    views = sum(seen for seen, _ in both)
    return sum(done for _, done in both) / views if views else None


def total(values: Iterable[int | None]) -> int | None:
    """The sum of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None
