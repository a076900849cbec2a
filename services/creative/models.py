"""Drafts and their immutable versions."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True)


class Draft(_Row):
    """What is being made. `fields` by the template's field names; picture fields hold an asset id as text."""

    id: UUID
    brand_id: UUID
    name: str
    template: str
    fields: dict[str, str]
    caption: str
    link: str
    alt_text: str
    revision: int
    created_by: UUID | None
    created_at: datetime
    updated_at: datetime


class DraftListing(Draft):
    """A draft in a list: its newest version, whether it waits for a decision, and a picture to show."""

    version_number: int | None
    review_state: str | None
    thumb_key: str | None


class Placed(_Row):
    """One finished picture of a version. `sha256` is that of the stored bytes, hex."""

    placement: str
    asset_id: UUID
    sha256: str
    file_key: str
    width: int
    height: int
    alt_text: str


class Version(_Row):
    """Immutable: what a person approves. Pictures in the order of the placements."""

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
    created_by: UUID | None
    created_at: datetime

    def picture(self, placement: str) -> Placed | None:
        return next((placed for placed in self.media if placed.placement == placement), None)


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
