"""Starting now, rehearsing, cancelling: what screens offer beside a schedule or a kind."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services import identity
from services.identity import Act
from services.jobs.desk import desk
from services.jobs.kinds import registry
from services.jobs.schedules import queries
from services.jobs.schedules.errors import ScheduleNotFound, StillRunning
from services.jobs.schedules.firing import make_way
from services.jobs.schedules.judging import then_of
from services.jobs.starts import queries as starts
from services.jobs.starts import service as starting
from services.jobs.starts.errors import BrandUnknown
from services.jobs.starts.models import StartState
from services.kit.app import App
from services.kit.db import Scope


@dataclass(frozen=True)
class RunNow:
    """The start that was made, and when the schedule starts the next by itself; None where it never will."""

    start_id: UUID
    next_at: datetime | None


def run_now(app: App, scope: Scope, schedule_id: UUID, *, is_installation: bool = False) -> RunNow:
    """
    Start what a schedule would start, now. Its next time stays what it is, and is told.

    :raises StillRunning: it runs, and its overlap rule leaves a second out
    :raises ScheduleNotFound, RoleTooLow, ParametersWrong:
    """
    with desk(app, scope, Act.SCHEDULE, is_installation=is_installation) as at:
        found = queries.lock(at.tx, schedule_id)
        if found is None or (found.org_id is None) != is_installation:
            raise ScheduleNotFound()
        if not make_way(at.tx, found):
            raise StillRunning()
        start_id = starting.start(
            at.tx,
            found.kind,
            found.parameters,
            brand_id=found.brand_id,
            origin_id=str(schedule_id),
            schedule_id=schedule_id,
            then=then_of(found),
            told_org_id=found.told_org_id,
            started_by=at.user_id,
        )
        if is_installation:
            at.audit("started", "job", start_id, kind=found.kind)
    return RunNow(start_id, None if found.paused_at else found.next_fire_at)


def rehearse(
    app: App, scope: Scope, kind: str, parameters: dict[str, Any], *, brand_id: UUID | None = None
) -> list[str]:
    """
    What a kind would do with these parameters, in sentences. Changes nothing.

    :raises RoleTooLow, KindUnknown, ParametersWrong, BrandUnknown:
    """
    one = registry.get_kind(kind)
    with app.tx(scope) as tx:
        identity.demand(tx, Act.SYSTEM if one.reach == "installation" else Act.SCHEDULE)
        if brand_id is not None and not starts.has_brand(tx, brand_id):
            raise BrandUnknown()
    return one.rehearse(app, scope, registry.checked(kind, parameters, brand_id=brand_id))


def cancel_start(app: App, scope: Scope, start_id: UUID, *, is_installation: bool = False) -> StartState:
    """Cancel what waits, ask what runs to stop; the state afterwards. :raises StartNotFound, StartOver, RoleTooLow:"""
    with desk(app, scope, Act.SCHEDULE, is_installation=is_installation) as at:
        state = starting.cancel(at.tx, start_id)
        if is_installation:
            at.audit("cancelled", "job", start_id)
    return state
