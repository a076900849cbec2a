"""The sweep that notices silence: what should have run and did not is told once, and ends when it runs again."""

from datetime import timedelta
from uuid import UUID

from services.events import PipelineAlerted
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.pipelines import overdue, queries, rules
from services.pipelines.models import Lapse
from services.pipelines.registry import get_stage
from services.pipelines.service import standings

LOOK_EVERY = timedelta(minutes=2)
_AT_ONCE = 50
_KEPT = timedelta(days=180)


def watch(app: App) -> int:
    """Look at the organisations whose turn it is; returns how many. Each is looked at by one worker at a time."""
    with app.admin_tx() as tx:
        mine = queries.claim_looks(tx, tx.now - LOOK_EVERY, _AT_ONCE)
    for org_id in mine:
        with app.tx(Scope(org_id)) as tx:
            lapses = stage_lapses(tx)
        with app.admin_tx() as tx:
            _record(tx, org_id, lapses)
    return len(mine)


def stage_lapses(tx: Tx) -> list[Lapse]:
    """Of the organisation as a whole: what one brand lacks shows on the screen."""
    own = {one.stage: one.updated_at for one in queries.own_targets(tx)}
    return [
        lapse
        for one in standings(tx)
        if one.measured.brand_id is None
        for lapse in rules.lapses_of(get_stage(one.stage), one.measured, one.targets, tx.now, own.get(one.stage))
    ]


def _record(tx: Tx, org_id: UUID, lapses: list[Lapse]) -> None:
    owed = (overdue.missed(one, tx.now) for one in overdue.expected(tx, org_id))
    known = [*lapses, *(lapse for lapse in owed if lapse)]
    changed = [alert for lapse in known if (alert := queries.raise_alert(tx, org_id, lapse))]
    changed += queries.resolve_others(tx, org_id, known)
    queries.forget_alerts(tx, org_id, tx.now - _KEPT)
    tx.act_as(Scope(org_id))
    for alert_id in changed:
        tx.emit(PipelineAlerted(alert_id))
