"""The nouns of research: files being read, imports, advertisers and what they run."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.research.values.dates import DayOrder

# Where ads and posts run that are read here, by stored name, as people call them.
AD_PLATFORMS: Mapping[str, str] = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "tiktok": "TikTok",
    "youtube": "YouTube",
    "linkedin": "LinkedIn",
    "pinterest": "Pinterest",
    "x": "X",
    "messenger": "Messenger",
    "audience_network": "Audience network",
    "threads": "Threads",
}


class ImportKind(StrEnum):
    META_ADS = "meta_ads"
    META_REPORT = "meta_report"
    POSTS = "posts"


class ImportState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        return self in (ImportState.DONE, ImportState.FAILED, ImportState.CANCELLED)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Layout(_Frozen):
    """
    How a file is read. `detect` proposes one; a person may change `fields`, `advertiser`, `platform` and `day_order`
    of a table of posts.

    `header_row` counts from 1 and is 0 for JSON. `fields` maps our field to a column.
    """

    kind: ImportKind
    collector: str
    encoding: str
    delimiter: str = ""
    header_row: int = 0
    columns: tuple[str, ...]
    fields: dict[str, str]
    advertiser: str = ""
    platform: str = "facebook"
    day_order: DayOrder = ""


class RowProblem(_Frozen):
    """Why a row is left out. `row_number` is a spreadsheet's, for JSON the record's; `field` is the file's column."""

    row_number: int
    field: str
    message: str

    @property
    def sentence(self) -> str:
        return f"Row {self.row_number:,}{f', {self.field}' if self.field else ''} {self.message}."


class Preview(_Frozen):
    """
    What an import would do, from the first rows. `rows` are texts by our fields, at most 20; `checked` rows were
    looked at and `wrong` of them would be left out. `newest_on` is the latest start among them.
    """

    layout: Layout
    rows: tuple[dict[str, str], ...]
    problems: tuple[RowProblem, ...]
    checked: int
    wrong: int
    newest_on: date | None


class Import(_Frozen):
    """One import. `rows_total` is an estimate until it is over."""

    id: UUID
    kind: ImportKind
    collector: str
    file_name: str
    file_key: str
    file_bytes: int
    mapping: Layout
    collected_on: date
    state: ImportState
    is_sample: bool
    rows_total: int | None
    rows_done: int
    rows_added: int
    rows_changed: int
    rows_same: int
    rows_wrong: int
    cancel_asked_at: datetime | None
    error: str | None
    created_by_name: str | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def progress_ratio(self) -> float:
        """How far it is, 0 to 1."""
        if self.state is ImportState.DONE:
            return 1.0
        return min(1.0, self.rows_done / self.rows_total) if self.rows_total else 0.0

    @property
    def took_seconds(self) -> float | None:
        return (self.finished_at - self.started_at).total_seconds() if self.finished_at and self.started_at else None


class Advertiser(_Frozen):
    """
    A page or account with what we hold of it. Spend is in whole units of the currency, as a range.

    `running` counts ads not known to have stopped; `longest_days` and `median_days` are of its ads' running times.
    """

    id: UUID
    platform: str
    remote_id: str
    name: str
    disclaimer: str
    spend_lower: int | None
    spend_upper: int | None
    spend_currency: str | None
    reported_ads: int | None
    reported_on: date | None
    ads: int
    running: int
    fresh: int
    first_on: date | None
    last_on: date | None
    longest_days: int | None
    median_days: int | None
    placements: tuple[str, ...]
    first_seen_at: datetime
    last_seen_at: datetime


class Shelf(_Frozen):
    """An advertiser's name with how many ads we hold of it, and how many of them are new."""

    id: UUID
    name: str
    ads: int
    fresh: int


class Ad(_Frozen):
    """
    An ad or post of somebody else. Ranges are both ends included, None where the source leaves an end open; spend is
    in whole units of the currency. `observed_on` is the day of the file that last showed it.

    `days` is how long it ran, up to its stop or to the day it was last observed.
    """

    id: UUID
    advertiser_id: UUID
    advertiser: str
    kind: Literal["ad", "post"]
    platform: str
    remote_id: str
    bodies: tuple[str, ...]
    titles: tuple[str, ...]
    descriptions: tuple[str, ...]
    captions: tuple[str, ...]
    link: str
    started_on: date | None
    stopped_on: date | None
    placements: tuple[str, ...]
    languages: tuple[str, ...]
    payer: str
    impressions_lower: int | None
    impressions_upper: int | None
    spend_lower: int | None
    spend_upper: int | None
    spend_currency: str | None
    reach: int | None
    likes: int | None
    comments: int | None
    shares: int | None
    views: int | None
    days: int | None
    is_running: bool
    is_new: bool
    import_id: UUID | None
    file_name: str | None
    row_number: int | None
    collector: str
    observed_on: date
    first_seen_at: datetime
    last_seen_at: datetime
    changed_at: datetime | None


class Filters(_Frozen):
    """What the wall shows. Empty means everything; days are inclusive."""

    search: str = ""
    advertiser_id: UUID | None = None
    platform: str = ""
    kind: str = ""
    only_running: bool = False
    only_new: bool = False
    started_from: date | None = None
    started_until: date | None = None


class Sort(StrEnum):
    NEWEST = "newest"
    LONGEST = "longest"


class Overview(_Frozen):
    """The header of the screen: how much, how fresh. `newest_import_at` is the end of the last finished import."""

    ads: int
    advertisers: int
    running: int
    fresh: int
    newest_import_at: datetime | None
