"""The clockwork's sweeps: what falls due, what wakes, what is stuck. Any number of workers may run them at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from services.events import PostDue, PostWoken, PreflightDue
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.publishing.mark import read_mark, write_mark
from services.publishing.pace import Pace
from services.publishing.queries import pulse, release
from services.publishing.sent_list import read_sent

_AT_ONCE = 200


def release_due(app: App) -> datetime | None:
    """Queue a step for every post whose time has come; returns when the next one falls due, None where none will."""
    pace = Pace(app.settings.publishing_pace)
    mark = read_mark(app)  # before the beat: whoever marks meanwhile has committed a newer beat
    sent = list(read_sent(app))
    while True:
        with app.admin_tx() as tx:
            beat = pulse.beat(tx, pace.gap, mark, sent)
            due = release.claim_planned(tx, pace.due_deadline, _AT_ONCE)
            woken = release.claim_woken(tx, pace.due_deadline, _AT_ONCE)
            upcoming = release.next_instant(tx)
            _queue(tx, due, PostDue)
            _queue(tx, woken, PostWoken)
        if beat != mark:
            write_mark(app, beat)
            mark = beat
        if len(due) < _AT_ONCE and len(woken) < _AT_ONCE:
            return upcoming


def sweep_deadlines(app: App) -> int:
    """Queue a step for every post that has been in its state for too long; returns how many."""
    pace = Pace(app.settings.publishing_pace)
    with app.admin_tx() as tx:
        claimed = release.claim_overdue(tx, max(pace.due_deadline, timedelta(seconds=2)), _AT_ONCE)
        _queue(tx, claimed, PostWoken)
    return len(claimed)


def queue_preflights(app: App) -> int:
    """Queue the checks of posts a day and an hour from their time; returns how many."""
    with app.admin_tx() as tx:
        claimed = release.claim_preflights(tx, _AT_ONCE)
        for row in claimed:
            tx.act_as(Scope(row.org_id))
            tx.emit(PreflightDue(row.id))
    return len(claimed)


def _queue(tx: Tx, claimed: Sequence[release.Claimed], event: type[PostDue | PostWoken]) -> None:
    for org_id, rows in groupby(sorted(claimed, key=lambda row: str(row.org_id)), key=lambda row: row.org_id):
        tx.act_as(Scope(org_id))
        for row in rows:
            tx.emit(event(row.id, row.channel_id, row.traceparent))
