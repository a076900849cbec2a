"""After a worker ended without a word: its jobs run again, its runs are told truly, and poison is put aside."""

from datetime import timedelta
from uuid import UUID

from services.events import JobQuarantined
from services.jobs.runs import rescue_queries as queries
from services.kit.app import App
from services.kit.db import Scope

CRASHES_MOST = 5  # a job that has ended five workers is put aside: the others shall go on
SILENT_AT_LEAST = timedelta(seconds=20)  # workers beat every five
_BEFORE_THE_LAST_BEAT = timedelta(seconds=30)
_STARTS = "jobs.run_start"  # their own room tells of them


def rescue(app: App, silent: timedelta) -> int:
    """
    Queue the jobs of workers that have been silent for so long once more; returns how many were found.

    What such a worker had not yet written of its runs is made whole from the queue's own state.
    """
    poison: list[tuple[UUID, int]] = []
    with app.admin_tx() as tx:
        stalled = queries.claim_stalled(tx, silent)
        for job in stalled:
            is_poison = queries.crashes(tx, job.id) + 1 >= CRASHES_MOST
            run = queries.mark_crashed(tx, job.id, "quarantined" if is_poison else "lost")
            if is_poison:
                queries.give_up(tx, job.id)
            else:
                queries.requeue(tx, job.id)
            if is_poison and run and run.org_id and run.task != _STARTS:
                poison.append((run.org_id, run.id))
        queries.strike_off(tx, silent)
        died_at = queries.forget_workers(tx, tx.now - max(silent, SILENT_AT_LEAST))
        if died_at is not None:
            queries.make_whole(tx, died_at - _BEFORE_THE_LAST_BEAT)
        for org_id, run_id in poison:
            tx.act_as(Scope(org_id))
            tx.emit(JobQuarantined(run_id))
    return len(stalled)
