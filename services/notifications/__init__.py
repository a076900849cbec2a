"""What people are told: once per object and cause, in the inbox and by the ways they chose."""

from services.notifications.errors import (
    AddressWrong,
    NameMissing,
    NewerWaits,
    NoticeNotFound,
    OutletNotFound,
    QuietHoursWrong,
    ZoneUnknown,
)
from services.notifications.inbox import (
    PAGE,
    history,
    mark_read,
    mark_unread,
    mute,
    mutes,
    notices,
    open_notice,
    read_all,
    unmute,
    unread,
)
from services.notifications.models import (
    USUAL,
    Added,
    Category,
    LogLine,
    Mute,
    Notice,
    Outlet,
    Preferences,
    Reach,
    Rhythm,
    Severity,
    Via,
    Wanted,
)
from services.notifications.outlets import (
    add_outlet,
    change_outlet,
    outlets,
    remove_outlet,
    renew_signing_key,
    reseal_outlets,
)
from services.notifications.planning import plan, release_due, send_test
from services.notifications.preferences import preferences, save_preferences
from services.notifications.queries.deliveries import under_way
from services.notifications.queries.log import log_lines
from services.notifications.sending import send
from services.notifications.telling import tell
from services.notifications.upkeep import upkeep

__all__ = [
    "PAGE",
    "USUAL",
    "Added",
    "AddressWrong",
    "Category",
    "LogLine",
    "Mute",
    "NameMissing",
    "NewerWaits",
    "Notice",
    "NoticeNotFound",
    "Outlet",
    "OutletNotFound",
    "Preferences",
    "QuietHoursWrong",
    "Reach",
    "Rhythm",
    "Severity",
    "Via",
    "Wanted",
    "ZoneUnknown",
    "add_outlet",
    "change_outlet",
    "history",
    "log_lines",
    "mark_read",
    "mark_unread",
    "mute",
    "mutes",
    "notices",
    "open_notice",
    "outlets",
    "plan",
    "preferences",
    "read_all",
    "release_due",
    "remove_outlet",
    "renew_signing_key",
    "reseal_outlets",
    "save_preferences",
    "send",
    "send_test",
    "tell",
    "under_way",
    "unmute",
    "unread",
    "upkeep",
]
