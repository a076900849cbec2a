"""When things go out: the rules between the clock on a brand's wall and an instant."""

from services.schedule.errors import TimePast, TimeSkipped
from services.schedule.wall_time import (
    day_start,
    future_instant_of,
    instant_of,
    month_window,
    moved_to_day,
    wall_clock,
)

__all__ = [
    "TimePast",
    "TimeSkipped",
    "day_start",
    "future_instant_of",
    "instant_of",
    "month_window",
    "moved_to_day",
    "wall_clock",
]
