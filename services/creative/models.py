"""Drafts and their immutable versions."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

COVER = "cover "


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True)


class Draft(_Row):
    """
    What is being made. `fields` by the template's field names; picture fields hold an asset id as text.

    `media_ids`: for a post from the library, its files in order. `per_channel`: what differs on a platform, by name:
    text, format, first_comment, cover (an asset's id), and the format's own settings. `wanted_at`: when its author
    would like it to go out.
    """

    id: UUID
    brand_id: UUID
    name: str
    template: str
    fields: dict[str, str]
    caption: str
    link: str
    alt_text: str
    media_ids: tuple[UUID, ...] = ()
    per_channel: dict[str, dict[str, str]] = {}
    revision: int
    wanted_at: datetime | None = None
    created_by: UUID | None
    created_at: datetime
    updated_at: datetime

    @property
    def is_post(self) -> bool:
        """Made from the library, without a design."""
        return self.template == "post"


class DraftListing(Draft):
    """A draft in a list: its newest version, whether it waits for a decision, and a picture to show."""

    version_number: int | None
    review_state: str | None
    thumb_key: str | None


class Placed(_Row):
    """
    One finished picture of a version, or one file of a post. `sha256` is that of the stored bytes, hex.

    `placement` is the size of a drawn picture, the file's place from "1", or `COVER` and the platform whose cover of
    the clip it is. What is empty or 0 is not known.
    """

    placement: str
    asset_id: UUID
    sha256: str
    file_key: str
    width: int
    height: int
    alt_text: str
    content_type: str = ""
    size_bytes: int = 0
    duration_seconds: float | None = None

    @property
    def is_cover(self) -> bool:
        return self.placement.startswith(COVER)

    @property
    def is_picture(self) -> bool:
        return not self.content_type.startswith("video/")


class Version(_Row):
    """
    Immutable: what a person approves. Pictures in the order of the placements, files in their own, then covers.

    `mentions`: whom its texts name, with their handles by platform, as they were kept then.
    """

    id: UUID
    draft_id: UUID
    number: int
    name: str
    template: str
    fields: dict[str, str]
    caption: str
    link: str
    alt_text: str
    media: list[Placed]
    per_channel: dict[str, dict[str, str]] = {}
    mentions: dict[str, dict[str, str]] = {}
    created_by: UUID | None
    created_at: datetime

    @property
    def is_post(self) -> bool:
        """Made from the library, without a design."""
        return self.template == "post"

    def picture(self, placement: str) -> Placed | None:
        return next((placed for placed in self.media if placed.placement == placement), None)

    @property
    def files(self) -> list[Placed]:
        """Without the covers, which are shown on their own platform only."""
        return [placed for placed in self.media if not placed.is_cover]

    def cover(self, platform: str) -> Placed | None:
        """The picture chosen for the clip on this platform."""
        return self.picture(COVER + platform)


class Evidence(_Row):
    """A competitor's ad or post attached to a draft as inspiration: shown, traced, never copied."""

    ad_id: UUID
    advertiser: str
    platform: str
    title: str
    body: str
    started_on: date | None
    days_running: int | None
    link: str
