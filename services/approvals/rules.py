"""Who may decide: values in, values out. One table, tested cell by cell."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from services.approvals.models import Level, Mode, Need, QueueItem, SignOff, Waiting

People = frozenset[UUID]


class Part(StrEnum):
    """How a person stands to a request."""

    LOOKS = "their role looks and does not decide"
    OTHER = "decides, and did not make it"
    AUTHOR = "made or sent it, and somebody else could decide"
    ALONE = "made or sent it, and nobody else could decide"
    ELSEWHERE = "decides, but not at this level"
    SIGNED = "has said yes at this level, and others have not yet"


class Say(StrEnum):
    """What a person may do about a request."""

    DECIDE = "decide"
    CONFIRM = "decide alone, after confirming that nobody else looks"
    OWN = "nothing: somebody else decides on their work"
    OTHERS = "nothing: others decide now"
    LOOK = "look"


TABLE: Mapping[tuple[Mode, Part], Say] = {
    (Mode.NONE, Part.LOOKS): Say.LOOK,
    (Mode.NONE, Part.OTHER): Say.DECIDE,
    (Mode.NONE, Part.AUTHOR): Say.CONFIRM,
    (Mode.NONE, Part.ALONE): Say.CONFIRM,
    (Mode.OPTIONAL, Part.LOOKS): Say.LOOK,
    (Mode.OPTIONAL, Part.OTHER): Say.DECIDE,
    (Mode.OPTIONAL, Part.AUTHOR): Say.CONFIRM,
    (Mode.OPTIONAL, Part.ALONE): Say.CONFIRM,
    (Mode.REQUIRED, Part.LOOKS): Say.LOOK,
    (Mode.REQUIRED, Part.OTHER): Say.DECIDE,
    (Mode.REQUIRED, Part.AUTHOR): Say.OWN,
    (Mode.REQUIRED, Part.ALONE): Say.DECIDE,
    (Mode.LEVELS, Part.LOOKS): Say.LOOK,
    (Mode.LEVELS, Part.OTHER): Say.DECIDE,
    (Mode.LEVELS, Part.AUTHOR): Say.OWN,
    (Mode.LEVELS, Part.ALONE): Say.DECIDE,
    (Mode.LEVELS, Part.ELSEWHERE): Say.OTHERS,
    (Mode.LEVELS, Part.SIGNED): Say.OTHERS,
}


@dataclass(frozen=True)
class Standing:
    """The level a request waits at. `people` may say yes there, `signed` of them have."""

    level: int
    of: int
    need: Need
    people: People
    signed: People

    @property
    def waits_for(self) -> People:
        return self.people - self.signed

    def closes(self, user_id: UUID) -> bool:
        """Whether this person's yes completes the level."""
        return self.need is Need.ANY or self.waits_for <= {user_id}

    @property
    def is_last(self) -> bool:
        return self.level == self.of


def standing(
    mode: Mode,
    levels: Collection[Level],
    signed: Collection[SignOff],
    authors: Collection[UUID | None],
    deciders: Collection[UUID],
) -> Standing:
    """
    Where a request stands. Without levels there is one, of everybody who decides.

    A level of whom nobody decides any more falls to everybody; authors are left out while somebody else could.
    """
    everybody = frozenset(deciders)
    if mode is not Mode.LEVELS or not levels:
        return Standing(1, 1, Need.ANY, _free(everybody, everybody, authors), frozenset())
    found = Standing(1, 1, Need.ANY, everybody, frozenset())
    for number, level in enumerate(levels, 1):
        people = _free(frozenset(level.people) & everybody or everybody, everybody, authors)
        yes = people & {one.user_id for one in signed if one.level == number}
        found = Standing(number, len(levels), level.need, people, yes)
        if not (yes if level.need is Need.ANY else yes == people):
            return found
    # all is said but nothing sealed: the rule was loosened meanwhile, so one more yes of the last level closes it
    return Standing(found.level, found.of, Need.ANY, found.people, frozenset())


def _free(people: People, everybody: People, authors: Collection[UUID | None]) -> People:
    return people - frozenset(authors) or everybody - frozenset(authors) or people


def part_of(
    mode: Mode, user_id: UUID | None, authors: Collection[UUID | None], deciders: Collection[UUID], at: Standing | None
) -> Part:
    """How this person stands to the request. `at` is asked for levels only."""
    if user_id not in deciders:
        return Part.LOOKS
    if mode is not Mode.LEVELS or at is None:
        if user_id not in authors:
            return Part.OTHER
        return Part.AUTHOR if any(one not in authors for one in deciders) else Part.ALONE
    if user_id in at.signed:
        return Part.SIGNED
    if user_id in at.people:
        return Part.ALONE if user_id in authors else Part.OTHER
    return Part.AUTHOR if user_id in authors else Part.ELSEWHERE


def standing_of(item: QueueItem | Waiting, deciders: Collection[UUID]) -> Standing:
    """The level an item of the queue waits at."""
    return standing(item.mode, item.levels, item.signed, (item.asked_by, item.version_by), deciders)


def say_of(item: QueueItem | Waiting, user_id: UUID | None, deciders: Collection[UUID]) -> Say:
    """What this person may do about an item of the queue."""
    authors = (item.asked_by, item.version_by)
    at = standing_of(item, deciders) if item.mode is Mode.LEVELS else None
    return TABLE[item.mode, part_of(item.mode, user_id, authors, deciders, at)]


def may_decide(item: QueueItem | Waiting, user_id: UUID, deciders: Collection[UUID]) -> bool:
    """Whether this person decides on this request now: their role allows it, and the brand's rule."""
    return say_of(item, user_id, deciders) in (Say.DECIDE, Say.CONFIRM)


def is_asked(item: QueueItem | Waiting, user_id: UUID, deciders: Collection[UUID]) -> bool:
    """Whether it waits for this person. Without approvals it waits for its author alone."""
    if item.mode is Mode.NONE:
        return user_id in deciders and user_id in (item.asked_by, item.version_by)
    return say_of(item, user_id, deciders) is Say.DECIDE
