"""Making a start, and cancelling one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from services import identity
from services.events import JobStarted
from services.jobs.kinds import registry
from services.jobs.kinds.kind import Given, Kind
from services.jobs.starts import many, queries
from services.jobs.starts.errors import BrandUnknown, StartNotFound, StartNotOver, StartOver, WrongReach
from services.jobs.starts.models import Origin, Start, StartState, Then
from services.kit.db import Tx, json_value


def start(
    tx: Tx,
    kind: str,
    parameters: Mapping[str, Any],
    *,
    brand_id: UUID | None = None,
    origin: Origin = Origin.PERSON,
    origin_id: str = "",
    schedule_id: UUID | None = None,
    due_at: datetime | None = None,
    then: Then | None = None,
    given: Given | None = None,
    told_org_id: UUID | None = None,
    started_by: UUID | None = None,
) -> UUID:
    """
    Wish that a kind of job runs: a row, an entry of the audit log where a person wishes it, and a job in the queue.

    In `app.admin_tx()` it is the installation's (`org_id` empty), and the caller has asked for the role; screens use
    `start_now`.

    :raises KindUnknown, ParametersWrong, WrongReach, BrandUnknown, RoleTooLow:
    """
    is_own = is_installation(tx)
    if not is_own:
        identity.demand(tx, identity.Act.SCHEDULE)
    if brand_id is not None and not queries.has_brand(tx, brand_id):
        raise BrandUnknown()
    row = row_of(
        tx, kind, parameters, brand_id=brand_id, origin=origin, origin_id=origin_id, schedule_id=schedule_id,
        due_at=due_at, then=then, given=given, told_org_id=told_org_id, 
        started_by=None if origin is Origin.SCHEDULE else tx.user_id or started_by,
    )  # fmt: skip
    queries.one_at_a_time(tx, schedule_id)
    many.insert(tx, [row])
    if not is_own and origin in (Origin.PERSON, Origin.RETRY):
        identity.audit(tx, "started", "job", row["id"], kind=kind)
    tx.emit(JobStarted(row["id"]))
    start_id: UUID = row["id"]
    return start_id


def row_of(
    tx: Tx,
    kind: str,
    parameters: Mapping[str, Any],
    *,
    brand_id: UUID | None,
    origin: Origin,
    origin_id: str,
    schedule_id: UUID | None,
    due_at: datetime | None,
    then: Then | None,
    told_org_id: UUID | None,
    given: Given | None = None,
    started_by: UUID | None = None,
) -> dict[str, Any]:
    """
    A start as it is written, once the parameters are known to be right; asks the database nothing.

    :raises KindUnknown, ParametersWrong, WrongReach:
    """
    is_own = is_installation(tx)
    demand_reach(registry.get_kind(kind), is_installation=is_own, brand_id=brand_id)
    made = registry.checked(kind, dict(parameters), brand_id=brand_id, given=given)
    if then is not None:
        demand_follower(then, is_installation=is_own, brand_id=brand_id)
    return {
        "id": tx.new_id(),
        "org": None if is_own else tx.org_id,
        "brand": brand_id,
        "told": told_org_id,
        "kind": kind,
        "parameters": json_value(registry.stored(made)),
        "payload": registry.get_kind(kind).payload_version,
        "origin": origin.value,
        "origin_id": origin_id,
        "user": started_by,
        "schedule": schedule_id,
        "due": due_at,
        "then_kind": then.kind if then else None,
        "then_parameters": json_value(then.parameters if then else {}),
        "given": json_value(given.model_dump(mode="json")) if given else None,
        "now": tx.now,
    }


def is_installation(tx: Tx) -> bool:
    """Does this transaction act for the installation, and not in an organisation?"""
    return tx.scope is None or tx.scope.org_id is None


def demand_follower(then: Then, *, is_installation: bool, brand_id: UUID | None) -> None:
    """What a chain goes on with must be possible there. :raises KindUnknown, ParametersWrong, WrongReach:"""
    demand_reach(registry.get_kind(then.kind), is_installation=is_installation, brand_id=None)
    registry.checked(then.kind, then.parameters, brand_id=brand_id)


def demand_reach(one: Kind, *, is_installation: bool, brand_id: UUID | None) -> None:
    """:raises WrongReach: this kind works for something else"""
    if is_installation != (one.reach == "installation") and not (is_installation and one.name == "demo"):
        where = "the whole installation" if one.reach == "installation" else "an organisation"
        raise WrongReach(f"“{one.title}” works for {where}.")
    if brand_id is not None and one.reach != "brand":
        raise WrongReach(f"“{one.title}” does not work for one brand alone.")


def get(tx: Tx, start_id: UUID) -> Start:
    """:raises StartNotFound: not in this organisation"""
    found = queries.one(tx, start_id)
    if found is None:
        raise StartNotFound()
    return found


def cancel(tx: Tx, start_id: UUID) -> StartState:
    """
    Cancel what waits, and ask what runs to stop; the state afterwards.

    :raises StartNotFound, StartOver, RoleTooLow:
    """
    is_own = is_installation(tx)
    if not is_own:
        identity.demand(tx, identity.Act.SCHEDULE)
    queries.one_at_a_time(tx, get(tx, start_id).schedule_id)
    found = queries.lock(tx, start_id)
    if found is None:
        raise StartNotFound()
    if found.state.is_over:
        raise StartOver()
    state = stop(tx, found)
    if not is_own:
        identity.audit(tx, "cancelled", "job", start_id, kind=found.kind)
    return state


def stop(tx: Tx, found: Start) -> StartState:
    """Without asking who: a start that waits is cancelled, one that runs is asked."""
    if found.state is StartState.RUNNING:
        queries.ask_to_cancel(tx, found.id)
        return StartState.RUNNING
    queries.end(tx, found.id, None, StartState.CANCELLED.value, "", None)
    wake_next(tx, found.schedule_id)
    return StartState.CANCELLED


def again(tx: Tx, start_id: UUID, *, started_by: UUID | None = None) -> UUID:
    """
    Start the same once more, with the same parameters; the new start's id.

    :raises StartNotFound, StartNotOver, RoleTooLow, ParametersWrong:
    """
    found = get(tx, start_id)
    if not found.state.is_over:
        raise StartNotOver()
    then = Then(kind=found.then_kind, parameters=found.then_parameters) if found.then_kind else None
    return start(
        tx,
        found.kind,
        found.parameters,
        brand_id=found.brand_id,
        origin=Origin.RETRY,
        origin_id=str(found.id),
        schedule_id=found.schedule_id,
        then=then,
        given=found.given,
        told_org_id=found.told_org_id,
        started_by=started_by,
    )


def wake_next(tx: Tx, schedule_id: UUID | None) -> None:
    """The next of a schedule that waits its turn goes to the queue."""
    if schedule_id is None:
        return
    queries.one_at_a_time(tx, schedule_id)
    still_open = queries.open_of(tx, schedule_id)
    if still_open and all(one.state is StartState.WAITING for one in still_open):
        queries.requeued(tx, still_open[0].id)
        tx.emit(JobStarted(still_open[0].id))
