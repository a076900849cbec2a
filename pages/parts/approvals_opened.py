"""One request with everything the approvals screen shows of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services import accounts, approvals, brands, creative


@dataclass(frozen=True)
class Opened:
    """
    One request with all that is shown of it, read in one transaction. `contents` and `problems` by channel.

    `say` and `at`: what this person may do, and the level it waits at. `names`: members by id. `slots`: the brand has
    some.
    """

    item: approvals.QueueItem
    version: creative.Version
    before: creative.Version | None
    brand: brands.Brand
    channels: Sequence[accounts.Channel]
    contents: Mapping[UUID, approvals.SealedContent]
    problems: Mapping[UUID, Sequence[str]]
    given: Sequence[approvals.Approval]
    may_decide: bool
    say: approvals.Say
    at: approvals.Standing
    names: Mapping[UUID, str]
    comments: Sequence[approvals.Comment]
    slots: bool
    me: UUID
    is_mine: bool
    asked_by_me: bool
    now: datetime
    then: UUID | None

    @property
    def waits(self) -> bool:
        return self.item.state is approvals.RequestState.WAITING

    @property
    def is_final(self) -> bool:
        """Whether this person's yes is the last one asked for: it seals, and it needs channels and a time."""
        return self.item.mode is not approvals.Mode.LEVELS or (self.at.is_last and self.at.closes(self.me))

    @property
    def people(self) -> str:
        """For whom it waits, by name."""
        names = sorted(self.names.get(one, "a former member") for one in self.at.waits_for)
        return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")

    @property
    def since(self) -> datetime:
        """Since when it waits for them: since it was asked, or since the level before said yes."""
        return max([self.item.asked_at, *(one.at for one in self.item.signed if one.level < self.at.level)])
