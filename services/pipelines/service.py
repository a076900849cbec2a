"""Looking at stages, promising, going back."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services import identity
from services.kit.db import Tx
from services.kit.errors import Conflict, Invalid, NotFound
from services.pipelines import queries, rules
from services.pipelines.models import Alert, Standing
from services.pipelines.registry import get_stage, list_stages
from services.pipelines.stage import Mark, Stage, Targets

MOST_BROKEN, MOST_REJECTED = 1_000, 100_000
GO_BACK_MOST = timedelta(days=365)


class AlertNotFound(NotFound):
    """There is no such alert."""


class MarkUnknown(Invalid):
    """That stage keeps no such mark."""


class NoGoingBack(Conflict):
    """This stage does not go back."""


class TooFarBack(Invalid):
    """Choose a day of the last year that has come."""


def standings(tx: Tx) -> list[Standing]:
    """Every stage in order: first of the organisation, then of each brand that something came to."""
    own = {one.stage: one for one in queries.own_targets(tx)}
    found = []
    for stage in list_stages():
        promise = own.get(stage.name)
        targets, since = promise or stage.targets, promise.updated_at if promise else None
        measured = queries.measure(
            tx, stage.works, tx.now, tx.now - rules.LOOK_BACK, tx.now - rules.WINDOW, tx.now - timedelta(days=1)
        )
        measured.sort(key=lambda one: (one.brand_id is not None, str(one.brand_id)))
        found += [
            # a brand alone may well be silent: the longest silence is promised of the organisation
            rules.judge(stage, one, targets if one.brand_id is None else _of_brand(targets), tx.now, since)
            for one in measured
        ]
    return found


def set_targets(tx: Tx, stage: str, targets: Targets) -> None:
    """
    Promise something else of a stage in this organisation.

    :raises RoleTooLow: the person may not see the system
    :raises StageUnknown: no such stage
    """
    identity.demand(tx, identity.Act.SYSTEM)
    get_stage(stage)
    queries.put_targets(tx, stage, targets)
    identity.audit(tx, "set targets of", "stage", stage, **targets.model_dump())


def usual_targets(tx: Tx, stage: str) -> None:
    """Back to what the product promises. :raises RoleTooLow, StageUnknown:"""
    identity.demand(tx, identity.Act.SYSTEM)
    get_stage(stage)
    queries.forget_targets(tx, stage)
    identity.audit(tx, "set targets of", "stage", stage, to="the usual")


def marks(tx: Tx, stage: str) -> list[Mark]:
    """How far the stage has taken what it reads. :raises StageUnknown:"""
    return get_stage(stage).marks(tx)


def go_back(tx: Tx, stage: str, mark: str, since: datetime) -> int:
    """
    Take again what was taken since then; returns how many. What that does is the stage's `reset_help`.

    :raises RoleTooLow, StageUnknown, NoGoingBack, MarkUnknown, TooFarBack:
    """
    identity.demand(tx, identity.Act.SYSTEM)
    found = get_stage(stage)
    if not found.reset_help:
        raise NoGoingBack()
    if not tx.now - GO_BACK_MOST <= since <= tx.now:
        raise TooFarBack()
    if mark not in {one.name for one in found.marks(tx)}:
        raise MarkUnknown()
    count = found.reset(tx, mark, since)
    identity.audit(tx, "went back in", "stage", stage, mark=mark, since=since.isoformat(), count=count)
    return count


def rejected(tx: Tx, stage: str, brand_id: UUID | None = None) -> list[tuple[Any, ...]]:
    """Everything a stage refused in the window, in the columns of its `rejects`. :raises StageUnknown:"""
    return queries.rows(tx, get_stage(stage).rejects, tx.now - rules.WINDOW, brand_id, MOST_REJECTED)


def broken(tx: Tx, stage: str, check: str, brand_id: UUID | None = None) -> list[tuple[Any, ...]]:
    """Up to 1,000 rows that break a rule between stages. :raises StageUnknown:"""
    found = get_stage(stage)
    table = next((one.broken for one in found.checks if one.name == check), None)
    return queries.rows(tx, table, tx.now - rules.WINDOW, brand_id, MOST_BROKEN) if table else []


def alerts(tx: Tx) -> list[Alert]:
    """What should have happened and did not: open ones, then those that ended within a week."""
    return queries.alerts(tx, tx.now - timedelta(days=7))


def alert(tx: Tx, alert_id: UUID) -> Alert:
    """:raises AlertNotFound: not in this organisation"""
    found = queries.alert(tx, alert_id)
    if found is None:
        raise AlertNotFound()
    return found


def has_own_targets(tx: Tx, stage: Stage) -> bool:
    return any(one.stage == stage.name for one in queries.own_targets(tx))


def _of_brand(targets: Targets) -> Targets:
    return targets.model_copy(update={"silence_seconds": None})
