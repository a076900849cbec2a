"""Kinds of job about posts."""

from services import jobs
from services.kit.app import App
from services.kit.db import Scope
from services.kit.text import counted
from services.publishing.queries import release
from services.publishing.release import release_due


class PublishDue:
    """The same release that the clockwork makes; claims by state, so both may run."""

    name = "publish_due"
    title = "Publish what is due"
    help = "Starts every post whose time has come, at once. The clockwork does so by itself; this is for making sure."
    icon = ":material/send:"
    parameters: type[jobs.Parameters] = jobs.Parameters
    reach: jobs.Reach = "installation"
    overlap = jobs.Overlap.SKIP
    payload_version = 1

    def rehearse(self, app: App, scope: Scope, parameters: jobs.Parameters) -> list[str]:
        due = _due_in(app, scope)
        return [f"Would start {counted(due, 'post')} of this organisation, and those due in others."]

    def run(self, app: App, scope: Scope, parameters: jobs.Parameters, run: jobs.RunningJob) -> jobs.Outcome:
        with app.admin_tx() as tx:
            due = release.count_due(tx)
        upcoming = release_due(app)
        run.step(due, due, "posts started")
        then = f"The next is due at {upcoming:%Y-%m-%d %H:%M} UTC." if upcoming else "No other is planned."
        return jobs.Outcome(
            said=f"{counted(due, 'post was due and is', 'posts were due and are')} started. {then}",
            links=(jobs.Link(label="Calendar", path="/calendar"),),
            counts={"started": due},
        )


def _due_in(app: App, scope: Scope) -> int:
    """In a person's organisation: the web may not read the posts of others."""
    with app.tx(scope) as tx:
        return release.count_due(tx)
