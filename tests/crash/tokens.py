"""Tokens for every channel of the suite, without a sign-in."""

from services.practice.seeds import ACCOUNTS
from services.practice.tiktok.signin import SCOPES as TIKTOK
from services.practice.youtube.access import SCOPES as YOUTUBE
from tests.crash.forms import REMOTES
from tests.makers.linkedin import ROBIN
from tests.makers.linkedin import SCOPES as LINKEDIN
from tests.makers.practice import Admin
from tests.makers.x import SCOPES as X

_SCOPES: dict[str, tuple[str, ...]] = {
    "tiktok": TIKTOK,
    "youtube": YOUTUBE,
    "linkedin": LINKEDIN,
    "x": X,
    "pinterest": ("boards:read", "boards:write", "pins:read", "pins:write", "user_accounts:read"),
}
RENEWING = ("tiktok", "pinterest", "x", "youtube")  # with a refresh token that is used within days, not months


def access_token(admin: Admin, name: str) -> str:
    platform, remote = name.split("/")[0], REMOTES[name]
    if platform == "instagram":
        return admin.instagram_token(subject=remote)
    return admin.page_token(page=remote) if platform == "facebook" else _token(admin, platform, remote)


def refresh_token(admin: Admin, name: str) -> str:
    """To renew with; only for `RENEWING`."""
    return _token(admin, name.split("/")[0], REMOTES[name], kind="refresh")


def _token(admin: Admin, platform: str, remote: str, **terms: str) -> str:
    assert remote in ACCOUNTS[platform]
    subject = ROBIN if platform == "linkedin" else remote  # a member signs in and posts for pages
    return admin.token(platform, _SCOPES[platform], subject, **terms)
