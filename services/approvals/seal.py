"""
The seal: SHA-256 over everything of a version that reaches one platform account.

Made at approval, recomputed from the rows and the stored bytes right before the call that cannot be taken back.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services import accounts, creative
from services.creative import Placed, Version
from services.kit.crypto import canonical_json, sha256_hex
from services.kit.db import Tx
from services.kit.errors import Invalid

# Which of a version's pictures a platform gets. Instagram takes 4:5 to 1.91:1, a Page photo shows best square.
PLACEMENTS: Mapping[str, Sequence[str]] = {"instagram": ("feed",), "facebook": ("square",)}

_TYPES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "mp4": "video/mp4"}


class PictureMissing(Invalid):
    """This version has no picture in the size the channel needs. Make a new version."""


class SealedMedia(BaseModel):
    """One picture in its place. `width` and `height` in pixels; the bytes lie in the store under `file_key`."""

    model_config = ConfigDict(frozen=True)

    sha256: str
    alt_text: str
    asset_id: UUID
    file_key: str
    width: int
    height: int
    content_type: str


class SealedContent(BaseModel):
    """What one account gets to see. `target` is the account's id on its platform."""

    model_config = ConfigDict(frozen=True)

    platform: str
    is_practice: bool
    target: str
    text: str
    link: str = ""
    first_comment: str = ""
    media: tuple[SealedMedia, ...] = ()
    settings: dict[str, str] = {}

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
    link = tracked(shown.link, shown.id, channel.id)
    return SealedContent(
        platform=channel.platform,
        is_practice=channel.is_practice,
        target=channel.remote_id,
        text="\n\n".join(part for part in (shown.caption.strip(), link) if part),
        link=link,
        media=tuple(_media(shown, placement) for placement in PLACEMENTS.get(channel.platform, ("feed",))),
    )


def tracked(link: str, version_id: UUID, channel_id: UUID) -> str:
    """`link` with our own `utm_content`, the same for one version on one channel every time; empty stays empty."""
    if not link.strip():
        return ""
    parts = urlsplit(link.strip())
    mark = sha256_hex(f"{version_id}/{channel_id}".encode())[:12]
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != "utm_content"]
    return urlunsplit(parts._replace(query=urlencode([*kept, ("utm_content", f"p_{mark}")])))


def _media(shown: Version, placement: str) -> SealedMedia:
    placed: Placed | None = shown.picture(placement)
    if placed is None:
        raise PictureMissing(f"This version has no picture in the size {placement}.")
    ending = placed.file_key.rsplit(".", 1)[-1].lower()
    return SealedMedia(
        sha256=placed.sha256,
        alt_text=placed.alt_text or shown.alt_text,
        asset_id=placed.asset_id,
        file_key=placed.file_key,
        width=placed.width,
        height=placed.height,
        content_type=_TYPES.get(ending, "application/octet-stream"),
    )
