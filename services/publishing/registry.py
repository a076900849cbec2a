"""One row per platform and format that can be posted; an adapter is imported on first use."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from services.approvals import SealedContent
from services.kit.errors import Invalid
from services.publishing.publisher import Door, Publisher

_HERE = "services.publishing.platforms"
# The first format of a platform is the one of a version that names none.
ADAPTERS: dict[str, dict[str, str]] = {
    "instagram": {
        "image": f"{_HERE}.instagram.image:Instagram",
        "carousel": f"{_HERE}.instagram.carousel:Carousel",
        "reel": f"{_HERE}.instagram.reel:Reel",
        "story": f"{_HERE}.instagram.story:Story",
    },
    "facebook": {
        "photo": f"{_HERE}.facebook.photo:Facebook",
        "text": f"{_HERE}.facebook.text:Text",
        "photos": f"{_HERE}.facebook.photos:Photos",
        "video": f"{_HERE}.facebook.video:Video",
        "reel": f"{_HERE}.facebook.reel:Reel",
    },
    "tiktok": {
        "video": f"{_HERE}.tiktok.video:Video",
        "video_url": f"{_HERE}.tiktok.video:VideoByAddress",
        "photos": f"{_HERE}.tiktok.photos:Photos",
        "draft": f"{_HERE}.tiktok.video:Draft",
    },
    "linkedin": {
        "text": f"{_HERE}.linkedin.formats:Text",
        "image": f"{_HERE}.linkedin.formats:Image",
        "images": f"{_HERE}.linkedin.formats:Images",
        "video": f"{_HERE}.linkedin.formats:Video",
        "link": f"{_HERE}.linkedin.formats:Link",
    },
    "pinterest": {
        "image": f"{_HERE}.pinterest.image:PinterestImage",
        "video": f"{_HERE}.pinterest.video:PinterestVideo",
    },
    "youtube": {
        "video": f"{_HERE}.youtube.video:Video",
        "short": f"{_HERE}.youtube.video:Short",
    },
    "x": {
        "images": f"{_HERE}.x.posts:Images",
        "text": f"{_HERE}.x.posts:Text",
        "video": f"{_HERE}.x.posts:Video",
        "thread": f"{_HERE}.x.thread:Thread",
    },
}
# What an account offers right now, for a setting that `reads` it: a function of a Door, (value, label) of each.
LISTS: dict[tuple[str, str], str] = {
    ("pinterest", "boards"): f"{_HERE}.pinterest.boards:boards",
    ("tiktok", "audiences"): f"{_HERE}.tiktok.wire:audiences",
}
# Where a first comment can be posted.
COMMENTERS: dict[str, str] = {
    "instagram": f"{_HERE}.instagram.comments:Comments",
    "facebook": f"{_HERE}.facebook.comments:Comments",
    "linkedin": f"{_HERE}.linkedin.comments:Comments",
}
# What sets the cover of a clip that is out, for formats whose `Cover` says `is_after`.
COVER_SETTERS: dict[str, str] = {
    "youtube": f"{_HERE}.youtube.thumbnail:Thumbnail",
}


class PlatformUnknown(Invalid):
    """This platform cannot be posted to."""


class FormatUnknown(Invalid):
    """This platform has no such format."""


def formats(platform: str) -> tuple[str, ...]:
    """The formats of a platform, the usual one first; empty where it cannot be posted to."""
    return tuple(ADAPTERS.get(platform, {}))


def publisher(platform: str, chosen: str = "") -> Publisher:
    """
    The adapter of a format; without one, of the platform's first.

    :raises PlatformUnknown: no such platform
    :raises FormatUnknown: the platform does not have this format
    """
    rows = ADAPTERS.get(platform)
    if not rows:
        raise PlatformUnknown()
    place = rows.get(chosen or next(iter(rows)))
    if place is None:
        raise FormatUnknown(f"{platform.capitalize()} has no format called “{chosen}”.")
    adapter: Publisher = _load(place)
    return adapter


def publisher_of(content: SealedContent) -> Publisher:
    """The adapter for what was sealed. :raises PlatformUnknown, FormatUnknown:"""
    return publisher(content.platform, content.settings.get("format", ""))


def list_of(platform: str, reads: str) -> Callable[[Door], tuple[tuple[str, str], ...]] | None:
    """What reads this list of an account; None where there is none."""
    place = LISTS.get((platform, reads))
    if place is None:
        return None
    module, _, name = place.partition(":")
    found: Callable[[Door], tuple[tuple[str, str], ...]] = getattr(import_module(module), name)
    return found


def takes_comments(platform: str) -> bool:
    """Can a first comment be posted there?"""
    return platform in COMMENTERS


def commenter(platform: str) -> Any:
    """The adapter for a platform's comments, a `Commenter`. :raises PlatformUnknown: there are none"""
    if platform not in COMMENTERS:
        raise PlatformUnknown(f"{platform.capitalize()} takes no first comment.")
    return _load(COMMENTERS[platform])


def cover_setter(platform: str) -> Any:
    """The adapter that sets the cover of what is out, a `CoverSetter`. :raises PlatformUnknown: there is none"""
    if platform not in COVER_SETTERS:
        raise PlatformUnknown(f"{platform.capitalize()} takes no cover afterwards.")
    return _load(COVER_SETTERS[platform])


@cache
def _load(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)()
