"""How messages, rhythms and deliveries read. Values in, words and rows out."""

from collections.abc import Mapping
from datetime import datetime

from pages.parts import zones
from pages.parts.rows import Row
from services.notifications import Category, LogLine, Mute, Notice, Reach, Rhythm, Severity, Via

TABS: Mapping[str, str] = {"inbox": "Inbox", "preferences": "Preferences", "log": "Delivery log"}
TAB = "tab"

CATEGORIES: Mapping[Category, tuple[str, str]] = {
    Category.APPROVALS: ("Approvals", "somebody asks for a decision, decided, or wrote to you"),
    Category.PUBLISHING: ("Publishing", "a post went out, failed, is on hold or unconfirmed"),
    Category.CHANNELS: ("Channels", "an account must be connected again, now or soon"),
    Category.JOBS: ("Jobs", "an import ended, a scheduled job failed or is late"),
    Category.RESULTS: ("Results", "numbers came in"),
    Category.ORGANISATION: ("Organisation", "members, settings, messages that could not be delivered"),
}
RHYTHMS: Mapping[Rhythm, str] = {
    Rhythm.OFF: "Off",
    Rhythm.INSTANTLY: "At once",
    Rhythm.HOURLY: "Hourly",
    Rhythm.DAILY: "Daily",
}
SEVERITIES: Mapping[Severity, tuple[str, str, str]] = {
    Severity.URGENT: ("Urgent", "red", "priority_high"),
    Severity.WARNING: ("Look at it", "orange", "warning"),
    Severity.INFO: ("Good to know", "blue", "info"),
}
VIAS: Mapping[Via, tuple[str, str]] = {
    Via.EMAIL: ("E-mail", "mail"),
    Via.SLACK: ("Slack", "tag"),
    Via.WEBHOOK: ("Webhook", "webhook"),
}
OUTCOMES: Mapping[str, tuple[str, str, str]] = {
    "sent": ("Sent", "green", "check_circle"),
    "again": ("Tried again", "orange", "replay"),
    "refused": ("Not delivered", "red", "error"),
    "unknown": ("No clear answer", "yellow", "help"),
    "dropped": ("Not sent", "gray", "block"),
}
REACHES: Mapping[Reach, str] = {Reach.CAUSE: "this", Reach.OBJECT: "everything about it", Reach.CATEGORY: "all of"}
ICONS = {"green": "check_circle", "red": "error", "orange": "help", "blue": "info", "gray": "notifications"}

CSV_HEADER = (
    "Told", "First told", "Category", "Severity", "Title", "Detail", "Times", "Read", "Muted", "Link",
)  # fmt: skip
LOG_HEADER = ("When", "By", "Channel", "Address", "What", "Messages", "Try", "Outcome", "Answer")


def notice_row(notice: Notice, zone: str, now: datetime) -> Row:
    """One message: unread ones bold, with how often it happened."""
    severity = SEVERITIES[notice.severity] if notice.severity is Severity.URGENT else None
    return Row(
        id=str(notice.id),
        title=notice.title,
        sub=" · ".join(filter(None, [CATEGORIES[notice.category][0], notice.body])),
        icon="notifications_off" if notice.is_muted else ICONS[notice.tone],
        tone="gray" if notice.is_muted else notice.tone,
        right=zones.near(notice.told_at, zone, now),
        right_chip=(f"{notice.count}×", notice.tone, "repeat") if notice.count > 1 else None,
        chip=severity,
        unread=notice.read_at is None and not notice.is_muted,
    )


def log_row(line: LogLine, zone: str, now: datetime) -> Row:
    """One try of one delivery."""
    words, tone, symbol = OUTCOMES[line.outcome]
    way, _ = VIAS[line.via]
    many = f"{line.messages} messages" if line.messages > 1 else ""
    where = " · ".join(filter(None, [line.outlet or way, line.address, many, f"try {line.attempt}", line.answer]))
    return Row(
        id=str(line.id), title=line.what, sub=where, icon=VIAS[line.via][1], tone=tone, chip=(words, tone, symbol),
        right=zones.near(line.at, zone, now),
    )  # fmt: skip


def muted_words(mute: Mute, zone: str, now: datetime) -> tuple[str, str]:
    """What is silenced, and until when."""
    what = f"{mute.label}, all of it" if mute.reach is Reach.CATEGORY else mute.label
    about = "and everything about it, " if mute.reach is Reach.OBJECT else ""
    return what, about + (f"until {zones.near(mute.until, zone, now)}" if mute.until else "for ever")


def csv_row(notice: Notice) -> tuple[object, ...]:
    """In the order of `CSV_HEADER`; instants as ISO in UTC."""
    return (
        notice.told_at.isoformat(), notice.created_at.isoformat(), notice.category.value, notice.severity.value,
        notice.title, notice.body, notice.count, notice.read_at.isoformat() if notice.read_at else "",
        "yes" if notice.is_muted else "", notice.link,
    )  # fmt: skip


def log_csv_row(line: LogLine) -> tuple[object, ...]:
    """In the order of `LOG_HEADER`."""
    return (
        line.at.isoformat(), line.via.value, line.outlet, line.address, line.what, line.messages, line.attempt,
        line.outcome, line.answer,
    )  # fmt: skip
