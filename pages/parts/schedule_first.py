"""What a form of a schedule begins with: a kind and its defaults, a schedule to change, or one to copy."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from pages.parts import doors
from pages.parts.schedule_desk import Desk
from pages.parts.schedule_editor import Editor
from pages.parts.schedule_entered import ORGANISATION, Entered, entered_of
from pages.parts.schedule_what import targets
from pages.parts.schedule_words import zone_of
from pages.parts.zones import wall_now
from services import jobs


def made_new(desk: Desk, kind: jobs.Kind, brand: str) -> Editor:
    """
    A new one of this kind.

    :param brand: the id of a brand that it is for, where the kind works for brands
    """
    possible = targets(kind, desk)
    target = brand if brand in possible else possible[0]
    first = Entered(kind=kind.name, name=kind.title, target=target)
    zone = next((one.time_zone for one in desk.brands if one.id == first.brand_id), desk.zone)
    with doors.app().tx(doors.scope()) as tx:
        parameters = jobs.defaults(tx, kind.name, first.brand_id)
    known: dict[str, Any] = {
        "zone": zone,
        "parameters": _all(kind.name, parameters),
        "overlap": kind.overlap,
        "owner_id": desk.person.user_id,
        "at": datetime.combine(wall_now(desk.now, zone).date() + timedelta(days=1), time(9)),
    }
    key = f"new-{kind.name}" if target == ORGANISATION else f"new-{kind.name}-{target}"
    return Editor(key, "New schedule", first.model_copy(update=known))


def edited(desk: Desk, schedule_id: UUID | None) -> Editor:
    """:raises ScheduleNotFound: not here, or not this person's to change"""
    found, entered = _found(desk, schedule_id)
    return Editor(str(found.id), found.name, entered, found.id)


def copied(desk: Desk, schedule_id: UUID | None) -> Editor:
    """:raises ScheduleNotFound: as above"""
    found, entered = _found(desk, schedule_id)
    name = f"{found.name}, copy"[:120]
    return Editor(f"copy-{found.id}", "New schedule", entered.model_copy(update={"name": name, "version": 0}))


def _found(desk: Desk, schedule_id: UUID | None) -> tuple[jobs.Schedule, Entered]:
    found = desk.one(schedule_id)
    if found is None or found.kind not in jobs.KINDS:
        raise jobs.ScheduleNotFound()
    entered = entered_of(found, zone_of(found, desk.brands))
    return found, entered.model_copy(update={"parameters": _all(found.kind, entered.parameters)})


def _all(kind: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """Every parameter of the form, in its order, as the form returns them."""
    asked = jobs.form_fields(jobs.get_kind(kind))
    return {name: parameters.get(name, field.get_default(call_default_factory=True)) for name, field in asked.items()}
