"""How a person wants to be told."""

from zoneinfo import available_timezones

from services.kit.db import Tx
from services.notifications.errors import QuietHoursWrong, ZoneUnknown
from services.notifications.models import Preferences, Terms
from services.notifications.queries import wishes


def preferences(tx: Tx) -> Preferences | None:
    """The person's own; None where they saved none, and `Preferences()` holds."""
    return wishes.preferences(tx)


def save_preferences(tx: Tx, wanted: Preferences) -> None:
    """:raises ZoneUnknown; QuietHoursWrong: one end only, or both the same"""
    demand_sound(wanted)
    wishes.save_preferences(tx, wanted)


def demand_sound(wanted: Terms) -> None:
    """:raises ZoneUnknown; QuietHoursWrong: one end only, or both the same"""
    if wanted.zone not in available_timezones():
        raise ZoneUnknown()
    is_half = (wanted.quiet_from is None) != (wanted.quiet_to is None)
    if is_half or (wanted.quiet_from is not None and wanted.quiet_from == wanted.quiet_to):
        raise QuietHoursWrong()
