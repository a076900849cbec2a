"""One row per platform that can be connected; an adapter is imported on first use."""

from functools import cache
from importlib import import_module

from services.accounts.adapter import SignIn
from services.accounts.errors import PlatformUnknown

ADAPTERS = {
    "instagram": "services.accounts.oauth.instagram:Instagram",
    "facebook": "services.accounts.oauth.facebook:Facebook",
    "linkedin": "services.accounts.oauth.linkedin:LinkedIn",
    "pinterest": "services.accounts.oauth.pinterest:Pinterest",
    "tiktok": "services.accounts.oauth.tiktok:TikTok",
    "x": "services.accounts.oauth.x:X",
    "youtube": "services.accounts.oauth.youtube:Youtube",
}


@cache
def sign_in(platform: str) -> SignIn:
    """:raises PlatformUnknown: no such platform"""
    place = ADAPTERS.get(platform)
    if place is None:
        raise PlatformUnknown()
    module, _, name = place.partition(":")
    adapter: SignIn = getattr(import_module(module), name)()
    return adapter
