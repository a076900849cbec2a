"""When things go out: the rules between the clock on a brand's wall and an instant."""

from services.schedule.campaigns import (
    COLOURS,
    Campaign,
    campaigns,
    change_campaign,
    make_campaign,
    remove_campaign,
)
from services.schedule.errors import (
    CampaignNameWrong,
    CampaignNotFound,
    DaysWrong,
    SlotWrong,
    TimePast,
    TimeSkipped,
    TooManySlots,
)
from services.schedule.holidays import holidays
from services.schedule.slots import SLOTS_MAX, Slot, instants_of, set_slots, slots
from services.schedule.wall_time import (
    day_start,
    days_window,
    future_instant_of,
    instant_of,
    moved_to_day,
    moved_to_hour,
    wall_clock,
)

__all__ = [
    "COLOURS",
    "Campaign",
    "CampaignNameWrong",
    "CampaignNotFound",
    "DaysWrong",
    "SLOTS_MAX",
    "Slot",
    "SlotWrong",
    "TimePast",
    "TimeSkipped",
    "TooManySlots",
    "campaigns",
    "change_campaign",
    "day_start",
    "days_window",
    "future_instant_of",
    "holidays",
    "instant_of",
    "instants_of",
    "make_campaign",
    "moved_to_day",
    "moved_to_hour",
    "remove_campaign",
    "set_slots",
    "slots",
    "wall_clock",
]
