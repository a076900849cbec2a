"""What people are told of a start that did not end well."""

from dataclasses import dataclass
from uuid import UUID

from services.jobs.kinds import registry
from services.jobs.starts import queries
from services.jobs.starts.models import StartState
from services.jobs.starts.running import scope_tx
from services.kit.app import App
from services.kit.db import Scope

_WORDS = {StartState.FAILED: "failed", StartState.CRASHED: "crashed", StartState.LOST: "was lost"}


@dataclass(frozen=True)
class Stopped:
    """
    `org_id` is the organisation that is told.

    `cause` is one per schedule (else per start) and state, `occurrence` one per attempt: the next raises a count.
    """

    org_id: UUID
    title: str
    body: str
    cause: str
    occurrence: str


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
    )
