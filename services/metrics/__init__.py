"""How posts did: visits to the platforms, and every reading ever taken."""

from services.metrics.errors import NotPublished, NotRead, PostNotFound
from services.metrics.models import DayGain, Figures, PostResult, Snapshot
from services.metrics.registry import is_read
from services.metrics.rules import day_gains, rate_of, total
from services.metrics.service import (
    POSTS_SHOWN,
    count_reading,
    daily,
    due_pulls,
    plan_pulls,
    pull_now,
    read_post,
    results,
)

__all__ = [
    "POSTS_SHOWN",
    "DayGain",
    "Figures",
    "NotPublished",
    "NotRead",
    "PostNotFound",
    "PostResult",
    "Snapshot",
    "count_reading",
    "daily",
    "day_gains",
    "due_pulls",
    "is_read",
    "plan_pulls",
    "pull_now",
    "rate_of",
    "read_post",
    "results",
    "total",
]
