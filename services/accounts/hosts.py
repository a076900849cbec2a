"""Where each platform answers, and as which app we sign in there: the real ones and the practice ones."""

from dataclasses import dataclass

from pydantic import SecretStr

from services.kit.config import Settings
from services.kit.errors import Unavailable

GRAPH_VERSION = "v26.0"  # released 29 Jul 2026; no end announced as of 21 Nov 2026
PRACTICE_APP = "practice"


@dataclass(frozen=True)
class PlatformHost:
    """
    The addresses and the app of one platform, real or practice.

    `graph_url` carries the version; `root_url` is the same host without it (Instagram renews tokens there).
    """

    authorize_url: str
    token_url: str
    root_url: str
    graph_url: str
    client_id: str
    client_secret: SecretStr
    is_practice: bool


_REAL = {
    "instagram": (
        "https://www.instagram.com/oauth/authorize",
        "https://api.instagram.com/oauth/access_token",
        "https://graph.instagram.com",
    ),
    "facebook": (
        f"https://www.facebook.com/{GRAPH_VERSION}/dialog/oauth",
        f"https://graph.facebook.com/{GRAPH_VERSION}/oauth/access_token",
        "https://graph.facebook.com",
    ),
}


def hosts(settings: Settings) -> dict[tuple[str, bool], PlatformHost]:
    """Every platform that can be connected here, by (platform, is it practice)."""
    apps = {
        "instagram": (settings.instagram_client_id, settings.instagram_client_secret),
        "facebook": (settings.facebook_client_id, settings.facebook_client_secret),
    }
    found: dict[tuple[str, bool], PlatformHost] = {}
    for platform, (authorize, token, root) in _REAL.items():
        if settings.practice_url:
            found[platform, True] = _practice(f"{settings.practice_url}/{platform}", platform)
        client_id, client_secret = apps[platform]
        if client_id not in ("", PRACTICE_APP):
            graph = f"{root}/{GRAPH_VERSION}"
            found[platform, False] = PlatformHost(authorize, token, root, graph, client_id, client_secret, False)
    return found


def host_of(settings: Settings, platform: str, *, is_practice: bool) -> PlatformHost:
    """:raises Unavailable: this platform is not set up here (any more)"""
    host = hosts(settings).get((platform, is_practice))
    if host is None:
        raise Unavailable(f"{'Practice ' if is_practice else ''}{platform.capitalize()} is not set up here.")
    return host


def _practice(root: str, platform: str) -> PlatformHost:
    graph = f"{root}/{GRAPH_VERSION}"
    is_instagram = platform == "instagram"
    return PlatformHost(
        authorize_url=f"{root}/oauth/authorize" if is_instagram else f"{graph}/dialog/oauth",
        token_url=f"{root}/oauth/access_token" if is_instagram else f"{graph}/oauth/access_token",
        root_url=root,
        graph_url=graph,
        client_id=PRACTICE_APP,
        client_secret=SecretStr(PRACTICE_APP),
        is_practice=True,
    )
