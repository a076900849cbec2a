"""The words of a channel: what a right allows, how long a sign-in lasts."""

from datetime import datetime

from pages.parts.zones import ago, near
from services import accounts

_DAY_SECONDS = 86_400
_TOKEN_DAYS, _SIGN_IN_DAYS = 60, 365  # the longest a platform's token lives, and a sign-in that renews it
_POST, _RESULTS, _ACCOUNT = "Publish posts", "Read results", "See the account"
_SCOPES = {
    "instagram_business_basic": _ACCOUNT,
    "instagram_business_content_publish": _POST,
    "instagram_business_manage_insights": _RESULTS,
    "pages_show_list": "See the list of Pages",
    "pages_read_engagement": "Read the Page and its posts",
    "pages_manage_posts": _POST,
    "read_insights": _RESULTS,
    "pages_read_user_content": "Count comments",
    "openid": "Know who signed in",
    "profile": _ACCOUNT,
    "w_member_social": "Publish posts as the person",
    "w_organization_social": "Publish posts as the page",
    "r_organization_social": "Read the page's posts",
    "rw_organization_admin": "See the list of pages and their results",
    "boards:read": "See the boards",
    "boards:write": "Pin to the boards",
    "pins:read": "Read the pins",
    "pins:write": "Publish pins",
    "user_accounts:read": "See the account and its results",
    "user.info.basic": _ACCOUNT,
    "user.info.profile": "See the account's name",
    "video.publish": _POST,
    "video.upload": "Send drafts to the inbox",
    "video.list": _RESULTS,
    "tweet.read": "Read posts and results",
    "tweet.write": _POST,
    "users.read": _ACCOUNT,
    "media.write": "Upload pictures and videos",
    "offline.access": "Stay connected",
    "https://www.googleapis.com/auth/youtube.upload": "Upload videos",
    "https://www.googleapis.com/auth/youtube.readonly": "See the channel and its videos",
    "https://www.googleapis.com/auth/yt-analytics.readonly": _RESULTS,
}


def scope_words(scope: str) -> str:
    """A right in words; the platform's own name where we have none."""
    return _SCOPES.get(scope, scope)


def lasting(channel: accounts.Channel, zone: str, now: datetime) -> tuple[str, float, str]:
    """How long until a person must sign in again: the words, how much is left (a ratio), and the tone."""
    if channel.state is accounts.ChannelState.DISCONNECTED:
        return "none", 0.0, "gray"
    if channel.state is accounts.ChannelState.NEEDS_RECONNECT:
        return "refused", 0.0, "red"
    ends_at = accounts.needs_person_at(channel)
    if accounts.has_ended(channel, now):
        return f"ended {near(ends_at or now, zone, now)}", 0.0, "red"
    if ends_at is None:
        return "renews itself" if channel.renews else "no end date", 1.0, "green"
    left = max(0.0, (ends_at - now).total_seconds())
    most = (_SIGN_IN_DAYS if channel.renews else _TOKEN_DAYS) * _DAY_SECONDS
    tone = "orange" if accounts.ends_soon(channel, now) else "green"
    return f"{ago(ends_at, now)} left", left / most, tone


def lasting_at(channel: accounts.Channel, zone: str, now: datetime) -> str:
    """When a person must sign in again, for the list of facts."""
    ends_at = accounts.needs_person_at(channel)
    if ends_at is not None:
        return near(ends_at, zone, now)
    return "not by any date known" if channel.renews else "no end date"


_KINDS = {"page": "Page token", "user": "a person's token", "system_user": "system user's token"}


def kind_words(channel: accounts.Channel) -> str:
    """What kind of token it is, as the platform says."""
    return _KINDS.get(channel.token_kind, channel.token_kind) or "not told by the platform"


def token_facts(channel: accounts.Channel, zone: str, now: datetime) -> str:
    """What becomes of the token itself."""
    ends_at = channel.token_expires_at
    if ends_at is None:
        return "no end date"
    if channel.renews:
        return "is being renewed" if ends_at <= now else f"renewed before {near(ends_at, zone, now)}"
    return f"ends {near(ends_at, zone, now)}"
