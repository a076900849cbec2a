"""Forgetting finished jobs and runs that are older than somebody wants to keep."""

from datetime import timedelta

from pydantic import Field

from services.jobs import queries
from services.jobs.kinds.kind import Outcome, Overlap, Parameters, Reach, RunningJob
from services.jobs.starts import queries as starts
from services.kit.app import App
from services.kit.db import Scope
from services.kit.text import counted

_AT_ONCE = 2_000


class PurgeParameters(Parameters):
    keep_jobs_days: int = Field(
        default=3, ge=1, le=365, title="Keep finished jobs, days", description="A forgotten job cannot be retried."
    )
    keep_runs_days: int = Field(
        default=60, ge=1, le=3_650, title="Keep runs, days", description="What screens show of the past."
    )


class Purge:
    """Works for the whole installation, a few thousand rows at a time."""

    name = "purge"
    title = "Forget old jobs and runs"
    help = (
        "Deletes finished jobs and their runs once they are old. The clockwork does so each hour with the usual days."
    )
    icon = ":material/auto_delete:"
    parameters: type[Parameters] = PurgeParameters
    reach: Reach = "installation"
    overlap = Overlap.SKIP
    payload_version = 1

    def rehearse(self, app: App, scope: Scope, parameters: PurgeParameters) -> list[str]:
        with app.admin_tx() as tx:
            jobs = queries.count_old_jobs(tx, tx.now - timedelta(days=parameters.keep_jobs_days))
        return [
            f"Would forget {counted(jobs, 'finished job')} older than {counted(parameters.keep_jobs_days, 'day')}.",
            f"Would forget runs and starts that ended more than {counted(parameters.keep_runs_days, 'day')} ago.",
        ]

    def run(self, app: App, scope: Scope, parameters: PurgeParameters, run: RunningJob) -> Outcome:
        gone = {"jobs": 0, "runs": 0, "starts": 0}
        while not run.should_stop:
            with app.admin_tx() as tx:
                keep_runs = tx.now - timedelta(days=parameters.keep_runs_days)
                now = {
                    "jobs": queries.purge_jobs(tx, tx.now - timedelta(days=parameters.keep_jobs_days), _AT_ONCE),
                    "runs": queries.purge_runs(tx, keep_runs, _AT_ONCE),
                    "starts": starts.purge(tx, keep_runs, _AT_ONCE),
                }
            gone = {name: count + now[name] for name, count in gone.items()}
            run.step(sum(gone.values()), None, "rows forgotten")
            if max(now.values()) < _AT_ONCE:
                break
        jobs, runs = counted(gone["jobs"], "job"), counted(gone["runs"], "run")
        return Outcome(said=f"{jobs}, {runs} and {counted(gone['starts'], 'start')} forgotten.", counts=gone)
