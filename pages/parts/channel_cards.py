"""How a connected account is told on its card: values in, words and markup out."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from pages.parts.markup import bar, chip, esc, icon, mark, practice_chip
from pages.parts.zones import ago, near
from services import accounts

_FULL_SECONDS = 60 * 86_400  # the longest a platform's token lives
_SCOPES = {
    "instagram_business_basic": "See the account",
    "instagram_business_content_publish": "Publish posts",
    "instagram_business_manage_insights": "Read results",
    "pages_show_list": "See the list of Pages",
    "pages_read_engagement": "Read the Page and its posts",
    "pages_manage_posts": "Publish posts",
    "read_insights": "Read results",
    "pages_read_user_content": "Count comments",
}


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
    """The token as a bar that shortens, and the posts of 24 hours against the quota where it is told."""
    words, share, tone = token_words(channel, zone, now)
    left = (
        f'<div class="gauge"><div class="row"><span class="mut">Token</span><span class="sp">{esc(words)}</span></div>'
    )
    left += bar(share, tone, f"Token: {words}") + "</div>"
    if channel.quota_total is None or not channel.is_connected:
        return f'<div class="gauges">{left}</div>'
    used = channel.quota_used or 0
    told = f"{used} of {channel.quota_total}"
    tone = "red" if used >= channel.quota_total else "blue"
    right = (
        f'<div class="gauge"><div class="row"><span class="mut">Posts today</span><span class="sp">{told}</span></div>'
    )
    right += bar(used / channel.quota_total if channel.quota_total else 1.0, tone, f"Posts today: {told}") + "</div>"
    return f'<div class="gauges">{left}{right}</div>'


def token_words(channel: accounts.Channel, zone: str, now: datetime) -> tuple[str, float, str]:
    """What to say about the token, how much of it is left (a ratio), and the tone."""
    if channel.state is accounts.ChannelState.DISCONNECTED:
        return "none", 0.0, "gray"
    ends_at = channel.token_expires_at
    if channel.state is accounts.ChannelState.NEEDS_RECONNECT:
        return "refused", 0.0, "red"
    if ends_at is None:
        return "no end date", 1.0, "green"
    if accounts.has_ended(channel, now):
        return f"ended {near(ends_at, zone, now)}", 0.0, "red"
    left = ends_at - now
    tone = "orange" if accounts.ends_soon(channel, now) else "green"
    return f"{ago(ends_at, now)} left", left.total_seconds() / _FULL_SECONDS, tone


def line(channel: accounts.Channel, zone: str, now: datetime) -> str:
    """The one line that matters most: why it stands still, what is missing, or when it last worked."""
    symbol, tone, words = _line(channel, zone, now)
    return f'<div class="row say">{icon(symbol, tone, size=18)}<span>{esc(words)}</span></div>'


def _line(channel: accounts.Channel, zone: str, now: datetime) -> tuple[str, str, str]:
    if channel.state is accounts.ChannelState.DISCONNECTED:
        return "info", "gray", "Taken off. Its posts and results stay."
    if needs_person(channel, now):
        return "error", "red", channel.state_reason or "The token has ended. Sign in again."
    if channel.missing_scopes:
        return "info", "orange", "Not allowed yet: " + ", ".join(map(scope_words, channel.missing_scopes))
    if channel.last_error and channel.last_error_at:
        return "info", "orange", f"{near(channel.last_error_at, zone, now)}: {channel.last_error}"
    if channel.last_success_at:
        return "check", "green", f"Last worked {near(channel.last_success_at, zone, now)}"
    return "info", "gray", "Not used yet."


def scope_words(scope: str) -> str:
    """A right in words; the platform's own name where we have none."""
    return _SCOPES.get(scope, scope)


def rights(channel: accounts.Channel) -> str:
    """What the account allows and what it does not."""
    given = [("check_circle", "green", scope) for scope in channel.scopes]
    lacking = [("cancel", "orange", scope) for scope in channel.missing_scopes]
    return "".join(
        f'<div class="row say">{icon(symbol, tone, size=18)}<span>{esc(scope_words(scope))}</span></div>'
        for symbol, tone, scope in given + lacking
    )
