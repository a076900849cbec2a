"""
The seal: SHA-256 over everything of a version that reaches one platform account.

Made at approval, recomputed from the rows and the stored bytes right before the call that cannot be taken back.
"""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services import accounts, creative
from services.approvals.formats import LINKS_APART, WORDLESS, defaults_of, placement_of, usual_format
from services.creative import Placed, Version
from services.kit.crypto import canonical_json, sha256_hex
from services.kit.db import Tx
from services.kit.errors import Invalid

# Where the first format is one picture, so that a drawn ad needs to name none.
_FIRST_IS_PICTURE = ("instagram", "facebook")
_TYPES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "mp4": "video/mp4"}


class PictureMissing(Invalid):
    """This version has no picture in the size the channel needs. Make a new version."""


class SealedMedia(BaseModel):
    """
    One picture or clip in its place. `width` and `height` in pixels; the bytes lie in the store under `file_key`.

    0 bytes and 0 ms are not known: a picture that was sealed before they were kept.
    """

    model_config = ConfigDict(frozen=True)

    sha256: str
    alt_text: str
    asset_id: UUID
    file_key: str
    width: int
    height: int
    content_type: str
    byte_count: int = 0
    duration_ms: int = 0

    @property
    def is_video(self) -> bool:
        return self.content_type.startswith("video/")


class SealedContent(BaseModel):
    """
    What one account gets to see. `target` is the account's id on its platform.

    `cover`: the picture chosen for its clip. `settings`: all that was decided for the platform, such as privacy, by a
    person or by our default; "format" is there where it is not the first one.
    """

    model_config = ConfigDict(frozen=True)

    platform: str
    is_practice: bool
    target: str
    text: str
    link: str = ""
    first_comment: str = ""
    media: tuple[SealedMedia, ...] = ()
    cover: SealedMedia | None = None
    settings: dict[str, str] = {}

    @property
    def files(self) -> tuple[SealedMedia, ...]:
        """Every stored file that the platform is given."""
        return (*self.media, self.cover) if self.cover else self.media

    def canonical(self) -> dict[str, Any]:
        """Everything that reaches the platform, and nothing else: where our bytes lie and their size is left out."""
        return {
            "platform": self.platform,
            "is_practice": self.is_practice,
            "target": self.target,
            "text": self.text,
            "link": self.link,
            "first_comment": self.first_comment,
            "media": [{"sha256": item.sha256, "alt_text": item.alt_text} for item in self.media],
            "settings": self.settings,
            **({"cover": self.cover.sha256} if self.cover else {}),
        }

    def seal(self) -> str:
        """SHA-256 in hex over the canonical JSON."""
        return sha256_hex(canonical_json(self.canonical()))


def content_for(tx: Tx, version_id: UUID, channel_id: UUID) -> SealedContent:
    """
    Build from the rows what this version would be on this channel.

    :raises VersionNotFound: no such version in this organisation
    :raises ChannelNotFound: no such channel in this organisation
    :raises PictureMissing: the version has no picture in the size this platform takes
    """
    return compose(creative.version(tx, version_id), accounts.channel(tx, channel_id))


def compose(shown: Version, channel: accounts.Channel) -> SealedContent:
    """Pure: a version and an account in, the content out. :raises PictureMissing:"""
    own = dict(shown.per_channel.get(channel.platform, {}))
    text, first_comment = own.pop("text", "") or shown.caption, own.pop("first_comment", "")
    text = creative.mentioning(text, shown.mentions, channel.platform)
    first_comment = creative.mentioning(first_comment, shown.mentions, channel.platform, is_comment=True)
    cover = shown.cover(channel.platform) if own.pop("cover", "") else None
    link = tracked(shown.link, shown.id, channel.id, channel.platform)
    media = _files(shown, channel.platform, own.get("format", ""))
    chosen = own.pop("format", "") or _usual(channel.platform, media, shown)
    place = (channel.platform, chosen)
    if place in WORDLESS:
        text, link, first_comment = "", "", ""
    return SealedContent(
        platform=channel.platform,
        is_practice=channel.is_practice,
        target=channel.remote_id,
        text=text.strip() if place in LINKS_APART else _with_link(text, link),
        link=link,
        first_comment=first_comment,
        media=media,
        cover=_sealed(cover, shown) if cover else None,
        settings=_decided(own, place) | ({"format": chosen} if chosen else {}),
    )


def _decided(own: dict[str, str], place: tuple[str, str]) -> dict[str, str]:
    """What was chosen, and what the platform is told where nobody chose."""
    usual = defaults_of(*place)
    return {**usual, **{name: value for name, value in own.items() if value.strip() or name not in usual}}


def _with_link(text: str, link: str) -> str:
    return "\n\n".join(part for part in (text.strip(), link) if part)


def _usual(platform: str, media: tuple[SealedMedia, ...], shown: Version) -> str:
    """Empty for a drawn ad where it is the platform's first format: its seal is as it always was."""
    is_upright = bool(media) and media[0].height > media[0].width
    found = usual_format(platform, [item.content_type for item in media], is_upright=is_upright)
    return "" if not shown.is_post and platform in _FIRST_IS_PICTURE else found


def tracked(link: str, version_id: UUID, channel_id: UUID, platform: str = "") -> str:
    """
    `link` with our own `utm_content`, the same for one version on one channel every time; empty stays empty.

    A value that is `creative.PLATFORM` becomes the platform's name.
    """
    if not link.strip():
        return ""
    parts = urlsplit(link.strip())
    mark = sha256_hex(f"{version_id}/{channel_id}".encode())[:12]
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(key, platform if value == creative.PLATFORM else value) for key, value in pairs if key != "utm_content"]
    return urlunsplit(parts._replace(query=urlencode([*kept, ("utm_content", f"p_{mark}")])))


def _files(shown: Version, platform: str, chosen: str) -> tuple[SealedMedia, ...]:
    """All files of a post in their order; of an ad the one size that this platform shows."""
    if shown.is_post:
        return tuple(_sealed(placed, shown) for placed in shown.files)
    placement = placement_of(platform, chosen)
    placed = shown.picture(placement)
    if placed is None:
        raise PictureMissing(f"This version has no picture in the size {placement}.")
    return (_sealed(placed, shown),)


def _sealed(placed: Placed, shown: Version) -> SealedMedia:
    ending = placed.file_key.rsplit(".", 1)[-1].lower()
    return SealedMedia(
        sha256=placed.sha256,
        alt_text=placed.alt_text or shown.alt_text,
        asset_id=placed.asset_id,
        file_key=placed.file_key,
        width=placed.width,
        height=placed.height,
        content_type=placed.content_type or _TYPES.get(ending, "application/octet-stream"),
        byte_count=placed.size_bytes,
        duration_ms=round((placed.duration_seconds or 0) * 1000),
    )
