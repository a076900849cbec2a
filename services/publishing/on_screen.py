"""Posts as people see them: in the month, in the list, in the drawer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.approvals import SealedContent
from services.creative import Evidence
from services.publishing.models import Attempt, CoverStep, PostState, Reason


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True)


class CalendarPost(_Row):
    """
    One post as the calendar and the lists show it. `title` is the approved version's name; `reason` a sentence.

    `thumb_key` names a file in the store. `wake_at`: when a waiting post goes on by itself.
    """

    id: UUID
    brand_id: UUID
    due_at: datetime
    time_zone: str
    state: PostState
    state_at: datetime
    channel_id: UUID
    platform: str
    is_practice: bool
    channel_name: str
    channel_handle: str
    title: str
    thumb_key: str | None
    started_at: datetime | None
    published_at: datetime | None
    permalink: str | None
    reason: str
    reason_class: str
    wake_at: datetime | None

    @property
    def late_seconds(self) -> float | None:
        """How long after its time a worker took it up; None where none has."""
        return (self.started_at - self.due_at).total_seconds() if self.started_at else None

    @property
    def is_accepted(self) -> bool:
        """The platform has it and processes it: nothing is unclear, and nobody is asked."""
        return self.state is PostState.UNCONFIRMED and self.reason_class == Reason.ACCEPTED

    @property
    def shown_state(self) -> PostState:
        """The state as people read it."""
        return PostState.PUBLISHING if self.is_accepted else self.state

    @property
    def seen(self) -> "Seen":
        """What a watcher compares with how it stands later."""
        return Seen(id=self.id, state=self.state, state_at=self.state_at, reason=self.reason, permalink=self.permalink)


class PostOnScreen(CalendarPost):
    """A post with its approval: `sealed` is exactly what was approved, `seal` its SHA-256."""

    approval_id: UUID
    version_id: UUID
    draft_id: UUID
    version_number: int
    seal: str
    sealed: Mapping[str, Any]
    approved_at: datetime
    approved_by: str
    withdrawn_at: datetime | None
    channel_state: str


class HistoryLine(_Row):
    """One line of a post's history. `actor` is a person's name, empty where a worker acted."""

    at: datetime
    from_state: str | None
    to_state: str
    actor: str
    detail: str


class PostDetail(_Row):
    """Everything a person may want to know about one post. `cover`: what came of one given afterwards."""

    post: PostOnScreen
    content: SealedContent
    history: tuple[HistoryLine, ...]
    attempts: tuple[Attempt, ...]
    evidence: tuple[Evidence, ...]
    cover: CoverStep | None = None


class Seen(_Row):
    """How a post stood when a screen was drawn; another value means: draw it again."""

    id: UUID
    state: PostState
    state_at: datetime
    reason: str
    permalink: str | None


class WantedDraft(_Row):
    """A draft that is wanted at a time; `platform` where it is meant for one, else empty."""

    id: UUID
    title: str
    wanted_at: datetime
    is_waiting: bool
    platform: str
