"""Where each platform answers, and as which app we sign in there: the real ones and the practice ones."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic import SecretStr

from services.kit.config import Settings
from services.kit.errors import Unavailable

GRAPH_VERSION = "v26.0"  # released 29 Jul 2026; no end announced as of 21 Nov 2026
PRACTICE_APP = "practice"


@dataclass(frozen=True)
class PlatformHost:
    """
    The addresses and the app of one platform, real or practice.

    `api_url` carries the version; `root_url` is the same host without it (uploads, Instagram's renewal). `revoke_url`
    is empty where a platform has no such address.
    """

    authorize_url: str
    token_url: str
    root_url: str
    api_url: str
    revoke_url: str
    client_id: str
    client_secret: SecretStr
    is_practice: bool


# authorize, token, root, api, revoke; sources: each platform's documentation as of 21 Nov 2026
_REAL = {
    "instagram": (
        "https://www.instagram.com/oauth/authorize",
        "https://api.instagram.com/oauth/access_token",
        "https://graph.instagram.com",
        f"https://graph.instagram.com/{GRAPH_VERSION}",
        "",
    ),
    "facebook": (
        f"https://www.facebook.com/{GRAPH_VERSION}/dialog/oauth",
        f"https://graph.facebook.com/{GRAPH_VERSION}/oauth/access_token",
        "https://graph.facebook.com",
        f"https://graph.facebook.com/{GRAPH_VERSION}",
        "",
    ),
    "linkedin": (
        "https://www.linkedin.com/oauth/v2/authorization",
        "https://www.linkedin.com/oauth/v2/accessToken",
        "https://api.linkedin.com",
        "https://api.linkedin.com/rest",
        "",
    ),
    "pinterest": (
        "https://www.pinterest.com/oauth/",
        "https://api.pinterest.com/v5/oauth/token",
        "https://api.pinterest.com",
        "https://api.pinterest.com/v5",
        "",
    ),
    "tiktok": (
        "https://www.tiktok.com/v2/auth/authorize/",
        "https://open.tiktokapis.com/v2/oauth/token/",
        "https://open.tiktokapis.com",
        "https://open.tiktokapis.com/v2",
        "https://open.tiktokapis.com/v2/oauth/revoke/",
    ),
    "x": (
        "https://x.com/i/oauth2/authorize",
        "https://api.x.com/2/oauth2/token",
        "https://api.x.com",
        "https://api.x.com/2",
        "https://api.x.com/2/oauth2/revoke",
    ),
    "youtube": (
        "https://accounts.google.com/o/oauth2/v2/auth",
        "https://oauth2.googleapis.com/token",
        "https://www.googleapis.com",
        "https://www.googleapis.com/youtube/v3",
        "https://oauth2.googleapis.com/revoke",
    ),
}


def hosts(settings: Settings) -> dict[tuple[str, bool], PlatformHost]:
    """Every platform that is set up here, by (platform, is it practice)."""
    found: dict[tuple[str, bool], PlatformHost] = {}
    for platform, real in _REAL.items():
        if settings.practice_url:
            base = f"{settings.practice_url}/{platform}"
            authorize, token, root, api, revoke = (base + urlsplit(address).path if address else "" for address in real)
            practice_app = (PRACTICE_APP, SecretStr(PRACTICE_APP), True)
            found[platform, True] = PlatformHost(authorize, token, root, api, revoke, *practice_app)
        client_id, secret = _app_of(settings, platform)
        if client_id not in ("", PRACTICE_APP):
            found[platform, False] = PlatformHost(*real, client_id, secret, False)
    return found


def host_of(settings: Settings, platform: str, *, is_practice: bool) -> PlatformHost:
    """:raises Unavailable: this platform is not set up here (any more)"""
    host = hosts(settings).get((platform, is_practice))
    if host is None:
        raise Unavailable(f"{'Practice ' if is_practice else ''}{platform.capitalize()} is not set up here.")
    return host


def _app_of(settings: Settings, platform: str) -> tuple[str, SecretStr]:
    """Our app's id and secret there."""
    return {
        "instagram": (settings.instagram_client_id, settings.instagram_client_secret),
        "facebook": (settings.facebook_client_id, settings.facebook_client_secret),
        "linkedin": (settings.linkedin_client_id, settings.linkedin_client_secret),
        "pinterest": (settings.pinterest_client_id, settings.pinterest_client_secret),
        "tiktok": (settings.tiktok_client_id, settings.tiktok_client_secret),
        "x": (settings.x_client_id, settings.x_client_secret),
        "youtube": (settings.youtube_client_id, settings.youtube_client_secret),
    }[platform]
