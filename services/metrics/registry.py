"""One row per platform whose posts we read; a reader is imported on first use."""

from functools import cache
from importlib import import_module

from services.kit.errors import Rejected
from services.metrics.reader import Reader

READERS = {
    "instagram": "services.metrics.readers.instagram:Instagram",
    "facebook": "services.metrics.readers.facebook:Facebook",
}


def is_read(platform: str) -> bool:
    """Whether the results of this platform can be read."""
    return platform in READERS


@cache
def reader(platform: str) -> Reader:
    """:raises Rejected: nobody reads this platform"""
    place = READERS.get(platform)
    if place is None:
        raise Rejected(f"Results of {platform} are not read.")
    module, _, name = place.partition(":")
    found: Reader = getattr(import_module(module), name)()
    return found
