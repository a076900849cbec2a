"""How a connected account is told on its card: values in, words and markup out."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from pages.parts.channel_words import lasting, scope_words
from pages.parts.markup import bar, chip, esc, icon, mark, practice_chip
from pages.parts.zones import near
from services import accounts

_WORKED = "check"


def start_address(brand_id: UUID, platform: str, *, is_practice: bool, channel_id: UUID | None = None) -> str:
    """Our own path that leads to the platform's sign-in."""
    asked = {"platform": platform, "brand": str(brand_id), "practice": "1" if is_practice else "0"}
    return f"/oauth/start?{urlencode(asked | ({'channel': str(channel_id)} if channel_id else {}))}"


def leave_link(words: str, address: str, *, symbol: str = "link", primary: bool = False, mark_html: str = "") -> str:
    """A link drawn as a button: it leaves Loopdesk in this tab. `address` is one of ours."""
    kind = "btn pri" if primary else "btn"
    return f'<a class="{kind}" href="{esc(address)}">{mark_html or icon(symbol, size=18)}{esc(words)}</a>'


def needs_person(channel: accounts.Channel, now: datetime) -> bool:
    """Must somebody sign in again?"""
    is_off = channel.state is accounts.ChannelState.DISCONNECTED
    return not is_off and not accounts.usable(channel, now)


def health_chip(channel: accounts.Channel, now: datetime) -> str:
    if channel.state is accounts.ChannelState.DISCONNECTED:
        return chip("Disconnected", "gray", "link_off")
    if needs_person(channel, now):
        return chip("Reconnect", "red", "link_off")
    if channel.missing_scopes or channel.last_error or accounts.ends_soon(channel, now):
        return chip("Needs you soon", "orange", "schedule")
    return chip("Healthy", "green", "check_circle")


def head(channel: accounts.Channel, now: datetime, account: str) -> str:
    """Mark, name, handle, chips; that it posts nowhere is said instead of the handle."""
    sub = f"@{channel.handle}" if channel.handle else account
    if channel.is_practice:
        sub = "Posts nowhere"
    chips = (practice_chip() if channel.is_practice else "") + health_chip(channel, now)
    return (
        f'<div class="row">{mark(channel.platform, large=True, practice=channel.is_practice)}'
        f'<div class="m"><div class="h cut">{esc(channel.name)}</div><div class="mut cut">{esc(sub)}</div></div>'
        f'<span class="sp row chips">{chips}</span></div>'
    )


def gauges(channel: accounts.Channel, zone: str, now: datetime) -> str:
    """How long the sign-in lasts as a bar that shortens, and what is left of the quota where it is told."""
    left = _gauge("Sign-in", *lasting(channel, zone, now))
    if channel.quota_total is None or not channel.is_connected:
        return f'<div class="gauges">{left}</div>'
    used, total = channel.quota_used or 0, channel.quota_total
    tone = "red" if used >= total else "blue"
    told = f"{max(0, total - used)} of {total}"
    return f'<div class="gauges">{left}{_gauge("Posts left", told, 1 - used / total if total else 0.0, tone)}</div>'


def _gauge(name: str, words: str, share: float, tone: str) -> str:
    head = f'<div class="row"><span class="mut">{esc(name)}</span><span class="sp">{esc(words)}</span></div>'
    return f'<div class="gauge">{head}{bar(share, tone, f"{name}: {words}")}</div>'


def lines(channel: accounts.Channel, zone: str, now: datetime, held_back: str | None = None) -> str:
    """
    What matters most: why it stands still, what is missing, or when it last worked; and when it last did.

    :param held_back: what waits for the platform's review
    """
    said = [_line(channel, zone, now)]
    trouble = _trouble(channel, zone, now)
    if trouble and channel.is_connected and trouble != said[0]:
        said.append(trouble)
    if channel.last_success_at and said[0][0] != _WORKED:
        said.append((_WORKED, "gray", f"Last worked {near(channel.last_success_at, zone, now)}"))
    if held_back:
        said.append(("lock_clock", "orange", f"Until the review is granted: {held_back}"))
    return "".join(
        f'<div class="row say">{icon(symbol, tone, size=18)}<span>{esc(words)}</span></div>'
        for symbol, tone, words in said
    )


def _line(channel: accounts.Channel, zone: str, now: datetime) -> tuple[str, str, str]:
    if channel.state is accounts.ChannelState.DISCONNECTED:
        return "info", "gray", "Taken off. Its posts and results stay."
    if needs_person(channel, now):
        return "error", "red", channel.state_reason or "The token has ended. Sign in again."
    if channel.missing_scopes:
        return "info", "orange", "Not allowed yet: " + ", ".join(map(scope_words, channel.missing_scopes))
    ends_at = accounts.needs_person_at(channel)
    if ends_at is not None and accounts.ends_soon(channel, now):
        return "schedule", "orange", f"Sign in again before {near(ends_at, zone, now)}, and nothing is interrupted."
    if trouble := _trouble(channel, zone, now):
        return trouble
    if channel.last_success_at:
        return _WORKED, "green", f"Last worked {near(channel.last_success_at, zone, now)}"
    return "info", "gray", "Not used yet."


def _trouble(channel: accounts.Channel, zone: str, now: datetime) -> tuple[str, str, str] | None:
    if not channel.last_error or not channel.last_error_at:
        return None
    return "info", "orange", f"{near(channel.last_error_at, zone, now)}: {channel.last_error}"


def rights(channel: accounts.Channel) -> str:
    """What the account allows and what it does not."""
    given = [("check_circle", "green", scope) for scope in channel.scopes]
    lacking = [("cancel", "orange", scope) for scope in channel.missing_scopes]
    return "".join(
        f'<div class="row say">{icon(symbol, tone, size=18)}<span>{esc(scope_words(scope))}</span></div>'
        for symbol, tone, scope in given + lacking
    )
