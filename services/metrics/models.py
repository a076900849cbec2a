"""The nouns of results. A figure that a platform does not give is None, never 0."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class _Noun(BaseModel):
    model_config = ConfigDict(frozen=True)


class Figures(_Noun):
    """Totals of one post since it was published."""

    views: int | None = None
    reach: int | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    saves: int | None = None
    clicks: int | None = None

    @property
    def engagement(self) -> int | None:
        """Likes, comments, shares and saves together, as far as they are known."""
        known = [part for part in (self.likes, self.comments, self.shares, self.saves) if part is not None]
        return sum(known) if known else None

    @property
    def rate_ratio(self) -> float | None:
        """Engagement per view; None without views."""
        if not self.views or self.engagement is None:
            return None
        return self.engagement / self.views


class Reading(_Noun):
    """What one visit to a platform brought. `raw` is what it answered, without addresses and tokens."""

    figures: Figures
    raw: dict[str, Any]


class PullState(StrEnum):
    WAITING = "waiting"
    QUEUED = "queued"
    DONE = "done"
    FAILED = "failed"


class Pull(_Noun):
    """One visit that is planned, with what it needs: `remote_id` is None while the post has none."""

    id: UUID
    post_id: UUID
    state: PullState
    tries: int
    channel_id: UUID
    platform: str
    is_practice: bool
    remote_id: str | None


class PostResult(Figures):
    """One published post with its newest reading; `taken_at` None before the first one."""

    post_id: UUID
    name: str
    caption: str
    file_key: str | None
    channel_id: UUID
    channel_name: str
    platform: str
    is_practice: bool
    published_at: datetime
    permalink: str | None
    taken_at: datetime | None
    is_reading: bool
    next_pull_at: datetime | None
    last_error: str | None


class Snapshot(Figures):
    """The last reading of a post on one day, in the brand's time zone."""

    post_id: UUID
    on: date
    taken_at: datetime


class DayGain(_Noun):
    """What a post gained on a day, against its reading before; None where it is not known."""

    post_id: UUID
    on: date
    views: int | None
    engagement: int | None
