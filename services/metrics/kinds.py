"""Kinds of job about results."""

from datetime import timedelta
from uuid import UUID

from pydantic import Field

from services import jobs
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.kit.text import counted
from services.metrics import queries
from services.metrics.registry import is_read
from services.metrics.service import pull_now


class PullParameters(jobs.OfBrand):
    days: int = Field(
        default=30, ge=1, le=365, title="Posts of the last days", description="How far back posts are read."
    )


class PullMetrics:
    """Asks for a visit to every post that went out lately; the visits are jobs of their own."""

    name = "pull_metrics"
    title = "Read results"
    help = "Asks the platforms how the posts of the last days did, beside the visits that are planned anyway."
    icon = ":material/monitoring:"
    parameters: type[jobs.Parameters] = PullParameters
    reach: jobs.Reach = "brand"
    overlap = jobs.Overlap.SKIP
    payload_version = 1

    def rehearse(self, app: App, scope: Scope, parameters: PullParameters) -> list[str]:
        with app.tx(scope) as tx:
            posts = _posts(tx, parameters)
        return [f"Would read {counted(len(posts), 'post')} of the last {counted(parameters.days, 'day')}."]

    def run(self, app: App, scope: Scope, parameters: PullParameters, run: jobs.RunningJob) -> jobs.Outcome:
        with app.tx(scope) as tx:
            posts = _posts(tx, parameters)
        asked = 0
        for done, post_id in enumerate(posts, 1):
            if run.should_stop:
                break
            with app.tx(scope) as tx:
                asked += pull_now(tx, post_id)
            run.step(done, len(posts), "visits asked for")
        under_way = len(posts) - asked
        return jobs.Outcome(
            said=f"{counted(asked, 'visit')} asked for; {counted(under_way, 'was', 'were')} under way or left out.",
            links=(jobs.Link(label="Results", path="/results"),),
            counts={"asked": asked, "under_way": under_way},
        )


def _posts(tx: Tx, parameters: PullParameters) -> list[UUID]:
    since = tx.now - timedelta(days=parameters.days)
    return [post for post, platform in queries.published_since(tx, parameters.brand_id, since) if is_read(platform)]
