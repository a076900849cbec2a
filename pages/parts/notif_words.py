"""How messages, rhythms and deliveries read. Values in, words and rows out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from pages.parts import zones
from pages.parts.rows import Head, Row
from services.kit.text import counted
from services.notifications import (
    Category,
    Held,
    LogLine,
    Mute,
    Notice,
    Reach,
    Rhythm,
    Severity,
    Terms,
    Via,
    Waiting,
)

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
WAITS, _NAMED = "Waiting", 3
HELD: Mapping[Held, tuple[str, str]] = {
    Held.NOTHING: ("", "schedule"),
    Held.DIGEST: ("for its digest", "inventory_2"),
    Held.QUIET: ("for the end of quiet hours", "bedtime"),
    Held.REPEAT: ("the same left less than an hour before", "repeat"),
}
ICONS = {"green": "check_circle", "red": "error", "orange": "help", "blue": "info", "gray": "notifications"}
# What went well looks alike; the rest shows what it is about.
KINDS = {
    "review": "fact_check", "digest": "fact_check", "comment": "chat", "channel_lost": "link_off",
    "channel_ends": "hourglass_bottom", "job": "sync_problem", "pipeline": "account_tree", "backup": "backup",
    "results": "trending_up", "outlet": "unsubscribe",
}  # fmt: skip

CSV_HEADER = (
    "Told", "First told", "Category", "Severity", "Title", "Detail", "Times", "Read", "Muted", "Link",
)  # fmt: skip
LOG_HEADER = ("When", "By", "Channel", "Address", "What", "Messages", "Try", "Outcome", "Answer", "Held until")


def notice_row(notice: Notice, zone: str, now: datetime) -> Row:
    """One message: unread ones bold, with how often it happened."""
    severity = SEVERITIES[notice.severity] if notice.severity is Severity.URGENT else None
    symbol = ICONS["green"] if notice.tone == "green" else KINDS.get(notice.kind, ICONS[notice.tone])
    return Row(
        id=str(notice.id),
        title=notice.title,
        sub=" · ".join(filter(None, [CATEGORIES[notice.category][0], notice.body])),
        icon="notifications_off" if notice.is_muted else symbol,
        tone="gray" if notice.is_muted else notice.tone,
        right=zones.near(notice.told_at, zone, now),
        right_chip=(f"{notice.count}×", notice.tone, "repeat") if notice.count > 1 else None,
        chip=severity,
        unread=notice.read_at is None and not notice.is_muted,
    )


def by_day(shown: Sequence[Notice], zone: str, now: datetime) -> list[Row | Head]:
    """Messages in their order, each day under its name."""
    items: list[Row | Head] = []
    for name, those in groupby(shown, lambda one: zones.day_near(one.told_at, zone, now)):
        items.append(Head(name))
        items += [replace(notice_row(one, zone, now), right=zones.clock(one.told_at, zone)) for one in those]
    return items


def log_row(line: LogLine, zone: str, now: datetime) -> Row:
    """One try of one delivery."""
    words, tone, symbol = OUTCOMES[line.outcome]
    way, _ = VIAS[line.via]
    many = f"{line.messages} messages" if line.messages > 1 else ""
    held = f"quiet hours held it until {zones.near(line.held_until, zone, now)}" if line.held_until else ""
    tried = [line.outlet or way, line.address, many, f"try {line.attempt}", line.answer, held]
    where = " · ".join(filter(None, tried))
    return Row(
        id=str(line.id), title=line.what, sub=where, icon=VIAS[line.via][1], tone=tone, chip=(words, tone, symbol),
        right=zones.near(line.at, zone, now),
    )  # fmt: skip


def waiting_rows(waits: Sequence[Waiting], zone: str, now: datetime) -> list[Row]:
    """What has not left yet: one row for what leaves together, with the time it leaves."""
    together: dict[tuple[object, ...], list[Waiting]] = {}
    for one in waits:
        together.setdefault((one.via, one.outlet, one.held, one.due_at), []).append(one)
    return [_waiting_row(those, zone, now) for those in together.values()]


def _named(one: Waiting) -> str:
    what = one.what or "A message"
    return f"{what} ({one.count} times)" if one.count > 1 else what


def _waiting_row(those: list[Waiting], zone: str, now: datetime) -> Row:
    first = those[0]
    why, symbol = HELD[first.held]
    named = [_named(one) for one in those]
    title = counted(len(those), "message") if len(those) > 1 else named[0]
    more = f"and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    where = [
        first.outlet or VIAS[first.via][0],
        why and f"waits {why}",
        *(named[:_NAMED] if len(named) > 1 else []),
        more,
    ]
    return Row(
        id=str(first.id), title=title, sub=" · ".join(filter(None, where)), icon=VIAS[first.via][1],
        chip=(WAITS, "gray", symbol), right=f"leaves {zones.near(first.due_at, zone, now)}",
    )  # fmt: skip


def quiet_words(terms: Terms) -> str:
    """ "Quiet 20:00 to 07:00 Oslo, urgent ones come through"; empty where there are none."""
    if terms.quiet_from is None or terms.quiet_to is None:
        return ""
    hours = f"Quiet {terms.quiet_from:%H:%M} to {terms.quiet_to:%H:%M} {zones.place(terms.zone)}"
    return f"{hours}, urgent ones come through" if terms.urgent_breaks else f"{hours}, urgent ones wait too"


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
        line.outcome, line.answer, line.held_until.isoformat() if line.held_until else "",
    )  # fmt: skip


def waiting_csv_row(one: Waiting) -> tuple[object, ...]:
    """In the order of `LOG_HEADER`; when it leaves stands last."""
    return (
        "", one.via.value, one.outlet, "", one.what, one.count, "", "waiting", HELD[one.held][0],
        one.due_at.isoformat(),
    )  # fmt: skip
