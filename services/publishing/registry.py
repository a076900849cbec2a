"""One row per platform that can be posted to; an adapter is imported on first use."""

from functools import cache
from importlib import import_module

from services.kit.errors import Invalid
from services.publishing.publisher import Publisher

ADAPTERS = {
    "instagram": "services.publishing.platforms.instagram:Instagram",
    "facebook": "services.publishing.platforms.facebook:Facebook",
}


class PlatformUnknown(Invalid):
    """This platform cannot be posted to."""


@cache
def publisher(platform: str) -> Publisher:
    """:raises PlatformUnknown: no such platform"""
    place = ADAPTERS.get(platform)
    if place is None:
        raise PlatformUnknown()
    module, _, name = place.partition(":")
    adapter: Publisher = getattr(import_module(module), name)()
    return adapter
