"""Making schedules, changing, pausing and removing them."""

from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from services.identity import Act
from services.jobs.desk import Desk, desk
from services.jobs.kinds import registry
from services.jobs.schedules import queries, rules
from services.jobs.schedules.errors import ScheduleChanged, ScheduleNotFound, ScheduleWrong
from services.jobs.schedules.firing import settle
from services.jobs.schedules.models import Cadence, Draft, Fire, Schedule
from services.jobs.starts import queries as starts
from services.jobs.starts import service as starting
from services.jobs.starts.errors import BrandUnknown
from services.jobs.starts.models import StartState, Then
from services.kit.app import App
from services.kit.db import Scope, Tx, json_value

NEXT_SHOWN = 5
_GRACE_MOST = 7 * 86_400


def make_schedule(app: App, scope: Scope, draft: Draft) -> UUID:
    """
    Keep a new schedule; it is due from now on.

    :raises RoleTooLow, CadenceWrong, ScheduleWrong, KindUnknown, ParametersWrong, WrongReach, BrandUnknown:
    """
    with desk(app, scope, Act.SCHEDULE, is_installation=draft.is_installation) as at:
        schedule_id = at.tx.new_id()
        queries.insert(at.tx, _row(at, schedule_id, draft, None))
        at.audit("made", "schedule", schedule_id, kind=draft.kind)
    return schedule_id


def change_schedule(app: App, scope: Scope, schedule_id: UUID, draft: Draft, version: int) -> None:
    """
    Change all of a schedule. Its next time stays unless when it is due changes; a time that has fired stays fired.

    Where when it is due changes, what was due before starts as it stood (`settle`).

    :param version: of the schedule as the person saw it
    :raises ScheduleChanged: somebody changed it meanwhile
    :raises ScheduleNotFound: and everything that `make_schedule` raises
    """
    with desk(app, scope, Act.SCHEDULE, is_installation=draft.is_installation) as at:
        found = _held(at, schedule_id)
        if found.version != version:
            raise ScheduleChanged()
        row = _row(at, schedule_id, draft, found)
        if row["due"] != found.next_due_at:
            settle(at.tx, found, "changed")
        queries.update(at.tx, row)
        at.audit("changed", "schedule", schedule_id, kind=draft.kind)


def pause(app: App, scope: Scope, schedule_id: UUID, *, is_installation: bool = False) -> None:
    """
    No time of it starts anything until it is resumed. What runs or waits for its turn goes on.

    :raises ScheduleNotFound, RoleTooLow:
    """
    with desk(app, scope, Act.SCHEDULE, is_installation=is_installation) as at:
        found = _held(at, schedule_id)
        if found.paused_at is None:
            settle(at.tx, found, "paused")
            queries.set_pause(at.tx, schedule_id, at.tx.now, found.next_due_at, found.next_fire_at)
            at.audit("paused", "schedule", schedule_id)


def resume(app: App, scope: Scope, schedule_id: UUID, *, is_installation: bool = False) -> datetime | None:
    """
    Go on with the first time from now; times of the pause are not made up for. Returns that time.

    :raises ScheduleNotFound, RoleTooLow:
    """
    with desk(app, scope, Act.SCHEDULE, is_installation=is_installation) as at:
        found = _held(at, schedule_id)
        if found.paused_at is None:
            return found.next_fire_at
        due = rules.next_due(found.cadence, at.tx.now, starts_at=found.starts_at, ends_at=found.ends_at)
        fire = due + rules.jitter(schedule_id, due, found.jitter_seconds) if due else None
        queries.set_pause(at.tx, schedule_id, None, due, fire)
        at.audit("resumed", "schedule", schedule_id)
    return fire


def remove(app: App, scope: Scope, schedule_id: UUID, *, is_installation: bool = False) -> None:
    """What waits is cancelled, what runs goes on; its starts stay to be seen. :raises ScheduleNotFound, RoleTooLow:"""
    with desk(app, scope, Act.SCHEDULE, is_installation=is_installation) as at:
        found = _held(at, schedule_id)
        starts.one_at_a_time(at.tx, schedule_id)
        for one in reversed(starts.open_of(at.tx, schedule_id)):
            if one.state is StartState.WAITING:
                starting.stop(at.tx, one)
        queries.delete(at.tx, schedule_id)
        at.audit("removed", "schedule", schedule_id, kind=found.kind, name=found.name)


def list_schedules(tx: Tx, *, kind: str | None = None, brand_id: UUID | None = None) -> list[Schedule]:
    """The organisation's, by name."""
    return queries.listed(tx, kind, brand_id)


def get_schedule(tx: Tx, schedule_id: UUID) -> Schedule:
    """:raises ScheduleNotFound: not in this organisation"""
    found = queries.one(tx, schedule_id)
    if found is None:
        raise ScheduleNotFound()
    return found


def installation_schedules(app: App, scope: Scope) -> list[Schedule]:
    """Those of the whole installation. :raises RoleTooLow: the person may not see the system"""
    with desk(app, scope, Act.SYSTEM, is_installation=True) as at:
        return queries.listed(at.tx, None, None)


def fires(tx: Tx, schedule_id: UUID, limit: int = 50) -> list[Fire]:
    """What became of its latest times, the latest first."""
    return queries.fires(tx, schedule_id, limit)


def next_times(found: Schedule, after: datetime, count: int = NEXT_SHOWN) -> list[datetime]:
    """The next due instants in UTC, without jitter; none while it is paused."""
    if found.paused_at is not None:
        return []
    times = rules.due_times(found.cadence, after, starts_at=found.starts_at, ends_at=found.ends_at)
    return list(islice(times, count))


def preview(draft: Draft, after: datetime, count: int = NEXT_SHOWN) -> list[datetime]:
    """The next due instants of what a person is entering. :raises CadenceWrong: it is not a time yet"""
    rules.check(draft.cadence)
    times = rules.due_times(_anchored(draft, after), after, starts_at=draft.starts_at, ends_at=draft.ends_at)
    return list(islice(times, count))


def _held(at: Desk, schedule_id: UUID) -> Schedule:
    found = queries.lock(at.tx, schedule_id)
    if found is None or (found.org_id is None) != at.is_installation:
        raise ScheduleNotFound()
    return found


def _anchored(draft: Draft, now: datetime) -> Cadence:
    """An interval begins at its start, or one interval from now."""
    if draft.cadence.type != "interval":
        return draft.cadence
    anchor = draft.starts_at or draft.cadence.anchor or now + timedelta(seconds=draft.cadence.seconds or 0)
    return draft.cadence.model_copy(update={"anchor": anchor})


def _row(at: Desk, schedule_id: UUID, draft: Draft, old: Schedule | None) -> dict[str, Any]:
    kind = registry.get_kind(draft.kind)
    starting.demand_reach(kind, is_installation=at.is_installation, brand_id=draft.brand_id)
    if draft.brand_id is not None and not starts.has_brand(at.tx, draft.brand_id):
        raise BrandUnknown()
    parameters = registry.checked(draft.kind, draft.parameters, brand_id=draft.brand_id)
    if draft.then_kind is not None:
        then = Then(kind=draft.then_kind, parameters=draft.then_parameters)
        starting.demand_follower(then, is_installation=at.is_installation, brand_id=draft.brand_id)
    cadence = _anchored(draft, at.tx.now)
    _check(draft, cadence, at.tx.now)
    due, fire = _next(at.tx, schedule_id, draft, cadence, old)
    if due is None and old is None:
        raise ScheduleWrong("It would never start: its time has passed.")
    return {
        "id": schedule_id,
        "org": None if at.is_installation else at.org_id,
        "told": at.org_id if at.is_installation else None,
        "brand": draft.brand_id,
        "name": " ".join(draft.name.split()),
        "kind": draft.kind,
        "parameters": json_value(registry.stored(parameters)),
        "payload": kind.payload_version,
        "cadence": json_value(cadence.model_dump(mode="json")),
        "starts_at": draft.starts_at,
        "ends_at": draft.ends_at,
        "jitter": draft.jitter_seconds,
        "misfire": draft.misfire.value,
        "grace": draft.grace_seconds,
        "overlap": (draft.overlap or kind.overlap).value,
        "then_kind": draft.then_kind,
        "then_parameters": json_value(draft.then_parameters),
        "note": draft.note.strip()[:2_000],
        "owner": _owner(at, draft, old),
        "due": due,
        "fire": fire,
        "now": at.tx.now,
    }


def _owner(at: Desk, draft: Draft, old: Schedule | None) -> UUID | None:
    """Who is chosen, else who was, else who saves it: a member. :raises ScheduleWrong: who is chosen is none"""
    before = old.owner_id if old else None
    for org_id in {at.org_id, (old and old.told_org_id) or at.org_id}:
        if queries.is_member(at.tx, org_id, draft.owner_id or before):
            return draft.owner_id or before
    if draft.owner_id is not None:
        raise ScheduleWrong("Its owner is not in your organisation. Choose somebody who is.")
    return at.user_id


def _next(
    tx: Tx, schedule_id: UUID, draft: Draft, cadence: Cadence, old: Schedule | None
) -> tuple[datetime | None, datetime | None]:
    """The next due instant and its start: the old one where nothing about when it is due has changed."""
    is_same = old is not None and (old.cadence, old.starts_at, old.ends_at) == (
        cadence,
        draft.starts_at,
        draft.ends_at,
    )
    if old is not None and is_same:
        due = old.next_due_at
    else:
        due = rules.next_due(cadence, tx.now, starts_at=draft.starts_at, ends_at=draft.ends_at)
    return due, due + rules.jitter(schedule_id, due, draft.jitter_seconds) if due else None


def _check(draft: Draft, cadence: Cadence, now: datetime) -> None:
    rules.check(cadence)
    if not draft.name.strip():
        raise ScheduleWrong("Give it a name.")
    if draft.starts_at and draft.ends_at and draft.ends_at <= draft.starts_at:
        raise ScheduleWrong("It ends before it starts.")
    if not 1 <= draft.grace_seconds <= _GRACE_MOST:
        raise ScheduleWrong("The grace is between one second and seven days.")
    gap = rules.shortest_gap(cadence, now)
    most = min(86_400.0, gap.total_seconds() - 1 if gap else 86_400.0)
    if not 0 <= draft.jitter_seconds <= most:
        raise ScheduleWrong(f"The spread is at most {most:,.0f} seconds: shorter than the time between two starts.")
