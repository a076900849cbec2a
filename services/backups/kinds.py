"""The kind of job that backs up."""

from pydantic import Field

from services import jobs
from services.backups import places, queries
from services.backups.rules import Keep
from services.backups.service import back_up, old_ones
from services.kit.app import App
from services.kit.db import Scope
from services.kit.text import counted


class BackUpParameters(jobs.Parameters):
    keep_daily: int = Field(
        default=7, ge=1, le=90, title="Days", description="The latest of each of so many days stays."
    )
    keep_weekly: int = Field(
        default=4, ge=0, le=52, title="Weeks", description="The latest of each of so many weeks stays."
    )
    keep_monthly: int = Field(
        default=12, ge=0, le=120, title="Months", description="The latest of each of so many months stays."
    )

    @property
    def keep(self) -> Keep:
        return Keep(self.keep_daily, self.keep_weekly, self.keep_monthly)


class BackUp:
    """Database, then files; read back before it counts. The sealing keys are never in it."""

    name = "back_up"
    title = "Back up"
    help = (
        "Backs up database and files into the backup folder, checks it, and lets old backups go. Keep the keys apart."
    )
    icon = ":material/backup:"
    parameters: type[jobs.Parameters] = BackUpParameters
    reach: jobs.Reach = "installation"
    overlap = jobs.Overlap.SKIP
    payload_version = 1

    def rehearse(self, app: App, scope: Scope, parameters: BackUpParameters) -> list[str]:
        place = places.folder(app.settings)
        with app.admin_tx() as tx:
            size = queries.database_bytes(tx)
        old = len(old_ones(place, parameters.keep, app.clock.now()))
        return [
            f"Would back up the database ({size / 1e6:,.0f} MB before packing) and all stored files into {place}.",
            f"Would then let {counted(old, 'older backup')} go.",
        ]

    def run(self, app: App, scope: Scope, parameters: BackUpParameters, run: jobs.RunningJob) -> jobs.Outcome:
        place = places.folder(app.settings)
        made, gone = back_up(app, places.source(app.settings), place, parameters.keep, run.step)
        run.log("The sealing keys are not in it: without them the channels' tokens in it stay closed.", "warning")
        return jobs.Outcome(
            said=f"{made.name}: {counted(made.rows, 'row')} and {counted(made.files, 'file')}, "
            f"{made.size_bytes / 1e6:,.1f} MB, checked. {len(gone)} older let go.",
            links=(jobs.Link(label="System", path="/system"),),
            counts={"rows": made.rows, "files": made.files, "bytes": made.size_bytes, "let_go": len(gone)},
        )
