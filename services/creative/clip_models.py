"""A clip of a draft that is made to fit."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.media import ClipWanted


class FixState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ClipFix(BaseModel):
    """
    `asset_id` is the source, `made_asset_id` what fits. `done_seconds` of the clip are made, of `total_seconds`.

    `error` is a sentence: why it failed, or why what was made did not take the source's place.
    """

    model_config = ConfigDict(frozen=True)

    id: UUID
    draft_id: UUID
    asset_id: UUID
    wanted: ClipWanted
    state: FixState
    done_seconds: float
    total_seconds: float
    cancel_asked_at: datetime | None
    made_asset_id: UUID | None
    error: str
    created_by: UUID | None
    created_at: datetime
    finished_at: datetime | None

    @property
    def is_over(self) -> bool:
        return self.state not in (FixState.WAITING, FixState.RUNNING)

    @property
    def done_ratio(self) -> float:
        return min(1.0, self.done_seconds / self.total_seconds) if self.total_seconds else 0.0
