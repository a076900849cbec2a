"""Choices that only the account itself knows, such as its boards: read live, kept for a minute per tab."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from pages.parts import doors, session
from services import publishing
from services.kit.errors import ProviderError

_KEPT_SECONDS = 60.0
_FAILED_SECONDS = 15.0


@dataclass(frozen=True)
class Offered:
    """What the account offers; `problem` is the sentence where it could not be read. `until` is monotonic, seconds."""

    choices: tuple[tuple[str, str], ...]
    problem: str
    until: float


NOTHING = Offered((), "", 0.0)


def offered(channel_id: UUID, reads: str) -> Offered:
    """The live list of an account; empty where the platform has none of this name."""
    slot = _slot(channel_id, reads)
    seen = session.get(slot)
    if seen is not None and time.monotonic() < seen.until:
        return seen
    try:
        choices = publishing.offered(doors.app(), doors.scope(), channel_id, reads)
    except ProviderError as error:
        found = Offered(seen.choices if seen else (), error.sentence, time.monotonic() + _FAILED_SECONDS)
    else:
        found = Offered(choices, "", time.monotonic() + _KEPT_SECONDS)
    session.put(slot, found)
    return found


def forget(channel_id: UUID, reads: str) -> None:
    """Ask the account again the next time; what it last offered stays until it answers."""
    seen = session.get(_slot(channel_id, reads))
    if seen is not None:
        session.put(_slot(channel_id, reads), replace(seen, until=0.0))


def _slot(channel_id: UUID, reads: str) -> session.Slot[Offered | None]:
    return session.Slot("creator", f"list-{reads}-{channel_id}", None)


def labels_of(setting: publishing.Setting, live: Offered, chosen: str) -> Mapping[str, str]:
    """
    What a person may choose, by value. What was chosen stays, even where it is no longer offered.

    Fixed choices narrow to what the account offers; without a default there is a blank to begin with.
    """
    known = dict(setting.choices)
    open_now = {value: known.get(value, label) for value, label in live.choices} or known
    blank = {} if setting.default in open_now else {"": "Choose" if setting.required else "As the platform does"}
    kept = {chosen: known.get(chosen, f"{chosen} (not offered now)")} if chosen and chosen not in open_now else {}
    return blank | open_now | kept
