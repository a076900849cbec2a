"""When a brand usually posts: weekdays and times on its wall clock, and the instants they mean."""

from collections.abc import Collection, Iterator
from datetime import datetime, time, timedelta
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services import brands, identity
from services.kit.db import Tx
from services.schedule.errors import SlotWrong, TimeSkipped, TooManySlots
from services.schedule.wall_time import instant_of, wall_clock

SLOTS_MAX = 100
AHEAD = timedelta(days=366)


class Slot(BaseModel):
    """`weekday` 0 is Monday; `minute` of the day on the brand's wall clock."""

    model_config = ConfigDict(frozen=True)

    weekday: int
    minute: int

    @property
    def at(self) -> time:
        return time(*divmod(self.minute, 60))


def slots(tx: Tx, brand_id: UUID) -> list[Slot]:
    """A brand's slots in the order of the week."""
    return tx.all(
        "select weekday, minute from app.posting_slots where brand_id = %(brand)s order by weekday, minute",
        {"brand": brand_id},
        Slot,
    )


def set_slots(tx: Tx, brand_id: UUID, chosen: Collection[Slot]) -> None:
    """
    Put these in the place of the brand's slots. What is planned stays where it is.

    :raises SlotWrong: a weekday or time that does not exist
    :raises TooManySlots: over a hundred
    """
    identity.demand(tx, identity.Act.BRAND)
    brands.brand(tx, brand_id)
    kept = sorted({(slot.weekday, slot.minute) for slot in chosen})
    if any(not (0 <= weekday <= 6 and 0 <= minute < 1440) for weekday, minute in kept):
        raise SlotWrong()
    if len(kept) > SLOTS_MAX:
        raise TooManySlots()
    tx.run("delete from app.posting_slots where brand_id = %(brand)s", {"brand": brand_id})
    for weekday, minute in kept:
        tx.run(
            "insert into app.posting_slots (id, org_id, brand_id, weekday, minute) "
            "values (%(id)s, %(org)s, %(brand)s, %(weekday)s, %(minute)s)",
            {"id": tx.new_id(), "org": tx.org_id, "brand": brand_id, "weekday": weekday, "minute": minute},
        )
    identity.audit(tx, "changed posting slots", "brand", brand_id, slots=len(kept))


def instants_of(chosen: Collection[Slot], zone: str, after: datetime, ahead: timedelta = AHEAD) -> Iterator[datetime]:
    """
    The instants of these slots after an instant, in UTC, in order, each once.

    A slot that spring skips falls out that day; in the hour that happens twice the first is meant.
    """
    first = wall_clock(after, zone).date()
    by_day = {day: sorted({slot.minute for slot in chosen if slot.weekday == day}) for day in range(7)}
    for distance in range(ahead.days + 1):
        day = first + timedelta(days=distance)
        for minute in by_day[day.weekday()]:
            try:
                instant = instant_of(datetime.combine(day, time(*divmod(minute, 60))), zone)
            except TimeSkipped:
                continue
            if instant > after:
                yield instant
