"""What people are told, how they want to be told, and where else it goes."""

from collections.abc import Mapping
from datetime import datetime, time
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class Category(StrEnum):
    """What a message is about; people choose by it."""

    APPROVALS = "approvals"
    PUBLISHING = "publishing"
    CHANNELS = "channels"
    JOBS = "jobs"
    RESULTS = "results"
    ORGANISATION = "organisation"


class Severity(StrEnum):
    """How much it matters: good to know; look at it; somebody must act now."""

    INFO = "info"
    WARNING = "warning"
    URGENT = "urgent"


class Rhythm(StrEnum):
    """When a category leaves for a target: never, at once, at the full hour, once a day."""

    OFF = "off"
    INSTANTLY = "instantly"
    HOURLY = "hourly"
    DAILY = "daily"


class Held(StrEnum):
    """What a message waits for: nothing, its digest, the end of quiet hours, an hour since the same left."""

    NOTHING = ""
    DIGEST = "digest"
    QUIET = "quiet"
    REPEAT = "repeat"


class Reach(StrEnum):
    """How much a mute silences: this cause of this object, everything of the object, the whole category."""

    CAUSE = "cause"
    OBJECT = "object"
    CATEGORY = "category"


class Via(StrEnum):
    """The ways out of the inbox."""

    EMAIL = "email"
    SLACK = "slack"
    WEBHOOK = "webhook"


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True)


class Notice(_Row):
    """
    One message in a person's inbox.

    `link` is a path of ours; `matter` names object and cause; `count` is how often it happened while unread, the last
    time at `told_at`.
    """

    id: UUID
    kind: str
    tone: str
    category: Category
    severity: Severity
    title: str
    body: str
    link: str
    matter: str
    object: str
    count: int
    is_muted: bool
    created_at: datetime
    told_at: datetime
    read_at: datetime | None


class Wanted(_Row):
    """Which messages of the inbox; `before` is the last one of the page before."""

    show: Literal["all", "unread", "read", "muted"] = "all"
    category: Category | None = None
    severity: Severity | None = None
    text: str = ""
    before: tuple[datetime, UUID] | None = None


class Mute(_Row):
    """`what` is a matter, an object or a category; `until` None is for ever."""

    id: UUID
    reach: Reach
    what: str
    label: str
    until: datetime | None


# Chosen so that what needs a person arrives soon and the rest does not (README, decision 4).
USUAL: Mapping[Category, Rhythm] = {
    Category.APPROVALS: Rhythm.HOURLY,
    Category.PUBLISHING: Rhythm.HOURLY,
    Category.CHANNELS: Rhythm.INSTANTLY,
    Category.JOBS: Rhythm.HOURLY,
    Category.RESULTS: Rhythm.OFF,
    Category.ORGANISATION: Rhythm.OFF,
}


class Terms(_Row):
    """When messages leave for a target. Quiet hours and `digest_at` are on the wall clock of `zone`."""

    zone: str = "UTC"
    quiet_from: time | None = None
    quiet_to: time | None = None
    urgent_breaks: bool = True
    digest_at: time = time(9)
    rhythms: dict[Category, Rhythm] = Field(default_factory=dict)

    def rhythm(self, category: Category) -> Rhythm:
        return self.rhythms.get(category, Rhythm.OFF)


class Preferences(Terms):
    """How one person wants e-mail."""

    def rhythm(self, category: Category) -> Rhythm:
        return self.rhythms.get(category, USUAL[category])


class Outlet(Terms):
    """A Slack channel or an address of the organisation; `host` is all that is shown of the address."""

    id: UUID
    via: Via
    name: str
    host: str
    is_paused: bool
    last_error: str


class Added(_Row):
    """A new outlet; `signing_key` is told this once."""

    outlet_id: UUID
    signing_key: str


class Waiting(_Row):
    """One matter that waits to leave, said `count` times meanwhile. `outlet` is empty for one's own e-mail."""

    id: UUID
    via: Via
    outlet: str
    what: str
    count: int
    held: Held
    due_at: datetime


class LogLine(_Row):
    """
    One try of one delivery. `address` is masked, `answer` is what the other side said; `held_until`: quiet hours kept
    it until then.
    """

    id: UUID
    at: datetime
    via: Via
    outlet: str
    address: str
    what: str
    messages: int
    attempt: int
    outcome: Literal["sent", "again", "refused", "unknown", "dropped"]
    answer: str
    held_until: datetime | None
