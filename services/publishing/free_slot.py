"""The next free slots of a brand: its own posting times, without those taken on the channels meant."""

from collections.abc import Collection
from datetime import datetime
from itertools import islice
from uuid import UUID

from services import approvals, brands, schedule
from services.kit.db import Tx
from services.publishing.errors import NoFreeSlot, NoSlots
from services.publishing.queries import posts


def free_slots(
    tx: Tx, brand_id: UUID, channel_ids: Collection[UUID], count: int = 1, *, deciding: Collection[UUID] = ()
) -> list[datetime]:
    """
    The next `count` slots to come, in UTC, at which nothing is planned on any of these channels and nothing waits.

    :param deciding: requests whose own wanted time takes nothing, because they are what is being planned
    :raises NoSlots: the brand has no posting slots
    :raises NoFreeSlot: fewer are free within a year
    """
    brand = brands.brand(tx, brand_id)
    slots = schedule.slots(tx, brand_id)
    if not slots:
        raise NoSlots()
    taken = posts.taken_times(tx, channel_ids) | approvals.wanted_times(tx, brand_id, list(deciding))
    free = (instant for instant in schedule.instants_of(slots, brand.time_zone, tx.now) if instant not in taken)
    found = list(islice(free, count))
    if len(found) < count:
        raise NoFreeSlot()
    return found
