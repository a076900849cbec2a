"""What people are told of a start that did not end well."""

from dataclasses import dataclass
from uuid import UUID

from services.jobs.kinds import registry
from services.jobs.schedules import queries as schedules
from services.jobs.starts import queries
from services.jobs.starts.models import StartState
from services.jobs.starts.running import scope_tx
from services.kit.app import App
from services.kit.db import Scope

_WORDS = {StartState.FAILED: "failed", StartState.CRASHED: "crashed", StartState.LOST: "was lost"}


@dataclass(frozen=True)
class Stopped:
    """
    `org_id` is the organisation that is told; of the installation's own, those there who may see the system.

    `cause` is one per schedule (else per start) and state, `occurrence` one per attempt: the next raises a count.
    """

    org_id: UUID
    title: str
    body: str
    cause: str
    occurrence: str
    is_installation: bool = False


def stopped(app: App, scope: Scope, start_id: UUID) -> Stopped | None:
    """What to tell; None where it is gone, went well meanwhile, or nobody is to be told."""
    with scope_tx(app, scope) as tx:
        start = queries.one(tx, start_id)
    if start is None or start.state not in _WORDS:
        return None
    told = start.org_id or start.told_org_id
    if told is None:
        return None
    title = registry.get_kind(start.kind).title if start.kind in registry.KINDS else start.kind
    about = f"schedule/{start.schedule_id}" if start.schedule_id else f"start/{start.id}"
    return Stopped(
        told,
        f"{title} {_WORDS[start.state]}",
        start.error,
        cause=f"{about}/{start.state.value}",
        occurrence=f"{start.id}/{start.attempts}",
        is_installation=start.org_id is None,
    )


def stopped_schedule(app: App, scope: Scope, schedule_id: UUID) -> Stopped | None:
    """What to tell of a schedule that was paused because it cannot start; None where that is over."""
    with scope_tx(app, scope) as tx:
        found = schedules.one(tx, schedule_id)
    told = (found.org_id or found.told_org_id) if found else None
    if found is None or told is None or found.paused_at is None or not found.problem:
        return None
    return Stopped(
        told,
        f"“{found.name}” was paused: it cannot start",
        found.problem,
        cause=f"schedule/{found.id}/stopped",
        occurrence=found.paused_at.isoformat(),
        is_installation=found.org_id is None,
    )
