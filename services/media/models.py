"""The nouns of the library: assets, what became of an upload, where a file is used."""

import re
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict

_CURSOR = re.compile(r"(\d{1,17})\.([0-9a-f]{32})", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Kind(StrEnum):
    IMAGE = "image"
    VIDEO = "video"


class Source(StrEnum):
    UPLOAD = "upload"
    AD = "ad"  # rendered here
    SAMPLE = "sample"


class Asset(BaseModel):
    """
    One stored picture or clip. `width` and `height` in pixels as it is shown, `size_bytes` and `sha256` of the stored
    bytes, `original_sha256` of the bytes as they came. `colours` are up to five `#rrggbb`, the largest first.
    """

    model_config = ConfigDict(frozen=True)

    id: UUID
    brand_id: UUID | None
    kind: Kind
    source: Source
    original_name: str
    file_key: str
    thumb_key: str | None
    content_type: str
    size_bytes: int
    sha256: str
    original_sha256: str
    width: int
    height: int
    duration_seconds: float | None
    colours: tuple[str, ...]
    tags: tuple[str, ...]
    alt_text: str
    rights_end_on: date | None
    created_by: UUID | None
    created_at: datetime


class Result(StrEnum):
    STORED = "stored"
    ALREADY_HERE = "already here"
    REFUSED = "refused"


class Outcome(BaseModel):
    """What became of one uploaded file. `note` says why it was refused, or what was changed; mostly empty."""

    model_config = ConfigDict(frozen=True)

    name: str
    result: Result
    asset: Asset | None = None
    note: str = ""


class Use(BaseModel):
    """One place a file is used: a draft, or one of its posts. `state` is the post's, else the review's, else empty."""

    model_config = ConfigDict(frozen=True)

    draft_id: UUID
    draft_name: str
    version_number: int | None
    post_id: UUID | None
    platform: str | None
    state: str
    at: datetime
    is_busy: bool


class Rights(StrEnum):
    FINE = "fine"
    ENDING = "ending"
    ENDED = "ended"


class Sort(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"


class Filters(BaseModel):
    """What of the library is shown; the defaults show everything, the newest first."""

    model_config = ConfigDict(frozen=True)

    text: str = ""
    kind: Kind | None = None
    source: Source | None = None
    tag: str = ""
    rights: Rights | None = None
    sort: Sort = Sort.NEWEST


class Cursor(BaseModel):
    """A place in the library: just behind this asset."""

    model_config = ConfigDict(frozen=True)

    created_at: datetime
    id: UUID

    @classmethod
    def behind(cls, asset: Asset) -> "Cursor":
        return cls(created_at=asset.created_at, id=asset.id)

    def __str__(self) -> str:
        """Fit for an address; `parse` reads it back."""
        return f"{self.created_at.timestamp() * 1_000_000:.0f}.{self.id.hex}"

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """None where the text is no cursor: people can type anything into an address."""
        match = _CURSOR.fullmatch(text)
        if match is None:
            return None
        return cls(created_at=_EPOCH + timedelta(microseconds=int(match[1])), id=UUID(match[2]))


class Page(BaseModel):
    """One page of the library, and where its neighbours begin; None where there is none."""

    model_config = ConfigDict(frozen=True)

    assets: tuple[Asset, ...]
    before: Cursor | None = None
    after: Cursor | None = None


class Counts(BaseModel):
    """The library at a glance. `size_bytes` is the sum over all files."""

    model_config = ConfigDict(frozen=True)

    files: int
    size_bytes: int
    ending: int
    ended: int


class Edit(BaseModel):
    """Changes to assets; what is not given stays. `clear_rights_end` takes the end date away."""

    model_config = ConfigDict(frozen=True)

    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    alt_text: str | None = None
    rights_end_on: date | None = None
    clear_rights_end: bool = False
