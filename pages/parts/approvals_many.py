"""Acts on many requests: one transaction each, so that one refusal does not take the others along."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from pages.parts import doors, session
from pages.parts.approvals_when import kept_channels
from services import accounts, approvals, brands, publishing, schedule
from services.kit.db import Tx
from services.kit.errors import UserError

Deciders = Collection[UUID]
Before = dict[UUID, datetime | None]
Back = Callable[[Before], None]


@dataclass
class Done:
    """What worked, with the wanted time before; what did not, by name and reason."""

    before: Before = field(default_factory=dict)
    refused: list[tuple[str, str]] = field(default_factory=list)


def _each(items: Sequence[approvals.QueueItem], act: Callable[[Tx, approvals.QueueItem], None]) -> Done:
    done = Done()
    for item in items:
        try:
            with doors.app().tx(doors.scope()) as tx:
                act(tx, item)
        except UserError as error:
            done.refused.append((item.name, error.sentence))
        else:
            done.before[item.id] = item.wanted_at
    return done


def approve_all(items: Sequence[approvals.QueueItem]) -> Done:
    """Approve and plan each; the person confirmed for those that nobody else looked at."""

    def act(tx: Tx, item: approvals.QueueItem) -> None:
        brand = brands.brand(tx, item.brand_id)
        channels = _taking(tx, item)
        for given in approvals.approve(tx, item.id, channels, confirmed=True):
            publishing.plan_post(tx, given.id, _due(tx, item, channels), brand.time_zone)

    return _each(items, act)


def _taking(tx: Tx, item: approvals.QueueItem) -> list[UUID]:
    """The brand's connected channels chosen last in this tab, without those that would refuse this version."""
    connected = [one.id for one in accounts.channels(tx, item.brand_id) if one.is_connected]
    kept = [one for one in session.get(kept_channels(item.brand_id, connected)) if one in connected]
    return [one for one in kept if _fits(tx, item.version_id, one)]


def _fits(tx: Tx, version_id: UUID, channel_id: UUID) -> bool:
    try:
        return not publishing.problems(tx, version_id, channel_id)
    except approvals.PictureMissing:
        return False


def _due(tx: Tx, item: approvals.QueueItem, channels: Sequence[UUID]) -> datetime:
    if item.wanted_at and item.wanted_at > tx.now:
        return item.wanted_at
    return publishing.free_slots(tx, item.brand_id, channels, deciding=[item.id])[0]


def reject_all(items: Sequence[approvals.QueueItem], reason: str) -> Done:
    return _each(items, lambda tx, item: approvals.reject(tx, item.id, reason))


def move_by_days(items: Sequence[approvals.QueueItem], days: int) -> Done:
    """The same time of day, so many days later on the brand's calendar."""

    def act(tx: Tx, item: approvals.QueueItem) -> None:
        if item.wanted_at is None:
            raise schedule.TimePast("It has no time to move.")
        zone = brands.brand(tx, item.brand_id).time_zone
        day = schedule.wall_clock(item.wanted_at, zone).date() + timedelta(days=days)
        moved = schedule.moved_to_day(item.wanted_at, day, zone)
        if moved <= tx.now:
            raise schedule.TimePast()
        approvals.reschedule(tx, item.id, moved)

    return _each(items, act)


def move_to_slots(items: Sequence[approvals.QueueItem]) -> Done:
    """One free slot each, in the order given: what is moved first takes its slot from the next."""

    def act(tx: Tx, item: approvals.QueueItem) -> None:
        waiting = [one.id for one in items[items.index(item) :]]
        channels = [one.id for one in accounts.channels(tx, item.brand_id) if one.is_connected]
        approvals.reschedule(tx, item.id, publishing.free_slots(tx, item.brand_id, channels, deciding=waiting)[0])

    return _each(items, act)


def take_back_all(before: Before) -> None:
    """:raises UserError: those that could not be taken back, after all others were"""
    _back(before, lambda tx, request_id: publishing.undo_decision(tx, request_id))


def want_again(before: Before) -> None:
    """:raises UserError: as take_back_all"""
    _back(before, lambda tx, request_id: approvals.reschedule(tx, request_id, before[request_id]))


def _back(before: Before, act: Callable[[Tx, UUID], object]) -> None:
    refused: list[UserError] = []
    for request_id in before:
        try:
            with doors.app().tx(doors.scope()) as tx:
                act(tx, request_id)
        except UserError as error:
            refused.append(error)
    if refused:
        raise UserError(f"{len(refused)} of {len(before)} could not be taken back. {refused[0].sentence}")
