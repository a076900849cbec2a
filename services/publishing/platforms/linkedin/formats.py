"""
The formats: words, one picture, several, a video, a link. Source: Posts API, Images API, Videos API and MultiImage,
September 2026. LinkedIn does not read a linked page itself: title, description and picture of a link come from us.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from services.approvals import SealedContent
from services.kit.errors import Rejected
from services.publishing.platforms.linkedin.little_text import length
from services.publishing.platforms.linkedin.posts import Posts
from services.publishing.platforms.linkedin.uploads import upload_images, upload_video
from services.publishing.publisher import Door, Order, PlatformSpec, Remote, Setting

_PRIVACY = Setting(
    name="privacy",
    label="Who sees it",
    choices=(("PUBLIC", "Everybody"), ("LOGGED_IN", "People signed in to LinkedIn"), ("CONNECTIONS", "Connections")),
    default="PUBLIC",
    help="Connections is for members; an organisation posts to everybody.",
)
_ALT_MAX = 4_086
_TITLE_MAX = 200  # ours: LinkedIn's own limits for titles and descriptions are not documented
_DESCRIPTION_MAX = 256

_WORDS = PlatformSpec(
    platform="linkedin",
    label="LinkedIn",
    look="network_post",
    text_max=3_000,
    hashtags_max=None,
    mentions_max=None,
    alt_text_max=_ALT_MAX,
    media_types=(),
    media_min=0,
    media_max=0,
    ratio_min=1 / 100,
    ratio_max=100.0,
    width_min=1,
    prepares=False,
    proves_absence=False,
    source="LinkedIn Posts API",
    checked_on=date(2026, 11, 21),
    format="text",
    format_label="Text",
    count=length,
    unit="own",
    fold=140,  # about three lines, as measured by others from 2024 to 2026; LinkedIn documents none
    fold_wide=210,
    fold_lines=3,
    settings=(_PRIVACY,),
)
_PICTURE = replace(
    _WORDS,
    media_types=("image/jpeg", "image/png", "image/gif"),
    media_min=1,
    media_max=1,
    prepares=True,
    format="image",
    format_label="Picture",
)


class Text(Posts):
    """Words alone: one call."""

    spec = _WORDS


class Image(Posts):
    """One picture."""

    spec = _PICTURE

    def prepare(self, order: Order, door: Door) -> Remote:
        return upload_images(order, door)

    def _content(self, content: SealedContent, urns: tuple[str, ...]) -> dict[str, Any]:
        return {"media": _shown(urns[0], content.media[0].alt_text)}


class Images(Posts):
    """Two to twenty pictures."""

    spec = replace(_PICTURE, media_min=2, media_max=20, format="images", format_label="Pictures")

    def prepare(self, order: Order, door: Door) -> Remote:
        return upload_images(order, door)

    def _content(self, content: SealedContent, urns: tuple[str, ...]) -> dict[str, Any]:
        pairs = zip(urns, content.media, strict=True)
        return {"multiImage": {"images": [_shown(urn, item.alt_text) for urn, item in pairs]}}


class Video(Posts):
    """One video."""

    spec = replace(
        _PICTURE,
        media_types=("video/mp4",),
        format="video",
        format_label="Video",
        bytes_max=500_000_000,
        seconds_min=3.0,
        seconds_max=1_800.0,
        settings=(_PRIVACY, Setting(name="title", label="Title", text_max=_TITLE_MAX)),
    )

    def prepare(self, order: Order, door: Door) -> Remote:
        return upload_video(order, door)

    def _content(self, content: SealedContent, urns: tuple[str, ...]) -> dict[str, Any]:
        title = content.settings.get("title", "")
        return {"media": {"id": urns[0], **({"title": title} if title else {})}}


class Link(Posts):
    """A link as a card, with our own title, description and, where there is one, picture."""

    spec = replace(
        _PICTURE,
        media_min=0,
        format="link",
        format_label="Link",
        links_apart=True,
        settings=(
            _PRIVACY,
            Setting(name="title", label="Title of the card", required=True, text_max=_TITLE_MAX),
            Setting(name="description", label="Description of the card", text_max=_DESCRIPTION_MAX),
        ),
    )

    def prepare(self, order: Order, door: Door) -> Remote:
        return upload_images(order, door)

    def _content(self, content: SealedContent, urns: tuple[str, ...]) -> dict[str, Any]:
        if not content.link:
            raise Rejected("A post with a card needs a link.")
        card = {"source": content.link, "title": content.settings.get("title", "")}
        if content.settings.get("description"):
            card["description"] = content.settings["description"]
        if urns:
            card["thumbnail"] = urns[0]
        return {"article": card}


def _shown(urn: str, alt_text: str) -> dict[str, str]:
    return {"id": urn, **({"altText": alt_text} if alt_text else {})}
