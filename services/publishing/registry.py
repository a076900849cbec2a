"""One row per platform and format that can be posted; an adapter is imported on first use."""

from functools import cache
from importlib import import_module

from services.approvals import SealedContent
from services.kit.errors import Invalid
from services.publishing.publisher import Publisher

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
    return _load(place)


def publisher_of(content: SealedContent) -> Publisher:
    """The adapter for what was sealed. :raises PlatformUnknown, FormatUnknown:"""
    return publisher(content.platform, content.settings.get("format", ""))


@cache
def _load(place: str) -> Publisher:
    module, _, name = place.partition(":")
    adapter: Publisher = getattr(import_module(module), name)()
    return adapter
