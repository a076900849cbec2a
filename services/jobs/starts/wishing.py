"""What screens do with starts: wish one now, once however often it is pressed; wish it again; find it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services import identity
from services.identity import Act
from services.jobs.desk import Desk, desk, runs_tx
from services.jobs.kinds import registry
from services.jobs.kinds.kind import Overlap
from services.jobs.starts import queries, service
from services.jobs.starts.errors import StartNotFound
from services.jobs.starts.models import Start, Then
from services.kit.app import App
from services.kit.db import Scope, json_value


@dataclass(frozen=True)
class StartNow:
    """The start that was made or, not `is_new`, that was under way already."""

    start_id: UUID
    is_new: bool


def start_now(
    app: App,
    scope: Scope,
    kind: str,
    parameters: dict[str, Any],
    *,
    brand_id: UUID | None = None,
    then: Then | None = None,
    is_installation: bool = False,
) -> StartNow:
    """
    Start a kind of job without a schedule.

    Where the same is under way already (kind, brand, parameters, what follows), by whoever wished it, that one is told
    and nothing is started, unless the kind's own overlap rule is to queue.

    :raises RoleTooLow, KindUnknown, ParametersWrong, WrongReach, BrandUnknown:
    """
    with desk(app, scope, Act.SCHEDULE, is_installation=is_installation) as at:
        if (same := _under_way(at, kind, parameters, brand_id, then)) is not None:
            return StartNow(same, is_new=False)
        told = at.org_id if is_installation else None
        start_id = service.start(
            at.tx, kind, parameters, brand_id=brand_id, then=then, told_org_id=told, started_by=at.user_id
        )
        if is_installation:
            at.audit("started", "job", start_id, kind=kind)
    return StartNow(start_id, is_new=True)


def _under_way(
    at: Desk, kind: str, parameters: dict[str, Any], brand_id: UUID | None, then: Then | None
) -> UUID | None:
    """The start that does the same and has not ended; two that ask at once are answered one after the other."""
    if registry.get_kind(kind).overlap is Overlap.QUEUE:
        return None
    made = json_value(registry.stored(registry.checked(kind, parameters, brand_id=brand_id)))
    queries.one_after_the_other(at.tx, f"start:{None if at.is_installation else at.org_id}:{kind}")
    return queries.open_like(at.tx, kind, brand_id, made, then)


def again_now(app: App, scope: Scope, start_id: UUID, *, is_installation: bool = False) -> StartNow:
    """
    Start the same once more, as `start_again`; where somebody has done so already, that one is told.

    :raises StartNotFound, StartNotOver, RoleTooLow, ParametersWrong:
    """
    with desk(app, scope, Act.SCHEDULE, is_installation=is_installation) as at:
        queries.one_after_the_other(at.tx, f"again:{start_id}")
        if (before := queries.again_of(at.tx, start_id)) is not None:
            return StartNow(before, is_new=False)
        made = service.again(at.tx, start_id, started_by=at.user_id)
        if is_installation:
            at.audit("started", "job", made)
    return StartNow(made, is_new=True)


def find_start(app: App, scope: Scope, start_id: UUID) -> Start:
    """
    A start of the organisation or, for those who may see the system, of the installation (its `org_id` is empty).

    :raises StartNotFound: neither
    """
    with app.tx(scope) as tx:
        found = queries.one(tx, start_id)
    if found is None:
        try:
            with runs_tx(app, scope, is_installation=True) as tx:
                found = queries.one(tx, start_id)
        except identity.RoleTooLow:
            found = None
    if found is None:
        raise StartNotFound()
    return found
