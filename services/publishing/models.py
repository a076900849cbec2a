"""Posts, their attempts, and everything that happened to them."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class PostState(StrEnum):
    PLANNED = "planned"
    DUE = "due"
    PREPARING = "preparing"
    UPLOADING = "uploading"
    PROCESSING = "processing"
    READY = "ready"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    FAILED = "failed"
    UNCONFIRMED = "unconfirmed"
    HELD = "held"
    CANCELLED = "cancelled"


class Reason(StrEnum):
    """Why a post stopped or waits; `reason` beside it is the sentence for a person."""

    SEAL = "seal"  # what is stored is not what was approved
    WITHDRAWN = "withdrawn"  # the approval was taken back
    TOKEN = "token"
    QUOTA = "quota"
    RIGHTS = "rights"
    LATE = "late"
    REFUSED = "refused"  # the platform said no to the content
    GAVE_UP = "gave_up"  # tried for as long as makes sense
    LOOKING = "looking"  # no clear answer, we are looking
    ACCEPTED = "accepted"  # the platform has it and processes it; it is public once that is done
    UNPROVEN = "unproven"  # no clear answer and no proof either way: a person decides
    RESTORED = "restored"  # the database was brought back from an earlier state: it may be out already
    MEDIA = "media"  # planned, and the platform could not fetch our files
    LINK = "link"  # planned, and the page it links to does not answer as it should
    AT_RISK = "at_risk"  # planned, and could not go out as things stand
    WAITING = "waiting"  # not reachable, or not ready: another try is planned


class Outcome(StrEnum):
    """How an attempt ended."""

    OPEN = "open"
    PUBLISHED = "published"
    FAILED = "failed"
    HELD = "held"
    UNKNOWN = "unknown"
    ABSENT = "absent"
    SUPERSEDED = "superseded"


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True)


class Post(_Row):
    """One version on one channel at one instant. `late_seconds` is how long after `due_at` a worker took it up."""

    id: UUID
    org_id: UUID
    brand_id: UUID
    channel_id: UUID
    approval_id: UUID
    version_id: UUID
    seal: str
    due_at: datetime
    time_zone: str
    state: PostState
    state_at: datetime
    attempt_id: UUID | None = None
    is_taken: bool = False
    wake_at: datetime | None = None
    deadline_at: datetime | None = None
    released_at: datetime | None = None
    started_at: datetime | None = None
    published_at: datetime | None = None
    remote_id: str | None = None
    permalink: str | None = None
    reason: str = ""
    reason_class: str = ""
    looks: int = 0

    @property
    def late_seconds(self) -> float | None:
        return (self.started_at - self.due_at).total_seconds() if self.started_at else None


class Attempt(_Row):
    """
    One try of one post; its id is the fencing token.

    `remote` holds the platform's ids by name (container). `intent_at` is when the call that cannot be taken back was
    about to be made; with it and without an outcome, nobody knows what happened. `answers` is what the platform
    answered last: `at`, `call`, `status`, `body`, without secrets; read with all attempts of a post only.
    """

    id: UUID
    post_id: UUID
    number: int
    step: str
    remote: dict[str, str]
    intent_at: datetime | None
    answered_at: datetime | None
    outcome: Outcome
    error: str | None
    error_class: str | None
    polls: int
    retries: int
    started_at: datetime
    finished_at: datetime | None
    answers: tuple[dict[str, Any], ...] = ()


class CoverStep(_Row):
    """What came of the cover given after publication. `reason`: why it was not set, a sentence."""

    state: str
    reason: str
    at: datetime

    @property
    def is_set(self) -> bool:
        return self.state == "set"


class Happening(_Row):
    """One line of a post's history."""

    at: datetime
    from_state: str | None
    to_state: str
    actor_id: UUID | None
    detail: str
